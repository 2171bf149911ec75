package prosa.lab.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.lab.relay.Fault.Buffer;
import prosa.lab.relay.Fault.Cut;
import prosa.lab.relay.Fault.Delay;
import prosa.lab.relay.Fault.DropEvery;
import prosa.lab.relay.Fault.HalfOpen;
import prosa.lab.relay.Fault.Stall;
import prosa.lab.relay.Fault.Throttle;
import prosa.lab.tls.Endpoint;

/** A client, the relay, and a server, all with real sockets; the test holds both ends. */
@Timeout(20)
class RelayTest {
    private final ServerSocket listener;

    @TempDir
    private Path folder;

    private final Recorder recorder = new Recorder();
    private Relay relay;
    private Socket client;
    private Socket server;

    RelayTest() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void connect() throws IOException {
        relay = Relay.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Endpoint.plain((InetSocketAddress) listener.getLocalSocketAddress()),
                link -> recorder);
        client = connected(relay);
        server = accepted();
    }

    private static Socket connected(Relay relay) throws IOException {
        Socket socket = new Socket();
        socket.connect(relay.listening());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Socket accepted() throws IOException {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        client.close();
        server.close();
        listener.close();
        await(() -> relay.links().isEmpty());
    }

    @Test
    void bytesPassBothWaysAndAreShownAsTheyWere() throws Exception {
        byte[] up = random(300_000);
        byte[] down = random(500_000);
        CompletableFuture<Void> sent =
                CompletableFuture.runAsync(() -> send(client, up)).thenRunAsync(() -> send(server, down));
        assertArrayEquals(up, server.getInputStream().readNBytes(up.length));
        assertArrayEquals(down, client.getInputStream().readNBytes(down.length));
        sent.join();
        Link link = relay.links().getFirst();
        // What was read here may not have been written down there yet.
        await(() -> link.forwarded(Direction.UP) == up.length && recorder.size(Direction.UP) == up.length);
        await(() -> link.forwarded(Direction.DOWN) == down.length && recorder.size(Direction.DOWN) == down.length);
        assertArrayEquals(up, recorder.received(Direction.UP));
        assertArrayEquals(up, recorder.forwarded(Direction.UP));
        assertArrayEquals(down, recorder.received(Direction.DOWN));
        assertArrayEquals(down, recorder.forwarded(Direction.DOWN));
        assertEquals(up.length, link.received(Direction.UP));
        assertEquals(up.length, link.forwarded(Direction.UP));
        assertEquals(down.length, link.received(Direction.DOWN));
    }

    @Test
    void anEndIsPassedOnAndTheOtherDirectionGoesOn() throws Exception {
        client.shutdownOutput();
        assertEquals(-1, server.getInputStream().read());
        send(server, "still".getBytes(StandardCharsets.UTF_8));
        assertEquals("still", new String(client.getInputStream().readNBytes(5), StandardCharsets.UTF_8));
        server.close();
        assertEquals(-1, client.getInputStream().read());
        await(() -> relay.links().isEmpty());
        assertEquals(List.of("UP fin", "DOWN fin", "closed"), recorder.ends());
    }

    @Test
    void aResetIsPassedOnAsOne() throws Exception {
        client.setSoLinger(true, 0);
        client.close();
        assertThrows(SocketException.class, () -> server.getInputStream().read());
        await(() -> relay.links().isEmpty());
        assertEquals("UP reset", recorder.ends().getFirst());
    }

    @Test
    void aTargetThatIsNotThereIsAReset() throws Exception {
        listener.close();
        assertThrows(SocketException.class, () -> {
            // The reset may come as early as the connection's first option, or only with its first answer.
            try (Socket late = connected(relay)) {
                late.getOutputStream().write(1);
                late.getInputStream().read();
            }
        });
    }

    @Test
    void whatIsDelayedBy50MillisecondsIsLateBy50Milliseconds() throws Exception {
        relay.set(new Delay(Duration.ofMillis(50)));
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            client.getOutputStream().write(i);
            assertEquals(i, server.getInputStream().read());
            late.add((System.nanoTime() - begin) / 1_000);
        }
        assertTrue(late.stream().allMatch(micros -> micros >= 50_000), late::toString);
        long median = late.stream().sorted().skip(10).findFirst().orElseThrow();
        assertTrue(median < 55_000, late::toString);
    }

    @Test
    void aDelayLimitsNoThroughputAndKeepsTheOrder() throws Exception {
        relay.set(new Delay(Duration.ofMillis(100)));
        byte[] much = random(8 << 20);
        long begin = System.nanoTime();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            send(client, much);
            relay.set(Fault.NONE);
            send(client, new byte[] {42});
        });
        assertArrayEquals(much, server.getInputStream().readNBytes(much.length));
        assertEquals(42, server.getInputStream().read());
        sent.join();
        assertTrue(millisSince(begin) < 2_000, () -> "took " + millisSince(begin) + " ms");
    }

    @Test
    void everyTenthLineDroppedIsTenPercentLost() throws Exception {
        relay.set(new DropEvery(10, DropEvery.Unit.LINE));
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 1_000; i++) {
            lines.append("line ").append(i).append('\n');
        }
        CompletableFuture.runAsync(() -> {
            send(server, lines.toString().getBytes(StandardCharsets.UTF_8));
            close(server);
        });
        List<String> got = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(900, got.size());
        assertFalse(got.contains("line 10"));
        assertTrue(got.contains("line 9") && got.contains("line 11"));
    }

    @Test
    void aStallStopsTheSenderAndLosesNothing() throws Exception {
        relay.set(new Stall());
        byte[] much = random(24 << 20);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(server, much));
        Link link = relay.links().getFirst();
        CountDownLatch later = new CountDownLatch(1);
        assertFalse(later.await(300, TimeUnit.MILLISECONDS));
        assertFalse(sent.isDone(), "the sender can't write on");
        assertTrue(link.received(Direction.DOWN) < 100_000, "nothing is read but what was being read");
        assertEquals(0, link.forwarded(Direction.DOWN));
        relay.set(Fault.NONE);
        assertArrayEquals(much, client.getInputStream().readNBytes(much.length));
        sent.join();
    }

    @Test
    void aStallInOneDirectionLeavesTheOtherAlone() throws Exception {
        relay.links().getFirst().set(Direction.DOWN, new Stall());
        send(client, new byte[] {1});
        assertEquals(1, server.getInputStream().read());
        send(server, new byte[] {2});
        assertNothingComes(client);
    }

    @Test
    void halfOpenNeitherSideSeesAnEnd() throws Exception {
        relay.set(new HalfOpen());
        send(client, new byte[1_000]);
        send(server, new byte[2_000]);
        Link link = relay.links().getFirst();
        await(() -> link.received(Direction.UP) == 1_000 && link.received(Direction.DOWN) == 2_000);
        assertNothingComes(client);
        client.close();
        await(() -> recorder.ends().contains("UP fin"));
        assertNothingComes(server);
        assertEquals(0, link.forwarded(Direction.UP) + link.forwarded(Direction.DOWN));
        assertFalse(link.isOver());
    }

    @Test
    void halfOpenEndsInAResetIfBytesAreMissing() throws Exception {
        relay.set(new HalfOpen());
        relay.set(Fault.NONE);
        send(client, new byte[] {7});
        assertEquals(7, server.getInputStream().read());
        relay.set(new HalfOpen());
        send(client, new byte[] {8});
        await(() -> relay.links().getFirst().received(Direction.UP) == 2);
        relay.set(Fault.NONE);
        assertThrows(SocketException.class, () -> server.getInputStream().read());
        assertThrows(SocketException.class, () -> client.getInputStream().read());
    }

    @Test
    void halfOpenIsOverWhenBothSidesHaveGone() throws Exception {
        relay.set(new HalfOpen());
        client.close();
        server.close();
        await(() -> relay.links().isEmpty());
    }

    @Test
    void aThrottleKeepsItsRate() throws Exception {
        relay.set(new Throttle(40_000));
        long begin = System.nanoTime();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(server, new byte[24_000]));
        client.getInputStream().readNBytes(24_000);
        sent.join();
        long millis = millisSince(begin);
        assertTrue(millis >= 500 && millis < 800, () -> "600 ms expected, took " + millis);
    }

    @Test
    void aThrottleIsLiftedInTheMiddleOfAChunk() throws Exception {
        relay.set(new Throttle(100));
        send(server, new byte[10_000]);
        assertEquals(0, client.getInputStream().read());
        relay.set(Fault.NONE);
        client.getInputStream().readNBytes(9_999);
    }

    @Test
    void aBufferHoldsBackUntilItIsFull() throws Exception {
        relay.links().getFirst().set(Direction.DOWN, new Buffer(100, false));
        send(server, new byte[99]);
        assertNothingComes(client);
        send(server, new byte[1]);
        assertEquals(100, client.getInputStream().readNBytes(100).length);
        send(server, new byte[5]);
        assertNothingComes(client);
        server.close();
        assertEquals(5, client.getInputStream().readAllBytes().length);
    }

    @Test
    void aBufferGivesUpWhatItHoldsWhenItIsHealed() throws Exception {
        relay.set(new Buffer(1_000, false));
        send(server, "held".getBytes(StandardCharsets.UTF_8));
        await(() -> relay.links().getFirst().received(Direction.DOWN) == 4);
        relay.set(Fault.NONE);
        send(server, " back".getBytes(StandardCharsets.UTF_8));
        assertEquals("held back", new String(client.getInputStream().readNBytes(9), StandardCharsets.UTF_8));
    }

    @Test
    void aHeedingBufferLetsPassWhatForbidsIt() throws Exception {
        for (String line : List.of("X-Accel-Buffering: no", "Cache-Control: no-cache, no-transform")) {
            String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + line + "\r\n\r\n";
            assertTrue(passesBuffer(head, true), line);
            assertFalse(passesBuffer(head, false), "deaf: " + line);
        }
        assertTrue(passesBuffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", true));
        assertFalse(passesBuffer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", true));
    }

    @Test
    void aBufferPassesOnAResponseThatHasTheLengthThatItTold() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: ";
        assertTrue(passesBuffer(head + "1\r\n\r\n", false));
        assertFalse(passesBuffer(head + "2\r\n\r\n", false), "one byte is missing");
        // The second response on the connection counts from its own head.
        assertTrue(passesBuffer(head + "2\r\n\r\nab" + head + "1\r\n\r\n", false));
        assertFalse(passesBuffer(head + "2\r\n\r\nab" + head + "9\r\n\r\n", false));
    }

    private boolean passesBuffer(String head, boolean heeding) throws IOException {
        try (Socket in = connected(relay);
                Socket out = accepted()) {
            relay.set(new Buffer(10_000, heeding));
            // In two pieces: the head is known only with its last line.
            send(out, head.substring(0, 20).getBytes(StandardCharsets.UTF_8));
            send(out, (head.substring(20) + "x").getBytes(StandardCharsets.UTF_8));
            return comes(in, head.length() + 1);
        }
    }

    @Test
    void cuttingIsSeenByBothSides() throws Exception {
        relay.set(new Cut(Cut.How.FIN));
        assertEquals(-1, client.getInputStream().read());
        assertEquals(-1, server.getInputStream().read());
        client = connected(relay);
        server = accepted();
        send(client, new byte[] {1});
        assertEquals(1, server.getInputStream().read(), "those who come later are not hit");
        relay.set(new Cut(Cut.How.RST));
        assertThrows(SocketException.class, () -> client.getInputStream().read());
        assertThrows(SocketException.class, () -> server.getInputStream().read());
    }

    @Test
    void neitherThreadsNorSocketsAreLeftOfManyConnections() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket in = connected(relay);
                    Socket out = accepted()) {
                relay.set(i % 2 == 0 ? new Delay(Duration.ofMillis(1)) : Fault.NONE);
                in.getOutputStream().write(i);
                assertEquals(i & 0xff, out.getInputStream().read());
            }
        }
        await(() -> relay.links().size() == 1);
        client.close();
        server.close();
        relay.close();
        await(() -> relayThreads() == 0);
        long open = openFiles();
        assertTrue(open < 150, () -> open + " files are open");
    }

    private static long openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    /** How many of a relay's virtual threads there are: only a dump shows them. */
    private long relayThreads() throws IOException {
        Path dump = folder.resolve("threads" + System.nanoTime());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(dump)
                .lines()
                .filter(line -> line.contains("\"relay-"))
                .count();
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        assertFalse(comes(socket, 1));
    }

    private static boolean comes(Socket socket, int bytes) throws IOException {
        socket.setSoTimeout(150);
        try {
            return socket.getInputStream().readNBytes(bytes).length == bytes;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited for too long");
            Thread.sleep(2);
        }
    }
}
