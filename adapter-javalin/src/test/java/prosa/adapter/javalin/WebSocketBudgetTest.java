package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.RawWebSocket;

/** One client has one share, whatever it sends over WebSocket. */
class WebSocketBudgetTest {
    private static final String JSON = "Sec-WebSocket-Protocol: prosa.v1";

    private static House house;

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static RawWebSocket connect(String path, String... headers) throws IOException {
        return new RawWebSocket(house.http().server(), path, 0, headers);
    }

    private static byte[] frames(int count, IntFunction<byte[]> frame) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.write(frame.apply(i));
        }
        return all.toByteArray();
    }

    private static void assertTooFast(RawWebSocket socket) throws IOException {
        RawWebSocket.Frame close = socket.read(RawWebSocket.CLOSE);
        assertEquals(1008, close.closeCode());
        assertTrue(close.text().endsWith("too-fast"), close.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat?name=Ana", "/testing"})
    void pingsWithoutEnd(String path) throws IOException {
        try (RawWebSocket flooder = connect(path)) {
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(true, RawWebSocket.PING, new byte[125])));
            assertTooFast(flooder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat?name=Ana", "/testing"})
    void pongsThatNobodyAskedFor(String path) throws IOException {
        try (RawWebSocket flooder = connect(path)) {
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(true, RawWebSocket.PONG, new byte[0])));
            assertTooFast(flooder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat?name=Ana", "/testing"})
    void aTextOfNothingButFragments(String path) throws IOException {
        try (RawWebSocket flooder = connect(path)) {
            flooder.send(false, RawWebSocket.TEXT, new byte[] {'x'});
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(false, RawWebSocket.CONTINUATION, new byte[] {'x'})));
            assertTooFast(flooder);
        }
    }

    @Test
    void framesOfBlankLines() throws IOException {
        try (RawWebSocket flooder = connect("/chat?name=Blank", JSON)) {
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(true, RawWebSocket.TEXT, new byte[] {'\n'})));
            assertTooFast(flooder);
        }
    }

    /** RFC 6455 §5.5.3: an answer to the newest will do. */
    @Test
    void whoPingsALotIsAnsweredTheNewest() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Pinger")) {
            client.sendRaw(frames(
                    500, i -> RawWebSocket.frame(true, RawWebSocket.PING, new byte[] {(byte) (i >> 8), (byte) i})));
            byte[] newest = {(byte) (499 >> 8), (byte) 499};
            byte[] answer;
            int answers = 0;
            do {
                answer = client.read(RawWebSocket.PONG).payload();
                answers++;
            } while (answer[0] != newest[0] || answer[1] != newest[1]);
            assertTrue(answers <= 500, answers + " answers");
            client.send(true, RawWebSocket.PING, new byte[] {7});
            assertArrayEquals(new byte[] {7}, client.read(RawWebSocket.PONG).payload());
        }
    }

    /** Jetty cuts a large frame into as many pieces as there are reads. */
    @Test
    void largeTextsInOneFrameAreNoFragments() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Large&room=large", JSON)) {
            client.readJson("welcome");
            String say =
                    "{\"type\":\"say\",\"text\":\"" + "x".repeat(3_900) + "\",\"pad\":\"" + "y".repeat(50_000) + "\"}";
            for (int i = 0; i < 150; i++) {
                client.sendText(say);
                client.readJson("ack");
            }
        }
    }

    /** Each read is a piece, and none of them is the client's. */
    @Test
    void aTextThatTricklesInIsNoFragmentsEither() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Trickle&room=trickle", JSON)) {
            client.readJson("welcome");
            String say = "{\"type\":\"say\",\"text\":\"" + "x".repeat(3_000) + "\"}";
            byte[] frame = RawWebSocket.frame(true, RawWebSocket.TEXT, say.getBytes(StandardCharsets.UTF_8));
            for (byte b : frame) {
                client.sendRaw(new byte[] {b});
            }
            client.readJson("ack");
        }
    }

    @Test
    void manyLinesInOneFrameAreAllHeardInTurn() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Many&room=many", JSON)) {
            client.readJson("welcome");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 1_200; i++) {
                lines.append("{\"type\":\"say\",\"text\":\"n")
                        .append(i)
                        .append("\",\"ref\":")
                        .append(i)
                        .append("}\n");
            }
            client.sendText(lines.toString());
            client.sendText("{\"type\":\"say\",\"text\":\"last\",\"ref\":\"last\"}");
            for (int i = 0; i < 1_200; ) {
                for (String line : client.read(RawWebSocket.TEXT).text().split("\n")) {
                    if (line.startsWith("{\"type\":\"ack\"")) {
                        assertTrue(line.contains(i == 1_200 ? "\"ref\":\"last\"" : "\"ref\":" + i + ","), line);
                        i++;
                    }
                }
            }
        }
    }

    @Test
    void theTenthTextThatIsTooLong() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Long", JSON)) {
            byte[] tooLong = new byte[70_000];
            for (int i = 0; i < 10; i++) {
                client.send(true, RawWebSocket.TEXT, tooLong);
            }
            assertTooFast(client);
        }
    }

    @Test
    void whatBelongsToAClosingIsReadForTwoSecondsAtMost() throws IOException {
        try (RawWebSocket client = connect("/chat?name=Binary")) {
            client.send(true, RawWebSocket.BINARY, new byte[] {1});
            assertEquals(1003, client.read(RawWebSocket.CLOSE).closeCode());
            byte[] pong = RawWebSocket.frame(true, RawWebSocket.PONG, new byte[0]);
            long until = System.nanoTime() + 20_000_000_000L;
            try {
                while (System.nanoTime() - until < 0) {
                    client.sendRaw(pong);
                }
                throw new AssertionError("it is still read");
            } catch (IOException ended) {
                assertTrue(System.nanoTime() - until < 0);
            }
        }
    }
}
