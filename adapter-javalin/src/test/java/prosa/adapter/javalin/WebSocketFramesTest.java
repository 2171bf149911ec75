package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.RawWebSocket.Frame;
import prosa.test.wire.client.WebSocketClient;

/** The frames of {@code /chat}, whole and broken, fast and slow. */
class WebSocketFramesTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static WebSocketClient joined(String room, String name) {
        WebSocketClient client =
                WebSocketClient.connect(house.place().http(), "/chat?name=" + name + "&room=" + room, "prosa.v1");
        client.next("welcome");
        return client;
    }

    private static RawWebSocket raw(String room, String name) throws IOException {
        RawWebSocket client = raw(room, name, 0);
        client.readJson("welcome");
        return client;
    }

    private static RawWebSocket raw(String room, String name, int receiveBuffer) throws IOException {
        return new RawWebSocket(
                house.place().http(),
                "/chat?name=" + name + "&room=" + room,
                receiveBuffer,
                "Sec-WebSocket-Protocol: prosa.v1");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    @Test
    void binaryIsClosedWith1003() {
        WebSocketClient ana = joined("binary", "Ana");
        ana.sendBinary(new byte[] {1, 2, 3});
        assertEquals(1003, ana.closeCode());
        Waiting.await("Ana has left", () -> house.http().headCount("binary") == 0);
    }

    @Test
    void whatIsNotUtf8IsClosedWith1007() throws IOException {
        try (RawWebSocket ana = raw("utf8", "Ana")) {
            ana.send(true, RawWebSocket.TEXT, new byte[] {'"', (byte) 0xC3, '"'});
            assertEquals(1007, ana.read(RawWebSocket.CLOSE).closeCode());
        }
        try (RawWebSocket bia = raw("utf8", "Bia")) {
            bia.send(false, RawWebSocket.TEXT, utf8("a"));
            bia.send(true, RawWebSocket.CONTINUATION, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
            assertEquals(1007, bia.read(RawWebSocket.CLOSE).closeCode());
        }
    }

    @Test
    void fragmentsArePutTogetherEvenWithinACharacterAndAroundAPing() throws IOException {
        WebSocketClient bia = joined("fragments", "Bia");
        try (RawWebSocket ana = raw("fragments", "Ana")) {
            byte[] text = utf8("{\"type\":\"say\",\"text\":\"até já 👋\"}");
            for (int cut = 1; cut < text.length; cut++) {
                ana.send(false, RawWebSocket.TEXT, part(text, 0, cut));
                ana.send(true, RawWebSocket.PING, utf8("in between"));
                ana.send(false, RawWebSocket.CONTINUATION, new byte[0]);
                ana.send(true, RawWebSocket.CONTINUATION, part(text, cut, text.length));
                assertEquals("in between", ana.read(RawWebSocket.PONG).text());
                assertEquals("até já 👋", bia.next("said").text("text"));
            }
        }
        bia.send("{\"type\":\"say\",", false).send("\"text\":\"by the JDK\"}", true);
        bia.next("ack");
        bia.vanish();
    }

    /** A client that was cut off has not said all that it wanted to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageWhoseLastFragmentIsMissingIsNeverSaid(boolean closing) throws IOException {
        String room = "unfinished-" + closing;
        WebSocketClient bia = joined(room, "Bia");
        try (RawWebSocket ana = raw(room, "Ana")) {
            ana.send(true, RawWebSocket.TEXT, utf8("{\"type\":\"say\",\"text\":\"whole\"}"));
            ana.send(false, RawWebSocket.TEXT, utf8("{\"type\":\"say\",\"text\":\"never\"}"));
            if (closing) {
                ana.send(true, RawWebSocket.CLOSE, new byte[] {0x03, (byte) 0xE8});
                assertEquals(1000, ana.read(RawWebSocket.CLOSE).closeCode());
            }
        }
        assertEquals("whole", bia.next("said").text("text"));
        // Not before or after it: while the server is busy, who is cut off leaves before what they said is told.
        bia.texts().until(all -> all.stream().anyMatch(text -> Json.parse(text).is("left")));
        assertEquals(
                List.of("whole"),
                house.http().messagesAfter(room, "0-0").stream()
                        .map(message -> message.text("text"))
                        .toList());
        bia.close();
    }

    @Test
    void aPingIsAnsweredWithItsPayload() {
        WebSocketClient ana = joined("ping", "Ana");
        List<String> payloads = List.of("", "a", "é".repeat(62), "z");
        for (String payload : payloads) {
            ana.ping(payload);
            assertEquals(payload, ana.pongs().next());
        }
        ana.close();
    }

    @Test
    void aTextOver64KiBIsRefusedAndTheConnectionLives() {
        WebSocketClient ana = joined("long", "Ana");
        ana.send("{\"type\":\"say\",\"text\":\"" + "x".repeat(70_000) + "\"}");
        assertEquals("text-too-long", ana.next("refused").text("reason"));
        ana.send("{\"type\":\"say\",\"text\":\"" + "x".repeat(1_000_000), false).send("\"}", true);
        assertEquals("text-too-long", ana.next("refused").text("reason"));
        ana.send(Json.object("type", "say", "text", "still here"));
        ana.next("ack");
        ana.close();
    }

    @Test
    void theLongestTextsAreTaken() {
        WebSocketClient ana = joined("longest", "Ana");
        WebSocketClient bia = joined("longest", "Bia");
        String longest = "\uD83D\uDC4B".repeat(4_000);
        ana.send(Json.object("type", "say", "text", longest)); // each as \ud83d\udc4b
        ana.next("ack");
        assertEquals(longest, bia.next("said").text("text"));
        ana.vanish();
        bia.vanish();
    }

    @Test
    void whoClosesIsAnsweredWithTheSameCode() throws IOException {
        try (RawWebSocket ana = raw("closing", "Ana")) {
            ana.send(true, RawWebSocket.CLOSE, new byte[] {0x03, (byte) 0xE9}); // 1001
            assertEquals(1001, ana.read(RawWebSocket.CLOSE).closeCode());
            assertEquals(Optional.empty(), ana.read());
        }
        Waiting.await("Ana has left", () -> house.http().headCount("closing") == 0);
    }

    /** What a person with wscat writes and reads. */
    @Test
    void theTextDialectHasTheCommandsOfTheLines() {
        WebSocketClient ana = WebSocketClient.connect(house.place().http(), "/chat?room=text", null);
        WebSocketClient bia = joined("text", "Bia");
        assertEquals("* What is your name?", ana.texts().next());
        ana.send("/help");
        assertTrue(ana.texts().next().contains("/nick"));
        ana.send("Ana");
        assertTrue(ana.texts().next().startsWith("* Welcome to text, Ana."));
        ana.send("//who");
        assertEquals("/who", bia.next("said").text("text"));
        ana.send("/who").send("/msg Bia psst").send("/last 5");
        assertEquals("psst", bia.next("whisper").text("text"));
        ana.texts().next(text -> text.startsWith("* 2 in text: "));
        ana.texts().next(text -> text.equals("* The last message in text (time in UTC):"));
        assertTrue(ana.texts().next().startsWith("* "), "the day");
        assertTrue(ana.texts().next().matches("\\d\\d:\\d\\d Ana: /who"));
        assertEquals("* End of history.", ana.texts().next());
        ana.send("/nick Anita").send("/join text-b").send("/quit");
        assertEquals("Anita", bia.next("renamed").text("name"));
        assertEquals("Anita", bia.next("left").text("name"));
        assertEquals(1000, ana.closeCode());
        bia.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 300, 65_536})
    void whoReadsSlowlyGetsEveryFrameWholeAndInOrder(int atOnce) throws Exception {
        String room = "slow-" + atOnce;
        int pings = 40;
        try (RawWebSocket slow = raw(room, "Slow", 4_096)) {
            assertEquals(101, slow.status());
            Waiting.await("Slow is here", () -> house.http().headCount(room) == 1);
            WebSocketClient loud = joined(room, "Loud");
            String long1 = "é".repeat(3_000);
            for (int i = 0; i < pings; i++) {
                for (int j = 0; j < 20; j++) {
                    loud.send(Json.object("type", "say", "text", i * 20 + j + " " + long1));
                }
                slow.send(true, RawWebSocket.PING, utf8("ping " + i));
            }
            IntStream.range(0, pings * 20).forEach(i -> loud.next("ack"));
            slow.slowDown(atOnce);
            List<String> texts = new ArrayList<>();
            List<String> pongs = new ArrayList<>();
            boolean closeSent = false;
            Frame frame = slow.read().orElseThrow();
            for (; frame.opcode() != RawWebSocket.CLOSE; frame = slow.read().orElseThrow()) {
                assertTrue(frame.fin() && frame.reserved() == 0, frame::toString);
                if (frame.opcode() == RawWebSocket.PONG) {
                    pongs.add(frame.text());
                } else if (frame.opcode() == RawWebSocket.TEXT && frame.json().is("said")) {
                    texts.add(frame.json().text("text"));
                }
                if (!closeSent && texts.size() == 5 * pings) {
                    slow.send(true, RawWebSocket.CLOSE, new byte[] {0x03, (byte) 0xE8});
                    closeSent = true;
                }
            }
            assertArrayEquals(new byte[] {0x03, (byte) 0xE8}, frame.payload());
            assertEquals(Optional.empty(), slow.read(), "nothing comes after the close frame");
            // RFC 6455 §5.5.3: where more than one waits the newest is answered.
            List<String> asked =
                    IntStream.range(0, pings).mapToObj(i -> "ping " + i).toList();
            assertEquals(asked.stream().filter(pongs::contains).toList(), pongs, "in order, and each once");
            assertEquals(asked.getLast(), pongs.getLast());
            assertTrue(texts.size() >= 5 * pings, "only " + texts.size());
            assertEquals(
                    IntStream.range(0, texts.size())
                            .mapToObj(i -> i + " " + long1)
                            .toList(),
                    texts);
            loud.vanish();
        }
    }

    /** While one is behind, the others' messages stay in memory for it; who comes then must not get them. */
    @Test
    void whoComesWhileAnotherIsBehindHearsNothingTwice() throws Exception {
        try (RawWebSocket behind = raw("behind", "Behind", 4_096)) {
            assertEquals(101, behind.status());
            WebSocketClient loud = joined("behind", "Loud");
            String longText = "x".repeat(4_000);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 1_500; i++) {
                loud.send(Json.object("type", "say", "text", longText));
            }
            IntStream.range(0, 1_500).forEach(i -> ids.add(loud.next("ack").text("id")));
            WebSocketClient fresh = joined("behind", "Fresh");
            WebSocketClient back = WebSocketClient.connect(
                    house.place().http(), "/chat?name=Back&room=behind&since=" + ids.get(1_489), "prosa.v1");
            loud.send(Json.object("type", "say", "text", "live"));
            ids.add(loud.next("ack").text("id"));
            assertEquals(ids.getLast(), fresh.next("said").text("id"));
            for (String id : ids.subList(1_490, 1_501)) {
                assertEquals(id, back.next("said").text("id"));
            }
            List.of(fresh, back, loud).forEach(WebSocketClient::vanish);
        }
    }

    @Test
    void whoReadsLateGetsAllThatWasSaid() throws Exception {
        int count = 600;
        try (RawWebSocket late = raw("late", "Late", 4_096)) {
            Waiting.await("Late is here", () -> house.http().headCount("late") == 1);
            WebSocketClient loud = joined("late", "Loud");
            String text = "x".repeat(3_900);
            for (int i = 0; i < count; i++) {
                loud.send(Json.object("type", "say", "text", i + " " + text));
            }
            IntStream.range(0, count).forEach(i -> loud.next("ack"));
            for (int i = 0; i < count; i++) {
                assertEquals(i + " " + text, late.readJson("said").text("text"));
            }
            loud.vanish();
        }
    }
}
