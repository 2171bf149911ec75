package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.delivery.Collapse;
import prosa.delivery.Ends;

/** Jetty and Javalin catch everything and go on. When memory ran out, or nothing is selected any more, they must not. */
@Timeout(30)
class HttpEndTest {
    private static final OutOfMemoryError NO_MEMORY = new OutOfMemoryError("planted by a test");

    private final Ends ends = new Ends();

    @AfterEach
    void close() {
        ends.close();
    }

    private void assertIsTheEnd(Consumer<JavalinConfig> routes) throws Exception {
        HttpServer server = new HttpServer(
                List.of(InetAddress.getLoopbackAddress()), Doors.anyPort(), Doors.USUAL, head -> true, config -> {
                    Refusals.install(config.routes);
                    routes.accept(config);
                });
        server.start();
        try (Socket client = ask(server.listening("http").getFirst().getPort())) {
            assertSame(NO_MEMORY, ends.next());
        } finally {
            server.stop(Duration.ofSeconds(1));
        }
    }

    private static Socket ask(int port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void memoryThatRunsOutInARequestIsTheEnd() throws Exception {
        assertIsTheEnd(config -> config.routes.get("/", request -> {
            throw NO_MEMORY;
        }));
    }

    @Test
    void memoryThatRunsOutInAnAnswerThatCameLaterIsTheEnd() throws Exception {
        assertIsTheEnd(config -> config.routes.get(
                "/", request -> request.future(() -> CompletableFuture.failedFuture(new IOException(NO_MEMORY)))));
    }

    @Test
    void anErrorInARequestIsThatRequestsAlone() throws Exception {
        HttpServer server = new HttpServer(
                List.of(InetAddress.getLoopbackAddress()),
                Doors.anyPort(),
                Doors.USUAL,
                head -> true,
                config -> config.routes.get("/", request -> {
                    throw new StackOverflowError("planted by a test");
                }));
        server.start();
        try (Socket client = ask(server.listening("http").getFirst().getPort())) {
            byte[] head = client.getInputStream().readNBytes("HTTP/1.1 500".length());
            assertEquals("HTTP/1.1 500", new String(head, StandardCharsets.US_ASCII));
            assertEquals(List.of(), ends.rest());
        } finally {
            server.stop(Duration.ofSeconds(1));
        }
    }

    @Test
    void memoryThatRunsOutInAJobIsTheEnd() throws Exception {
        HttpThreads threads = new HttpThreads(2, 1);
        threads.start();
        threads.execute(() -> {
            throw NO_MEMORY;
        });
        assertSame(NO_MEMORY, ends.next());
        threads.stop();
    }

    @Test
    void aSystemWithoutThreadsIsTheEnd() throws Exception {
        Thread tooLarge = new HttpThreads(2, 1, 1L << 60).newThread(() -> {});
        assertThrows(OutOfMemoryError.class, tooLarge::start);
        assertInstanceOf(OutOfMemoryError.class, ends.next());
    }

    @Test
    void aSelectorThatEndsIsTheEnd() throws Exception {
        Server server = new Server();
        UnhurriedConnector connector =
                new UnhurriedConnector(server, new HttpConfiguration(), Doors.USUAL, Optional.empty());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        Selector selector = connector.getSelectorManager().getContainedBeans(ManagedSelector.class).stream()
                .map(ManagedSelector::getSelector)
                .findFirst()
                .orElseThrow();
        selector.close();
        assertInstanceOf(Collapse.class, ends.next());
    }
}
