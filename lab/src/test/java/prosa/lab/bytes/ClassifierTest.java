package prosa.lab.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.lab.Wire;
import prosa.lab.relay.Direction;

/**
 * Each stream is written as pieces of which each says what it is: {@code h} handshake, {@code f} framing, {@code e} envelope, {@code
 * p} payload, {@code b} heartbeat. It is read whole, byte by byte, and cut in two at every place.
 */
class ClassifierTest {
    private static final String REQUEST = "GET /feed?room=lab HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n\r\n";

    private final Stream stream = new Stream();

    @Test
    void anEventStream() {
        stream.add('h', EVENTS)
                .add('f', "retry: 2000\nid: 1-0\n\n")
                .add('b', ":\n\n")
                .add('f', "id: 1-1\ndata: ")
                .add('e', "{\"type\":\"said\",\"by\":\"text\",\"text\":\"")
                .add('p', "Olá \\\" ♪ \\\\")
                .add('e', "\"}")
                .add('f', "\n\n")
                .add('b', ": still here\n\n")
                .add('f', "event: joined\ndata:")
                .add('e', "{\"type\":\"joined\"}")
                .add('f', "\n\n")
                .isReadAs(Wire.SSE, Direction.DOWN);
    }

    @Test
    void requestsFollowEachOther() {
        stream.add('h', REQUEST).add('h', REQUEST).isReadAs(Wire.SSE, Direction.UP);
    }

    @Test
    void chunksOfLines() {
        stream.add('h', "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-ndjson\r\n\r\n")
                .add('f', "16;x=1\r\n")
                .add('e', "{\"text\":\"")
                .add('p', "a")
                .add('e', "\",\"n\":[\"text")
                .add('f', "\r\n2\r\n")
                .add('e', "\"]")
                .add('f', "\r\n2\r\n")
                .add('e', "}")
                .add('f', "\n\r\n1\r\n")
                .add('b', "\n")
                .add('f', "\r\n0\r\n\r\n")
                .isReadAs(Wire.NDJSON, Direction.DOWN);
    }

    @Test
    void linesWithoutChunks() {
        stream.add('h', "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n")
                .add('e', "{\"type\":\"following\"}")
                .add('f', "\n")
                .add('b', "\n")
                .add('e', "{\"a\":{\"text\":\"")
                .add('p', "deep")
                .add('e', "\"},\"text\":\"")
                .add('p', "}")
                .add('e', "\",\"x\":\"y\"}")
                .add('f', "\n")
                .isReadAs(Wire.NDJSON, Direction.DOWN);
    }

    @Test
    void tcp() {
        stream.add('h', "* What is your name?\r\n")
                .add('e', "{\"type\":\"ask\"}")
                .add('f', "\n")
                .add('e', "{\"recent\":[{\"text\":\"")
                .add('p', "x")
                .add('e', "\"},{\"by\":\"B\",\"text\":\"")
                .add('p', "y")
                .add('e', "\"}]}")
                .add('f', "\n")
                .isReadAs(Wire.TCP, Direction.DOWN);
    }

    @Test
    void tcpUpwards() {
        stream.add('h', "prosa.v1\n")
                .add('e', "{\"type\":\"who\"}")
                .add('f', "\n")
                .isReadAs(Wire.TCP, Direction.UP);
    }

    @Test
    void framesOfTheServer() {
        String text = "é".repeat(100);
        String start = "{\"type\":\"said\",\"text\":\"";
        int length = start.length() + 200 + 2;
        stream.add('h', SWITCHING)
                .add('f', 0x81, 0x7e, length >> 8, length & 0xff)
                .add('e', start)
                .add('p', text)
                .add('e', "\"}")
                .add('b', 0x89, 2, 'h', 'i')
                .add('f', 0x81, 0)
                .add('h', 0x88, 2, 3, 0xe8)
                .isReadAs(Wire.WEBSOCKET, Direction.DOWN);
    }

    @Test
    void aLongLengthAndTwoLinesInAFrame() {
        stream.add('h', SWITCHING)
                .add('f', 0x81, 0x7f, 0, 0, 0, 0, 0, 0, 0, 5)
                .add('e', "{}")
                .add('f', "\n")
                .add('e', "{}")
                .isReadAs(Wire.WEBSOCKET, Direction.DOWN);
    }

    @Test
    void fragmentsWithAPingBetweenThem() {
        stream.add('h', SWITCHING)
                .add('f', 0x01, 10)
                .add('e', "{\"text\":\"")
                .add('p', "a")
                .add('b', 0x89, 0)
                .add('f', 0x80, 3)
                .add('p', "b")
                .add('e', "\"}")
                .isReadAs(Wire.WEBSOCKET, Direction.DOWN);
    }

    @Test
    void framesOfAClientAreMasked() {
        stream.add('h', UPGRADE)
                .add('f', 0x81, 0x80 | 12, 1, 2, 3, 4)
                .masked('e', "{\"text\":\"")
                .masked('p', "z")
                .masked('e', "\"}")
                .add('b', 0x8a, 0x80, 9, 9, 9, 9)
                .isReadAs(Wire.WEBSOCKET, Direction.UP);
    }

    @Test
    void aRefusedUpgradeIsNoWebSocket() {
        stream.add('h', "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n")
                .add('e', "{\"reason\":\"cross-site\"}")
                .isReadAs(Wire.WEBSOCKET, Direction.DOWN);
    }

    /** Bytes, and the letter of each. */
    private static final class Stream {
        private static final byte[] MASK = {1, 2, 3, 4};

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final StringBuilder letters = new StringBuilder();
        private int maskedBytes;

        Stream add(char letter, String text) {
            return add(letter, text.getBytes(StandardCharsets.UTF_8));
        }

        Stream add(char letter, int... numbers) {
            byte[] raw = new byte[numbers.length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) numbers[i];
            }
            return add(letter, raw);
        }

        Stream masked(char letter, String text) {
            byte[] raw = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < raw.length; i++) {
                raw[i] ^= MASK[maskedBytes++ % 4];
            }
            return add(letter, raw);
        }

        private Stream add(char letter, byte[] raw) {
            bytes.writeBytes(raw);
            letters.repeat(letter, raw.length);
            return this;
        }

        void isReadAs(Wire wire, Direction direction) {
            byte[] all = bytes.toByteArray();
            String expected = letters.toString();
            for (int cut = 0; cut <= all.length; cut++) {
                Classifier classifier = Classifier.of(wire, direction);
                List<Span> spans = new ArrayList<>(classifier.read(ByteBuffer.wrap(all, 0, cut)));
                spans.addAll(classifier.read(ByteBuffer.wrap(all, cut, all.length - cut)));
                assertEquals(expected, letters(spans), "cut at " + cut);
            }
            Classifier classifier = Classifier.of(wire, direction);
            List<Span> spans = new ArrayList<>();
            for (byte one : all) {
                spans.addAll(classifier.read(ByteBuffer.wrap(new byte[] {one})));
            }
            assertEquals(expected, letters(spans), "byte by byte");
        }

        private static String letters(List<Span> spans) {
            StringBuilder letters = new StringBuilder();
            spans.forEach(span -> letters.repeat(letter(span.kind()), span.length()));
            return letters.toString();
        }

        private static char letter(Kind kind) {
            return switch (kind) {
                case HANDSHAKE -> 'h';
                case FRAMING -> 'f';
                case ENVELOPE -> 'e';
                case PAYLOAD -> 'p';
                case HEARTBEAT -> 'b';
            };
        }
    }
}
