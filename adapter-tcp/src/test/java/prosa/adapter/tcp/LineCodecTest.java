package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;
import prosa.language.Language;

class LineCodecTest {
    private static final Event SAID = new Event.Said(new Message(
            new Position(1, 2),
            RoomName.MAIN,
            new Name("José"),
            new Via("tcp"),
            Instant.EPOCH,
            new Text("olá\n* Ana left")));

    @Test
    void aPersonsLinesEndWithCrLf() {
        assertArrayEquals(
                "José: olá\r\n  * Ana left\r\n".getBytes(StandardCharsets.UTF_8),
                LineCodec.text(Language.ENGLISH, ZoneOffset.UTC).encode(SAID));
        assertArrayEquals(
                "* Até logo!\r\n".getBytes(StandardCharsets.UTF_8),
                LineCodec.text(Language.PORTUGUESE, ZoneOffset.UTC).encode(CloseReason.QUIT));
    }

    @Test
    void aProgramsLinesEndWithLf() {
        assertEquals(
                "{\"type\":\"said\",\"id\":\"1-2\",\"room\":\"main\",\"by\":\"José\",\"via\":\"tcp\","
                        + "\"at\":\"1970-01-01T00:00:00.000Z\",\"text\":\"olá\\n* Ana left\"}\n",
                new String(LineCodec.json(Language.ENGLISH).encode(SAID), StandardCharsets.UTF_8));
    }

    @Test
    void whatADialectDoesNotSayIsNothing() {
        Event ack = new Event.Ack(Optional.empty(), new Position(1, 2), Instant.EPOCH);
        assertEquals(0, LineCodec.text(Language.ENGLISH, ZoneOffset.UTC).encode(ack).length);
        assertEquals(0, LineCodec.json(Language.ENGLISH).encode(CloseReason.QUIT).length);
    }

    @Test
    void allWhoSpeakAlikeShareALog() {
        assertEquals(
                LineCodec.text(Language.ENGLISH, ZoneOffset.UTC), LineCodec.text(Language.ENGLISH, ZoneOffset.UTC));
        assertNotEquals(
                LineCodec.text(Language.ENGLISH, ZoneOffset.UTC), LineCodec.text(Language.PORTUGUESE, ZoneOffset.UTC));
        assertNotEquals(LineCodec.text(Language.ENGLISH, ZoneOffset.UTC), LineCodec.json(Language.ENGLISH));
    }
}
