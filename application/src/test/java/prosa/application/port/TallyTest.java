package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.application.port.Register.Kind;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class TallyTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    private static Message message(long offset, String room, String by, String via, Instant at, String text) {
        return new Message(new Position(1, offset), new RoomName(room), new Name(by), new Via(via), at, new Text(text));
    }

    private static Message message(String text) {
        return message(1, "main", "Ana", "ws", AT, text);
    }

    private static Tally of(Message... messages) {
        Tally tally = new Tally();
        for (Message message : messages) {
            tally.add(message, Optional.empty());
        }
        return tally;
    }

    @Test
    void whereAMessageStandsDoesNotMatter() {
        assertEquals(of(message("a")), of(message(7, "main", "Ana", "ws", AT, "a")));
        assertEquals("1 messages, 0 facts", of(message("a")).toString());
    }

    @Test
    void allElseDoes() {
        Tally one = of(message("a"));
        assertNotEquals(one, of());
        assertNotEquals(one, of(message("b")));
        assertNotEquals(one, of(message(1, "den", "Ana", "ws", AT, "a")));
        assertNotEquals(one, of(message(1, "main", "ana", "ws", AT, "a")));
        assertNotEquals(one, of(message(1, "main", "Ana", "tcp", AT, "a")));
        assertNotEquals(one, of(message(1, "main", "Ana", "ws", AT.plusMillis(1), "a")));
        Tally keyed = new Tally();
        keyed.add(message("a"), Optional.of(new Key("k")));
        assertNotEquals(one, keyed);
        Tally facts = of(message("a"));
        facts.add(Kind.BAN, "a", "b");
        assertNotEquals(one, facts);
        Tally others = of(message("a"));
        others.add(Kind.BAN, "ab", "");
        assertNotEquals(facts, others);
    }

    @Test
    void theOrderDoes() {
        assertNotEquals(of(message("a"), message("b")), of(message("b"), message("a")));
    }
}
