package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HouseClock;
import prosa.delivery.Collapse;
import prosa.delivery.Ends;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** A writer that has ended keeps nothing any more, and so the house ends with it. */
@Timeout(30)
class WriterEndTest {
    @TempDir
    Path folder;

    private final Ends ends = new Ends();

    @AfterEach
    void close() {
        ends.close();
    }

    /** Keeps a message, of which nobody can be told because of this. */
    private Throwable endOf(Error planted) throws Exception {
        try (SqliteEngine engine = SqliteEngine.open(folder, HouseClock.over(InstantSource.system()))) {
            engine.start(batch -> {
                throw planted;
            });
            var unused = engine.publish(
                    new Draft(
                            new RoomName("main"),
                            new Name("Ana"),
                            new Via("http"),
                            HouseClock.over(InstantSource.system()).instant(),
                            new Text("hello"),
                            Optional.empty()),
                    0);
            return ends.next();
        }
    }

    @Test
    void whatNobodyForesawIsTheEnd() throws Exception {
        Error planted = new StackOverflowError("planted by a test");
        Collapse collapse = assertInstanceOf(Collapse.class, endOf(planted));
        assertEquals("prosa-history-writer has ended", collapse.getMessage());
        assertSame(planted, collapse.getCause());
    }

    @Test
    void memoryThatRanOutIsTheEnd() throws Exception {
        Error planted = new OutOfMemoryError("planted by a test");
        assertSame(planted, endOf(planted));
    }
}
