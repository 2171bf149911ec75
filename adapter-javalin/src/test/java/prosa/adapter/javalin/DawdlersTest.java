package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who takes their time over a request. */
@Timeout(30)
class DawdlersTest {
    private static final HttpPatience SHORT =
            new HttpPatience(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(1_500));

    private final HttpServer server = new HttpServer(
            List.of(InetAddress.getLoopbackAddress()),
            Doors.anyPort(),
            Doors.of(SHORT, Long.MAX_VALUE),
            head -> true,
            config -> {
                Refusals.install(config.routes);
                config.routes.get("/", request -> request.result("here"));
                config.routes.post("/", request -> request.result("" + request.bodyAsBytes().length));
                config.routes.get(
                        "/later",
                        request -> request.future(() -> CompletableFuture.runAsync(
                                () -> request.result("late"),
                                CompletableFuture.delayedExecutor(1_200, TimeUnit.MILLISECONDS))));
            });

    DawdlersTest() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(1));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                server.listening("http").getFirst().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** A byte now and then, until nobody takes it any more. */
    private static String trickle(Socket socket, String text, long pauseMillis) throws Exception {
        InputStream in = socket.getInputStream();
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            try {
                socket.getOutputStream().write(b);
            } catch (SocketException gone) {
                break;
            }
            if (in.available() > 0) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        return rest(in);
    }

    private static String rest(InputStream in) throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void aHeadThatTakesTooLongIsNotWaitedFor() throws Exception {
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            assertEquals("", trickle(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(200), 20));
            assertTrue(System.nanoTime() - began < 3_000_000_000L);
        }
    }

    @Test
    void aBodyThatTakesTooLongIsToldSoAndNotWaitedFor() throws Exception {
        try (Socket socket = connect()) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = trickle(socket, "x".repeat(300), 20);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("\"reason\":\"request-timeout\""), answer);
        }
    }

    @Test
    void aBodyInChunksToo() throws Exception {
        try (Socket socket = connect()) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = trickle(socket, "1\r\nx\r\n".repeat(100), 20);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void aBodyThatNeverComesAtAll() throws Exception {
        try (Socket socket = connect()) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertTrue(rest(socket.getInputStream()).startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void aSlowBodyThatBringsEnoughIsReadToItsEnd() throws Exception {
        try (Socket socket = connect()) {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 60000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 30; i++) {
                socket.getOutputStream().write(new byte[2_000]);
                TimeUnit.MILLISECONDS.sleep(40);
            }
            String answer = rest(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("60000"), answer);
        }
    }

    @Test
    void whoWaitsForAnAnswerIsNotIdle() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /later HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(rest(socket.getInputStream()).endsWith("late"));
        }
    }

    /** The parser has seen the second one's first bytes, and waits with the first. */
    @Test
    void aRequestBehindTheOneThatIsAnsweredIsNoBody() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = rest(socket.getInputStream());
            assertFalse(answers.contains(" 408 "), answers);
            assertTrue(answers.contains("late") && answers.endsWith("here"), answers);
        }
    }

    @Test
    void whoComesToAServerThatHasBeenUpForLongHasAllTheTime() throws Exception {
        TimeUnit.MILLISECONDS.sleep(2 * SHORT.between().toMillis());
        try (Socket socket = connect()) {
            TimeUnit.MILLISECONDS.sleep(SHORT.between().toMillis() / 2);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(rest(socket.getInputStream()).endsWith("here"));
        }
    }

    @Test
    void lineEndsAreNoRequest() throws Exception {
        try (Socket socket = connect()) {
            assertEquals("", trickle(socket, "\r\n".repeat(300), 20));
        }
    }

    @Test
    void manyShortRequestsAreNoLongOne() throws Exception {
        try (Socket socket = connect()) {
            byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] answer = new byte[4_096];
            for (int i = 0; i < 60; i++) {
                // In two parts, so that many looks find a head begun.
                socket.getOutputStream().write(request, 0, 20);
                TimeUnit.MILLISECONDS.sleep(20);
                socket.getOutputStream().write(request, 20, request.length - 20);
                assertTrue(socket.getInputStream().read(answer) > 0, "request " + i);
            }
        }
    }

    @Test
    void aConnectionWithoutRequestsEndsInTheEnd() throws Exception {
        try (Socket idle = connect();
                Socket after = connect()) {
            after.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("", rest(idle.getInputStream()));
            assertTrue(rest(after.getInputStream()).endsWith("here"));
        }
    }

    @Test
    void withoutDescriptorsNobodyIsLetInAndNothingSpins() throws Exception {
        HttpServer full = new HttpServer(
                List.of(InetAddress.getLoopbackAddress()),
                Doors.anyPort(),
                Doors.of(HttpPatience.USUAL, 10),
                head -> true,
                config -> {});
        full.start();
        try (Socket waiting = new Socket(
                InetAddress.getLoopbackAddress(),
                full.listening("http").getFirst().getPort())) {
            waiting.setSoTimeout(500);
            waiting.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    SocketTimeoutException.class, () -> waiting.getInputStream().read());
            assertFalse(waiting.isClosed());
        } finally {
            full.stop(Duration.ofSeconds(1));
        }
    }
}
