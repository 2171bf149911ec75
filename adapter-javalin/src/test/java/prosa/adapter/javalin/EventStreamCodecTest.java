package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Cleared;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;
import prosa.language.Language;

class EventStreamCodecTest {
    private static final Name ANA = new Name("Ana");
    private final Codec json = new EventStreamCodec(new JsonDialect(Language.ENGLISH));
    private final Codec text = new EventStreamCodec(new TextDialect(Language.ENGLISH, ZoneOffset.UTC));

    private static String written(Codec codec, Event event) {
        return new String(codec.encode(event), StandardCharsets.UTF_8);
    }

    private static Event said(String words) {
        return new Event.Said(new Message(
                new Position(5, 7), RoomName.MAIN, ANA, new Via("tcp"), Instant.ofEpochMilli(0), new Text(words)));
    }

    @Test
    void aStreamOpensWithWhereItStartsAndNoData() {
        String opening = written(json, new Event.Opening(new Position(5, 6)));
        assertTrue(opening.matches("retry: [1-4][0-9]{3}\nid: 5-6\n\n"), opening);
    }

    @Test
    void aMessageHasItsPositionAsId() {
        assertEquals(
                "id: 5-7\ndata: {\"type\":\"said\",\"id\":\"5-7\",\"room\":\"main\",\"by\":\"Ana\",\"via\":\"tcp\","
                        + "\"at\":\"1970-01-01T00:00:00.000Z\",\"text\":\"oi\"}\n\n",
                written(json, said("oi")));
    }

    /** By name, so that who knows messages alone passes over it; with its position, so that who resumes is not told it again. */
    @Test
    void aRemovalIsANamedEventWithItsPositionAsId() {
        assertEquals(
                "id: 5-8\nevent: removed\ndata: * Op removed a message of Ana.\n\n",
                written(
                        text,
                        new Event.Removed(new Removed(
                                new Position(5, 8),
                                new Position(5, 7),
                                RoomName.MAIN,
                                ANA,
                                new Name("Op"),
                                Instant.EPOCH))));
        assertEquals(
                "id: 5-9\nevent: cleared\ndata: {\"type\":\"cleared\",\"id\":\"5-9\",\"room\":\"main\",\"by\":\"Op\","
                        + "\"at\":\"1970-01-01T00:00:00.000Z\"}\n\n",
                written(
                        json,
                        new Event.Cleared(
                                new Cleared(new Position(5, 9), RoomName.MAIN, new Name("Op"), Instant.EPOCH))));
    }

    @Test
    void eachLineOfATextIsADataFieldAndForgesNothing() {
        assertEquals(
                "id: 5-7\ndata: Ana: oi\ndata:   id: 9-9\ndata:   \ndata:   data: x\n\n",
                written(text, said("oi\rid: 9-9\r\n\ndata: x")));
    }

    @Test
    void whatIsNotKeptIsANamedEventWithoutId() {
        for (Event event : new Event[] {
            new Event.Joined(RoomName.MAIN, ANA, new Via("ws"), false),
            new Event.Left(RoomName.MAIN, ANA, new Via("ws")),
            new Event.Renamed(RoomName.MAIN, ANA, new Name("Bia"), false),
            new Event.Presence(RoomName.MAIN, 1, 2, 60),
            new Event.Gap(RoomName.MAIN, new Position(1, 1), Optional.empty())
        }) {
            String block = written(json, event);
            assertTrue(block.startsWith("event: "), block);
            assertFalse(block.contains("\nid:"), block);
            assertTrue(block.endsWith("\n\n"), block);
        }
    }

    @Test
    void whatIsForOneVisitorAloneNeverGetsIntoAFeed() {
        assertEquals("", written(json, new Event.Whisper(ANA, ANA, new Text("psst"), Instant.EPOCH)));
        assertEquals("", written(json, new Event.Ask()));
    }

    @Test
    void aCommentKeepsAQuietStreamAlive() {
        Heartbeat beat = json.heartbeat().orElseThrow();
        assertEquals(Duration.ofSeconds(15), beat.every());
        assertEquals(":\n\n", new String(beat.bytes(), StandardCharsets.UTF_8));
    }
}
