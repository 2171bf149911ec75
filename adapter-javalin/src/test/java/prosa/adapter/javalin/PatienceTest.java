package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.RawWebSocket.Frame;

/**
 * What takes its time: signs of life, and giving up on those who don't read. It all happens at once, from the beginning, on threads
 * that only wait; a test waits for its part.
 */
@Isolated("It measures seconds.")
class PatienceTest {
    private static final int PATIENCE = (int) Duration.ofSeconds(40).toMillis();

    /** What the kernel may take for a client that does not read, in bytes. */
    private static final int LITTLE = 4_096;

    /** More messages than the kernel's buffers take. */
    private static final int LOTS = 1_200;

    /** The other was given up by a look once a second. */
    private static final Duration A_LITTLE_LATER = Duration.ofSeconds(3);

    private static final String TEXT = "é".repeat(4_000);

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static House house;
    private static Future<Duration> untilPing;
    private static Future<Duration> untilComment;
    private static Future<Duration> untilEmptyLine;
    private static Future<Integer> messagesOfSlowFollower;
    private static Future<Frame> lastFrameOfSlowWebSocket;

    @BeforeAll
    static void open() throws IOException {
        house = HttpHouse.open();
        untilPing = THREADS.submit(PatienceTest::waitForPing);
        untilComment = THREADS.submit(() -> waitFor("/feed?room=comment", "\n\n:\n\n"));
        untilEmptyLine = THREADS.submit(() -> waitFor("/messages?follow&room=empty-line", "}\n\n"));
        Socket follower = followWithoutReading("ws");
        lastFrameOfSlowWebSocket = THREADS.submit(PatienceTest::beSlowOverWebSocket);
        messagesOfSlowFollower = THREADS.submit(() -> readTooLate(follower));
    }

    @AfterAll
    static void shut() {
        THREADS.shutdownNow();
        house.close();
    }

    private static <T> T outcome(Future<T> future) throws Exception {
        return future.get(PATIENCE, TimeUnit.MILLISECONDS);
    }

    @Test
    void aPingComesEveryTwentySeconds() throws Exception {
        assertEquals(20, outcome(untilPing).toSeconds(), 3);
    }

    @Test
    void aCommentComesEveryFifteenSeconds() throws Exception {
        assertEquals(15, outcome(untilComment).toSeconds(), 3);
    }

    @Test
    void soDoesAnEmptyLineToWhoFollowsTheMessages() throws Exception {
        assertEquals(15, outcome(untilEmptyLine).toSeconds(), 3);
    }

    @Test
    void aFollowerThatDoesNotReadIsCutOff() throws Exception {
        int messages = outcome(messagesOfSlowFollower);
        assertTrue(messages > 0 && messages < LOTS, messages + " messages");
    }

    @Test
    void overWebSocketWhoDoesNotReadIsToldThatItIsTooSlow() throws Exception {
        Frame close = outcome(lastFrameOfSlowWebSocket);
        assertEquals(1008, close.closeCode());
        assertEquals("too-slow", close.text().substring(2));
    }

    private static Duration waitForPing() throws IOException {
        try (RawWebSocket client = new RawWebSocket(house.place().http(), "/chat?room=ping", 0)) {
            client.patience(PATIENCE);
            long before = System.nanoTime();
            client.read(RawWebSocket.PING);
            return Duration.ofNanos(System.nanoTime() - before);
        }
    }

    private static Duration waitFor(String path, String end) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", house.place().http().getPort())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes());
            long before = System.nanoTime();
            StringBuilder read = new StringBuilder();
            while (!read.toString().endsWith(end)) {
                int b = socket.getInputStream().read();
                assertTrue(b >= 0, () -> "ended after " + read);
                read.append((char) b);
            }
            return Duration.ofNanos(System.nanoTime() - before);
        }
    }

    private static Frame beSlowOverWebSocket() throws IOException {
        try (RawWebSocket stalled = new RawWebSocket(
                house.place().http(), "/chat?room=ws&name=Stalled", LITTLE, "Sec-WebSocket-Protocol: prosa.v1")) {
            talkUntilItIsGivenUp("ws");
            return stalled.read(RawWebSocket.CLOSE);
        }
    }

    /** Nobody sees a follower come and go: it is in the room of somebody who is just as slow. */
    private static Socket followWithoutReading(String room) throws IOException {
        Socket stalled = new Socket();
        stalled.setReceiveBufferSize(LITTLE);
        stalled.connect(new InetSocketAddress("127.0.0.1", house.place().http().getPort()));
        stalled.setSoTimeout(PATIENCE);
        stalled.getOutputStream()
                .write(("GET /messages?follow&room=" + room + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes());
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("}\n")) {
            head.append((char) stalled.getInputStream().read());
        }
        return stalled;
    }

    /** @return how many messages it was told, after which the connection ended */
    private static int readTooLate(Socket stalled) throws Exception {
        try (stalled) {
            outcome(lastFrameOfSlowWebSocket);
            Thread.sleep(A_LITTLE_LATER);
            String all = new String(stalled.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // The last line may have been cut, and then counts for nothing.
            List<String> lines = all.substring(0, all.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.contains("\"said\""))
                    .toList();
            lines.forEach(line -> assertEquals(TEXT, Json.parse(line).text("text")));
            return lines.size();
        }
    }

    private static void talkUntilItIsGivenUp(String room) {
        Waiting.await("it is here", () -> house.http().headCount(room) == 1);
        for (int i = 0; i < LOTS; i++) {
            assertEquals(201, house.http().say(room, "Watcher", TEXT).status());
        }
        Waiting.await(
                "it has left", Duration.ofMillis(PATIENCE), () -> house.http().headCount(room) == 0);
    }
}
