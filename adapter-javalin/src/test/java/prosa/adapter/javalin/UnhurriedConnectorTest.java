package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often Jetty looks for what clients have sent, over a real socket. */
class UnhurriedConnectorTest {
    private static final int PIECES = 500;
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(4);

    private final Server server = new Server();
    private final UnhurriedConnector connector =
            new UnhurriedConnector(server, new HttpConfiguration(), Doors.USUAL, Optional.empty());

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

    /** Requests on two connections, whose headers come byte by byte and by turns, and their answers. */
    private void askTwice(long pauseNanos) throws IOException {
        byte[] request = ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: " + "x".repeat(PIECES) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket one = connect();
                Socket other = connect()) {
            for (byte piece : request) {
                one.getOutputStream().write(piece);
                LockSupport.parkNanos(pauseNanos);
                other.getOutputStream().write(piece);
                LockSupport.parkNanos(pauseNanos);
            }
            assertEquals('H', one.getInputStream().read());
            assertEquals('H', other.getInputStream().read());
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Nanoseconds until an answer begins. */
    private static long ask(Socket socket) throws IOException {
        long began = System.nanoTime();
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
        long took = System.nanoTime() - began;
        do {
            socket.getInputStream().skip(socket.getInputStream().available());
            LockSupport.parkNanos(100_000);
        } while (socket.getInputStream().available() > 0);
        return took;
    }

    private static long median(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private long looks() {
        return connector.getSelectorManager().getContainedBeans(ManagedSelector.class).stream()
                .mapToLong(ManagedSelector::getSelectCount)
                .sum();
    }

    @Test
    void muchIsReadTogether() throws IOException {
        long began = System.nanoTime();
        askTwice(TimeUnit.MICROSECONDS.toNanos(250));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        // One in 4 ms, the first 20 ms and those in which one of the two is alone twice; without naps there would be
        // 1,000.
        assertTrue(looks() < millis / 4 + 200, () -> looks() + " looks in " + millis + " ms");
        assertTrue(looks() > 10, () -> looks() + " looks");
    }

    @Test
    void afterAPauseLittleIsReadAtOnce() throws IOException {
        askTwice(TimeUnit.MICROSECONDS.toNanos(250));
        try (Socket socket = connect()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            long nanos = median(ask(socket, 10, TimeUnit.MILLISECONDS.toNanos(50)));
            assertTrue(nanos < NAP, () -> nanos + " ns");
        }
    }

    @Test
    void whoSendsTheNextAfterTheAnswerDoesNotWait() throws IOException {
        try (Socket socket = connect()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            long nanos = median(ask(socket, 200, 0));
            assertTrue(nanos < NAP, () -> nanos + " ns");
        }
    }

    @Test
    void whoConnectsAgainAndAgainDoesNotWait() throws IOException {
        long[] took = new long[100];
        for (int i = 0; i < took.length; i++) {
            try (Socket socket = connect()) {
                took[i] = ask(socket);
            }
        }
        long nanos = median(LongStream.of(took));
        assertTrue(nanos < NAP, () -> nanos + " ns");
    }

    private static LongStream ask(Socket socket, int times, long pauseNanos) throws IOException {
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            took[i] = ask(socket);
            LockSupport.parkNanos(pauseNanos);
        }
        return LongStream.of(took);
    }
}
