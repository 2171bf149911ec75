package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import prosa.bootstrap.client.RawWebSocket;
import prosa.bootstrap.client.RawWebSocket.Frame;

/** What takes its time: signs of life, and giving up on those who don't read. All at once, as they only wait. */
@Execution(ExecutionMode.CONCURRENT)
class PatienceTest {
    private static final int PATIENCE = (int) Duration.ofSeconds(30).toMillis();

    /** What the kernel may take for a client that does not read, in bytes. */
    private static final int LITTLE = 4_096;

    private static final String TEXT = "é".repeat(4_000);

    private static RunningHouse house;

    @BeforeAll
    static void open() {
        house = RunningHouse.inMemory();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @Test
    void aPingComesEveryTwentySeconds() throws IOException {
        try (RawWebSocket client = new RawWebSocket(house.place().http(), "/chat?room=ping", 0)) {
            client.patience(PATIENCE);
            long before = System.nanoTime();
            Frame ping = client.read(RawWebSocket.PING);
            client.send(true, RawWebSocket.PONG, ping.payload());
            assertEquals(20, Duration.ofNanos(System.nanoTime() - before).toSeconds(), 3);
        }
    }

    @Test
    void aCommentComesEveryFifteenSeconds() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", house.place().http().getPort())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write("GET /feed?room=comment HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            long before = System.nanoTime();
            StringBuilder read = new StringBuilder();
            while (!read.toString().endsWith("\n\n:\n\n")) {
                int b = socket.getInputStream().read();
                assertTrue(b >= 0, () -> "ended after " + read);
                read.append((char) b);
            }
            assertEquals(15, Duration.ofNanos(System.nanoTime() - before).toSeconds(), 3);
        }
    }

    @Test
    void overWebSocketWhoDoesNotReadIsToldThatItIsTooSlow() throws IOException {
        try (RawWebSocket stalled = new RawWebSocket(
                house.place().http(), "/chat?room=ws&name=Stalled", LITTLE, "Sec-WebSocket-Protocol: prosa.v1")) {
            talkUntilItIsGivenUp("ws");
            Frame close = stalled.read(RawWebSocket.CLOSE);
            assertEquals(1008, close.closeCode());
            assertEquals("too-slow", close.text().substring(2));
        }
    }

    @Test
    void overTcpToo() throws IOException {
        try (Socket stalled = new Socket()) {
            stalled.setReceiveBufferSize(LITTLE);
            URI tcp = house.place().tcp();
            stalled.connect(new InetSocketAddress(tcp.getHost(), tcp.getPort()));
            stalled.setSoTimeout(PATIENCE);
            stalled.getOutputStream().write("/join tcp\nStalled\n".getBytes());
            talkUntilItIsGivenUp("tcp");
            List<String> lines = new String(stalled.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertTrue(lines.getLast().startsWith("* too-slow: "), lines.getLast());
            lines.stream()
                    .filter(line -> line.startsWith("Watcher: "))
                    .forEach(line -> assertEquals("Watcher: " + TEXT, line));
        }
    }

    private static void say(String room) {
        for (int i = 0; i < 1_500; i++) {
            assertEquals(201, house.http().say(room, "Watcher", TEXT).status());
        }
    }

    private static void talkUntilItIsGivenUp(String room) {
        RunningHouse.await("it is here", () -> house.http().headCount(room) == 1);
        say(room);
        RunningHouse.await(
                "it has left", Duration.ofMillis(PATIENCE), () -> house.http().headCount(room) == 0);
    }
}
