package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.language.Language;

class UnheardLinesTest {
    private static final String TWO = "{\"type\":\"who\"}\n{\"type\":\"quit\"}";

    private final List<Command> heard = new ArrayList<>();
    private final UnheardLines lines = new UnheardLines(new JsonDialect(Language.ENGLISH));

    private boolean hearOne(Command command) {
        heard.add(command);
        return false;
    }

    @Test
    void goesOnWhereSomebodyHadEnough() {
        assertTrue(lines.take(TWO));
        assertFalse(lines.hear(this::hearOne));
        assertEquals(1, heard.size());
        assertTrue(lines.hear(heard::add));
        assertEquals(2, heard.size());
        assertTrue(lines.hear(heard::add));
        assertEquals(2, heard.size());
    }

    @Test
    void forgetsWhatIsDropped() {
        lines.take(TWO);
        lines.drop();
        assertTrue(lines.hear(heard::add));
        assertEquals(List.of(), heard);
    }

    @Test
    void readsWhatComesInTheDialectOfThen() {
        assertFalse(lines.take(""));
        lines.speak(new TextDialect(Language.ENGLISH, ZoneOffset.UTC));
        assertTrue(lines.take(TWO));
        lines.hear(heard::add);
        assertEquals(1, heard.size());
    }
}
