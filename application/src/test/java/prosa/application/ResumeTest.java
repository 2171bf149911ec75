package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.domain.Position;

class ResumeTest {
    private static final long HEAD = 10;

    private final ScriptedEngine engine = new ScriptedEngine();

    private Resume at(long epoch, long offset) {
        return Resume.at(new Position(epoch, offset), new Position(ScriptedEngine.EPOCH, HEAD), engine.floor());
    }

    private static Resume resume(long after, Optional<Position> missed) {
        return new Resume(new Position(ScriptedEngine.EPOCH, after), new Backlog.After(after, HEAD, missed));
    }

    @Test
    void aPlaceInTheLogIsWhereItGoesOn() {
        assertEquals(resume(4, Optional.empty()), at(ScriptedEngine.EPOCH, 4));
        assertEquals(resume(0, Optional.empty()), at(ScriptedEngine.EPOCH, 0), "before the first");
        assertEquals(resume(10, Optional.empty()), at(ScriptedEngine.EPOCH, 10), "after the last");
    }

    @Test
    void aPlacePastTheHeadIsAGapAndGoesOnFromNow() {
        assertEquals(resume(10, Optional.of(new Position(ScriptedEngine.EPOCH, 11))), at(ScriptedEngine.EPOCH, 11));
    }

    @Test
    void aPlaceInAnotherLogIsAGapAndGoesOnFromTheOldest() {
        assertEquals(resume(0, Optional.of(new Position(999, 4))), at(999, 4));
        assertEquals(resume(0, Optional.of(new Position(999, 99))), at(999, 99));
        engine.forgetUpTo(6);
        assertEquals(resume(6, Optional.of(new Position(999, 8))), at(999, 8));
    }

    @Test
    void aPlaceOlderThanWhatIsKeptIsAGap() {
        engine.forgetUpTo(6);
        assertEquals(resume(6, Optional.of(new Position(ScriptedEngine.EPOCH, 5))), at(ScriptedEngine.EPOCH, 5));
        assertEquals(resume(6, Optional.empty()), at(ScriptedEngine.EPOCH, 6), "the forgotten one itself was seen");
        assertEquals(resume(7, Optional.empty()), at(ScriptedEngine.EPOCH, 7));
    }
}
