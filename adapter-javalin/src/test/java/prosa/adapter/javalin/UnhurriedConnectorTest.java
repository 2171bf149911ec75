package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often Jetty looks for what clients have sent, over a real socket. */
class UnhurriedConnectorTest {
    private static final int PIECES = 500;

    private final Server server = new Server();
    private final UnhurriedConnector connector = new UnhurriedConnector(server, new HttpConnectionFactory());

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** A request whose header comes byte by byte, and its answer. */
    private void ask(long pauseNanos) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.setTcpNoDelay(true);
            for (byte piece : ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: " + "x".repeat(PIECES)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(piece);
                LockSupport.parkNanos(pauseNanos);
            }
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 404 Not Found", answer.readLine());
        }
    }

    private long looks() {
        return connector.getSelectorManager().getContainedBeans(ManagedSelector.class).stream()
                .mapToLong(ManagedSelector::getSelectCount)
                .sum();
    }

    @Test
    void muchIsReadTogether() throws IOException {
        long began = System.nanoTime();
        ask(TimeUnit.MICROSECONDS.toNanos(500));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        // One in 4 ms, and those before it has become too much.
        assertTrue(looks() < millis / 4 + 60, () -> looks() + " looks in " + millis + " ms");
        assertTrue(looks() > 10, () -> looks() + " looks");
    }

    @Test
    void afterAPauseLittleIsReadAtOnce() throws IOException {
        ask(TimeUnit.MICROSECONDS.toNanos(500));
        long fastest = Long.MAX_VALUE;
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            for (int i = 0; i < 10; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                long began = System.nanoTime();
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', socket.getInputStream().read());
                fastest = Math.min(fastest, System.nanoTime() - began);
                socket.getInputStream().skip(socket.getInputStream().available());
            }
        }
        long nanos = fastest;
        assertTrue(nanos < TimeUnit.MILLISECONDS.toNanos(4), () -> nanos + " ns");
    }
}
