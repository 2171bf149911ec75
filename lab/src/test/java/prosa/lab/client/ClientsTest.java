package prosa.lab.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.lab.Wire;
import prosa.lab.tls.SelfSigned;

/** Each client against a server that writes what Prosa writes, cut into pieces of every size, over real sockets. */
class ClientsTest {
    private static SelfSigned certificate;

    private static final List<String> TEXTS = List.of("oi", "a \"quoted\"\nline", "ação 🎉 e\u0301", "x".repeat(300));
    private static final int[] PIECES = {1, 2, 3, 5, 7, 11, 64, 1 << 20};

    /** A follower, and what it was told. */
    private record Told(BlockingQueue<Said> said, CountDownLatch ended) implements Listener {
        Told() {
            this(new LinkedBlockingQueue<>(), new CountDownLatch(1));
        }

        @Override
        public void said(Said one) {
            said.add(one);
        }

        @Override
        public void ended(Optional<IOException> why) {
            ended.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void hearsEveryTextAndCountsEveryByte(Wire wire) throws Exception {
        for (int piece : PIECES) {
            CountDownLatch seen = new CountDownLatch(1);
            try (ScriptedServer server = new ScriptedServer(peer -> serve(wire, peer, piece, seen, true))) {
                Told told = new Told();
                try (Follower follower =
                        Clients.follow(wire, server.address(), new Following("r", "n", Optional.empty(), told))) {
                    for (String text : TEXTS) {
                        Said said = told.said.poll(5, TimeUnit.SECONDS);
                        assertEquals(text, said == null ? null : said.text());
                    }
                    assertTrue(wire == Wire.LONG_POLL || told.ended.await(5, TimeUnit.SECONDS));
                    assertEquals("1-" + TEXTS.size(), follower.position());
                    checkBytes(wire, follower.connection(), server);
                }
                seen.countDown();
            }
        }
    }

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        certificate = new SelfSigned(folder);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void hearsTheSameOverTlsAndCountsWhatThatAdds(Wire wire) throws Exception {
        for (int piece : new int[] {7, Integer.MAX_VALUE}) {
            CountDownLatch seen = new CountDownLatch(1);
            try (ScriptedServer server =
                    new ScriptedServer(certificate, peer -> serve(wire, peer, piece, seen, true))) {
                Told told = new Told();
                try (Follower follower =
                        Clients.follow(wire, server.address(), new Following("r", "n", Optional.empty(), told))) {
                    for (String text : TEXTS) {
                        Said said = told.said.poll(5, TimeUnit.SECONDS);
                        assertEquals(text, said == null ? null : said.text());
                    }
                    assertTrue(wire == Wire.LONG_POLL || told.ended.await(5, TimeUnit.SECONDS));
                    assertEquals(3, follower.opening().roundTrips(), "TCP's, TLS's and the request's");
                    checkBytesOverTls(follower.connection(), server);
                    seen.countDown();
                }
            }
        }
    }

    private static void checkBytesOverTls(Connection connection, ScriptedServer server) {
        await(() -> connection.down().total() == connection.bytesIn()
                && connection.down().total() - connection.down().tls() == server.bytesWritten()
                && connection.up().total() == connection.bytesOut());
        Counts down = connection.down();
        Counts up = connection.up();
        assertEquals(connection.bytesIn(), down.total());
        assertEquals(server.bytesWritten(), down.total() - down.tls());
        assertEquals(connection.bytesOut(), up.total());
        assertEquals(TEXTS.stream().mapToLong(text -> utf8(text).length).sum(), down.payload());
        // A certificate comes down; each record has a header of 5 bytes, a tag of 16 and one for what is in it.
        assertTrue(down.tls() > 500 && up.tls() > 200 + 22, () -> up + " " + down);
    }

    /** Where to begin, each of the three answers that have something, and the one that waits for the next. */
    private static final int POLLS = 5;

    private static void checkBytes(Wire wire, Connection connection, ScriptedServer server) {
        // The last message is told before the line that ends it is counted, and the next long poll is written before it
        // is counted.
        await(() -> connection.down().total() == server.bytesWritten()
                && (wire != Wire.LONG_POLL || connection.writes() == POLLS)
                && connection.up().total() == connection.bytesOut());
        Counts down = connection.down();
        assertEquals(server.bytesWritten(), connection.bytesIn());
        assertEquals(connection.bytesIn(), down.total(), () -> wire + ": " + down);
        assertEquals(connection.bytesOut(), connection.up().total());
        long texts = TEXTS.stream().mapToLong(text -> utf8(text).length).sum();
        long json = 0;
        for (int i = 0; i < TEXTS.size(); i++) {
            json += utf8(said(i + 1, TEXTS.get(i))).length;
        }
        assertEquals(texts, down.payload());
        assertEquals(json - texts, down.envelope());
        assertEquals(wire == Wire.LONG_POLL ? 0 : 1, Long.signum(down.heartbeat() + down.notice()));
    }

    /** The beginning, each text, something that is no message, and the end. */
    private static void serve(Wire wire, ScriptedServer.Peer peer, int piece, CountDownLatch seen, boolean end)
            throws Exception {
        switch (wire) {
            case TCP -> {
                peer.write(utf8("* What is your name?\r\n{\"type\":\"ask\"}\n"), piece);
                peer.readTo("}\n");
                peer.write(utf8(welcome() + "\n" + String.join("\n", texts()) + "\n" + joined() + "\n"), piece);
            }
            case WEBSOCKET -> {
                String request = peer.readTo("\r\n\r\n");
                peer.write(
                        utf8("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + accept(request)
                                + "\r\n\r\n"),
                        piece);
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                frames.writeBytes(WebSocketFrameTest.unmasked(utf8(welcome() + "\n")));
                frames.writeBytes(WebSocketFrameTest.unmasked(utf8(texts().get(0))));
                frames.writeBytes(WebSocketFrameTest.unmasked(utf8(texts().get(1) + "\n" + texts().get(2) + "\n")));
                frames.writeBytes(new byte[] {(byte) 0x89, 2, 'h', 'i'});
                byte[] last = utf8(texts().get(3));
                frames.writeBytes(new byte[] {1, 10});
                frames.write(last, 0, 10);
                byte[] rest = WebSocketFrameTest.unmasked(Arrays.copyOfRange(last, 10, last.length));
                rest[0] = (byte) 0x80;
                frames.writeBytes(rest);
                if (end) {
                    frames.writeBytes(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
                }
                peer.write(frames.toByteArray(), piece);
                seen.await(1, TimeUnit.SECONDS);
            }
            case SSE -> {
                peer.readTo("\r\n\r\n");
                StringBuilder events = new StringBuilder(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 2000\nid: 1-0\n\n");
                for (int i = 0; i < TEXTS.size(); i++) {
                    events.append("id: 1-")
                            .append(i + 1)
                            .append("\ndata: ")
                            .append(texts().get(i))
                            .append("\n\n");
                }
                peer.write(utf8(events + ": still here\n\nevent: joined\ndata: " + joined() + "\n\n"), piece);
            }
            case NDJSON -> {
                peer.readTo("\r\n\r\n");
                StringBuilder chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                String lines = "{\"type\":\"following\",\"position\":\"1-0\"}\n" + String.join("\n", texts()) + "\n\n"
                        + joined() + "\n";
                for (String line : lines.splitWithDelimiters("\n", 0)) {
                    if (!line.isEmpty()) {
                        chunks.append(Integer.toHexString(utf8(line).length))
                                .append("\r\n")
                                .append(line)
                                .append("\r\n");
                    }
                }
                peer.write(utf8(chunks + "0\r\n\r\n"), piece);
            }
            case LONG_POLL -> {
                peer.readTo("\r\n\r\n");
                peer.write(answer("[]", "1-0"), piece);
                for (String answer : List.of(
                        "[" + texts().get(0) + "]",
                        "[" + texts().get(1) + "," + texts().get(2) + "]",
                        "[ " + texts().get(3) + "\n]")) {
                    peer.readTo("\r\n\r\n");
                    peer.write(answer(answer, "1-9"), piece);
                }
                seen.await(5, TimeUnit.SECONDS);
            }
        }
    }

    private static byte[] answer(String json, String position) {
        return utf8("HTTP/1.1 200 OK\r\nContent-Length: " + utf8(json).length + "\r\nProsa-Position: " + position
                + "\r\n\r\n" + json);
    }

    private static List<String> texts() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            lines.add(said(i + 1, TEXTS.get(i)));
        }
        return lines;
    }

    private static String said(int offset, String text) {
        return "{\"type\":\"said\",\"id\":\"1-" + offset + "\",\"room\":\"r\",\"by\":\"B\",\"text\":"
                + JsonLine.quoted(text) + "}";
    }

    private static String welcome() {
        return "{\"type\":\"welcome\",\"room\":\"r\",\"position\":\"1-0\",\"present\":[{\"name\":\"n\"}],\"recent\":["
                + said(0, "old") + "]}";
    }

    private static String joined() {
        return "{\"type\":\"joined\",\"room\":\"r\",\"name\":\"x\"}";
    }

    private static String accept(String request) {
        Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(request);
        assertTrue(key.find());
        return new WebSocketKey(key.group(1)).accepted();
    }

    /** An answer without a length ends with its connection, as Prosa's does if it is long: the client opens another and asks on. */
    @Test
    void aLongPollGoesOnWhereAnAnswerEndsTheConnection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            int connection = connections.incrementAndGet();
            if (connection > 2) {
                seen.await(5, TimeUnit.SECONDS);
                return;
            }
            boolean first = connection == 1;
            if (first) {
                peer.readTo("\r\n\r\n");
                peer.write(answer("[]", "1-0"), 1_000);
            }
            assertTrue(peer.readTo("\r\n\r\n").contains(first ? "since=1-0" : "since=1-1"));
            peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nProsa-Position: 1-9\r\n\r\n["
                    + texts().get(first ? 0 : 1) + "]");
        })) {
            Told told = new Told();
            Following following = new Following("r", "n", Optional.empty(), told);
            try (Follower follower = Clients.follow(Wire.LONG_POLL, server.address(), following)) {
                for (int i = 0; i < 2; i++) {
                    assertNotNull(told.said.poll(5, TimeUnit.SECONDS), "message " + i);
                }
            } finally {
                seen.countDown();
            }
        }
    }

    /** The instrument against the kernel's own count, in both directions. */
    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"WEBSOCKET", "TCP"})
    void countsTheSameBytesAsTheKernel(Wire wire) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            serve(wire, peer, 7, new CountDownLatch(0), false);
            seen.await(5, TimeUnit.SECONDS);
        })) {
            Connection connection = Connection.open(
                    wire == Wire.TCP ? server.address().tcp() : server.address().http(), OptionalInt.empty());
            Told told = new Told();
            Following following = new Following("r", "n", Optional.empty(), told);
            Reading follower = wire == Wire.TCP
                    ? new LineFollower(connection, following)
                    : new WebSocketClient(connection, server.address(), following);
            try (follower) {
                follower.start();
                ((Talker) follower).say("olá");
                for (int i = 0; i < TEXTS.size(); i++) {
                    told.said.poll(5, TimeUnit.SECONDS);
                }
                assumeTrue(kernel(connection).isPresent(), "this system does not let us ask its kernel");
                // A pong may be on its way: sent, and not counted yet.
                await(() -> connection.down().total() == server.bytesWritten()
                        && kernel(connection).orElseThrow().bytesOut() == connection.bytesOut());
                KernelCount count = kernel(connection).orElseThrow();
                assertEquals(count.bytesOut(), connection.bytesOut());
                assertEquals(count.bytesIn(), server.bytesWritten());
                assertEquals(count.bytesIn(), connection.bytesIn());
                assertTrue(count.segmentsIn() >= 2 && count.segmentsOut() >= 2, count::toString);
            } finally {
                seen.countDown();
            }
        }
    }

    private static Optional<KernelCount> kernel(Connection connection) {
        return KernelCount.ofPorts(Set.of(connection.localPort())).map(counts -> counts.get(connection.localPort()));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
