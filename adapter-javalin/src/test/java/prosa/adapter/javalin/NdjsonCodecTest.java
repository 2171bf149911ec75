package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class NdjsonCodecTest {
    private static final Name ANA = new Name("Ana");
    private final Codec codec = new NdjsonCodec();

    private String written(Event event) {
        return new String(codec.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void itOpensWithThePlaceFromWhichOneCanResume() {
        assertEquals("{\"type\":\"following\",\"position\":\"5-6\"}\n", written(new Event.Opening(new Position(5, 6))));
    }

    @Test
    void eachEventIsALineWhateverIsInIt() {
        String line = written(new Event.Said(new Message(
                new Position(5, 7),
                RoomName.MAIN,
                ANA,
                new Via("tcp"),
                Instant.ofEpochMilli(0),
                new Text("a\nb\u2028c\u0085d\"\\ \uD83D\uDC4B"))));
        assertTrue(line.endsWith("}\n"), line);
        assertEquals(1, line.lines().count());
        assertFalse(line.substring(0, line.length() - 1).matches("(?s).*\\v.*"), line);
        assertEquals(
                "{\"type\":\"joined\",\"room\":\"main\",\"name\":\"Ana\",\"via\":\"ws\"}\n",
                written(new Event.Joined(RoomName.MAIN, ANA, new Via("ws"), false)));
    }

    @Test
    void allFollowersShareOneLog() {
        assertEquals(codec, new NdjsonCodec());
    }

    @Test
    void anEmptyLineKeepsAQuietStreamAlive() {
        Heartbeat beat = codec.heartbeat().orElseThrow();
        assertEquals(Duration.ofSeconds(15), beat.every());
        assertEquals("\n", new String(beat.bytes(), StandardCharsets.UTF_8));
    }
}
