package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** {@code prosa.v1} over WebSocket: saying something, and what is told of it. */
class WebSocketSayTest extends ProgramsOnWebSocket {
    @Test
    void aMessageHasItsPlaceItsPersonItsWireAndItsTime() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        Instant before = clock.instant();
        say(ana, "Hello");
        Json said = bia.next("said");
        assertEquals(Set.of("type", "id", "room", "by", "via", "at", "text"), said.fields());
        assertTrue(said.text("id").matches("[0-9]+-[0-9]+"), said::toString);
        assertEquals(
                List.of(room, "Ana", "ws", "Hello"),
                List.of(said.text("room"), said.text("by"), said.text("via"), said.text("text")));
        assertTrue(said.text("at").endsWith("Z"), said::toString);
        assertTrue(
                Duration.between(before, Instant.parse(said.text("at"))).abs().toSeconds() < 10, said::toString);
    }

    @Test
    void onlyTheSenderGetsTheAcknowledgement() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        ana.send("{\"type\":\"say\",\"text\":\"one\",\"ref\":\"my-1\"}");
        Json ack = ana.next("ack");
        assertEquals("my-1", ack.text("ref"));
        Json said = bia.next("said");
        assertEquals(said.text("id"), ack.text("id"));
        assertEquals(said.text("at"), ack.text("at"));
        ana.send("{\"type\":\"say\",\"text\":\"two\",\"ref\":7}");
        assertEquals(7, ana.next("ack").number("ref"));
        say(ana, "three");
        assertFalse(ana.next("ack").has("ref"));
        say(bia, "end");
        assertEquals("end", ana.next("said").text("text"), "no message of one's own before it");
        bia.next("ack");
        assertEquals(
                1,
                bia.texts().all().stream()
                        .filter(text -> Json.parse(text).is("ack"))
                        .count());
    }

    /** Else who resumes from an acknowledgement would lose what it overtook. */
    @Test
    void anAcknowledgementOvertakesNoMessage() throws Exception {
        int each = 60;
        List<WebSocketClient> all = List.of(joined("Ana"), joined("Bia"), joined("Caio"));
        List<Thread> talks = all.stream()
                .map(client -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, each).forEach(i -> say(client, "number " + i))))
                .toList();
        for (Thread talk : talks) {
            talk.join();
        }
        for (WebSocketClient client : all) {
            long latest = 0;
            int acks = 0;
            for (int i = 0; i < 3 * each; i++) {
                Json json = client.nextJson(next -> next.is("said") || next.is("ack"));
                long offset = Long.parseLong(json.text("id").split("-")[1]);
                if (json.is("ack")) {
                    acks++;
                    latest = Math.max(latest, offset);
                } else {
                    assertTrue(offset > latest, () -> "too late: " + json);
                    latest = offset;
                }
            }
            assertEquals(each, acks);
        }
    }

    @Test
    void aMessageIsReadBackByItsSenderWhoResumes() {
        WebSocketClient ana = joined("Ana");
        say(ana, "mine");
        String after = ana.next("ack").text("id");
        say(ana, "mine, too");
        ana.next("ack");
        ana.vanish();
        WebSocketClient again = connect();
        again.send(Json.object("type", "join", "name", "Ana again", "room", room, "since", after));
        Json welcome = again.next("welcome");
        assertFalse(welcome.has("recent"));
        assertEquals(after, welcome.text("position"));
        assertEquals("mine, too", again.next("said").text("text"));
    }

    @Test
    void aFloodIsKeptWholeAndInOrder() {
        WebSocketClient ana = joined("Ana");
        int frames = 400;
        int each = 10;
        for (int i = 0; i < frames; i++) {
            StringBuilder lines = new StringBuilder();
            for (int j = 0; j < each; j++) {
                String number = Integer.toString(i * each + j);
                lines.append(Json.object("type", "say", "text", number, "ref", number))
                        .append('\n');
            }
            ana.send(lines.toString());
        }
        List<String> numbers =
                IntStream.range(0, frames * each).mapToObj(Integer::toString).toList();
        assertEquals(
                numbers,
                numbers.stream().map(number -> ana.next("ack").text("ref")).toList());
        assertEquals(numbers, texts(house.http().messagesAfter(room, "0-0")));
    }

    @Test
    void whatIsSaidTwiceWithOneKeyIsKeptOnceForTenMinutes() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        String once = Json.object("type", "say", "text", "once", "key", "k1");
        ana.send(once).send(once);
        Json first = ana.next("ack");
        assertEquals(first.text("id"), ana.next("ack").text("id"));
        bia.send(once);
        assertNotEquals(first.text("id"), bia.next("ack").text("id"), "a key is one person's own");
        clock.forward(Duration.ofMinutes(9));
        ana.send(once);
        assertEquals(first.text("id"), ana.next("ack").text("id"));
        clock.forward(Duration.ofMinutes(1));
        ana.send(once);
        assertNotEquals(first.text("id"), ana.next("ack").text("id"));
        assertEquals(3, house.http().messagesAfter(room, "0-0").size());
        say(ana, "end");
        bia.nextJson(json -> json.is("said") && json.text("text").equals("end"));
        assertEquals(
                3,
                bia.texts().all().stream()
                        .filter(text -> Json.parse(text).is("said"))
                        .count());
    }

    @Test
    void aKeyThatIsKeptComesBackAfterALostConnection() {
        WebSocketClient ana = connect();
        String token = join(ana, "Ana", room).text("token");
        String said = Json.object("type", "say", "text", "once", "key", "after all");
        ana.send(said);
        String id = ana.next("ack").text("id");
        WebSocketClient again = connect();
        again.send(Json.object("type", "join", "token", token) + "\n" + said);
        assertEquals(id, again.next("ack").text("id"));
        assertEquals(List.of("once"), texts(house.http().messagesAfter(room, "0-0")));
    }

    @Test
    void aFrameMayCarrySeveralLines() {
        WebSocketClient client = connect();
        client.send(Json.object("type", "join", "name", "Ana", "room", room) + "\n\n  "
                + Json.object("type", "say", "text", "one") + "\r\n"
                + "{broken\n"
                + Json.object("type", "say", "text", "two") + "\n");
        client.next("welcome");
        assertEquals("malformed", client.next("refused").text("reason"));
        assertTrue(client.texts()
                        .until(all -> all.stream()
                                        .filter(text -> Json.parse(text).is("ack"))
                                        .count()
                                == 2)
                != null);
        assertEquals(List.of("one", "two"), texts(house.http().messagesAfter(room, "0-0")));
    }

    @Test
    void unknownFieldsAreIgnored() {
        WebSocketClient ana = joined("Ana");
        ana.send(
                "{\"colour\":{\"red\":[1,2,{\"text\":\"no\"}]},\"type\":\"say\",\"text\":\"yes\",\"x\":null,\"key\":null}");
        ana.next("ack");
        assertEquals(List.of("yes"), texts(house.http().messagesAfter(room, "0-0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "[]",
                "42",
                "{}",
                "{\"type\":42}",
                "{\"type\":\"say\"}",
                "{\"type\":\"say\",\"text\":[]}",
                "{\"type\":\"say\",\"text\":\"a\"} trailing",
                "{\"type\":\"say\",\"text\":\"a\",\"key\":\"\"}",
                "{\"type\":\"say\",\"text\":\"a\",\"key\":\"caf\u00e9\"}",
                "{\"type\":\"whisper\",\"to\":\"Ana\"}",
                "{\"type\":\"rename\"}",
                "{\"type\":\"join\",\"since\":\"1\"}",
                "{\"type\":\"join\",\"since\":\"-1-2\"}",
                "{\"type\":\"join\",\"since\":\"１-２\"}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{",
            })
    void aMalformedLineIsRefusedAndTheConnectionStays(String line) {
        WebSocketClient ana = joined("Ana");
        ana.send(line);
        Json refused = ana.next("refused");
        assertEquals("malformed", refused.text("reason"));
        assertFalse(refused.text("message").isBlank());
        say(ana, "still here");
        ana.next("ack");
    }

    @Test
    void aRefusalIsToldInTheLanguageOfTheBrowserAndWithItsRef() {
        WebSocketClient ana = connect("Accept-Language", "pt-PT,en;q=0.1");
        ana.send("{\"type\":\"say\",\"text\":\"hi\",\"ref\":\"r1\"}");
        Json refused = ana.next("refused");
        assertEquals(List.of("not-joined", "r1"), List.of(refused.text("reason"), refused.text("ref")));
        assertTrue(refused.text("message").contains("sala"), refused::toString);
    }

    @Test
    void aWhisperIsHeardByOneAloneAndKeptNowhere() {
        WebSocketClient ana = joined("Ana");
        WebSocketClient bia = joined("Bia");
        WebSocketClient caio = joined("Caio");
        try (EventSource feed = new EventSource(house.place().http().resolve("/feed?room=" + room))) {
            ana.send(Json.object("type", "whisper", "to", "ＢＩＡ", "text", "psst\u0007"));
            Json whisper = bia.next("whisper");
            assertEquals(Set.of("type", "by", "to", "text", "at"), whisper.fields());
            assertEquals(
                    List.of("Ana", "Bia", "psst\uFFFD"),
                    List.of(whisper.text("by"), whisper.text("to"), whisper.text("text")));
            ana.send(Json.object("type", "whisper", "to", "Dora", "text", "psst", "ref", "w"));
            Json refused = ana.next("refused");
            assertEquals(List.of("not-here", "w"), List.of(refused.text("reason"), refused.text("ref")));
            say(bia, "aloud");
            caio.next("said");
            assertEquals("aloud", feed.nextMessage().json().text("text"));
            assertTrue(caio.texts().all().stream().noneMatch(text -> text.contains("psst")));
            assertTrue(
                    feed.blocks().all().stream().noneMatch(block -> block.text().contains("psst")));
        }
        assertEquals(List.of("aloud"), texts(house.http().messagesAfter(room, "0-0")));
        assertEquals(List.of("aloud"), texts(join(joined("Eva"), "Eva", room).list("recent")));
    }

    @Test
    void whatIsPostedIsToldWithItsWire() {
        WebSocketClient ana = joined("Ana");
        Http.Answer posted = house.http().say(room, "Caio", "by curl");
        assertEquals(posted.body(), ana.texts().next(text -> Json.parse(text).is("said")));
        assertEquals("http", posted.json().text("via"));
    }
}
