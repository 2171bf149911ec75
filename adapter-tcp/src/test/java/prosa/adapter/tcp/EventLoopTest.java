package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.delivery.Collapse;
import prosa.delivery.Ends;

/** What fails on the loop's thread: one connection's turn, or all of it. */
@Timeout(30)
class EventLoopTest {
    private static final OutOfMemoryError NO_MEMORY = new OutOfMemoryError("planted by a test");

    private final Ends ends = new Ends();
    private final EventLoop loop;
    private final ServerSocketChannel server;

    EventLoopTest() throws IOException {
        loop = new EventLoop("prosa-tcp");
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
        server.close();
    }

    /** Somebody whose turn ends so. */
    private record Planted(Runnable turn, CountDownLatch dropped) implements EventLoop.Watched {
        Planted(Runnable turn) {
            this(turn, new CountDownLatch(1));
        }

        @Override
        public void ready(int operations) {
            turn.run();
        }

        @Override
        public void drop() {
            dropped.countDown();
        }
    }

    private void connect() throws IOException {
        new Socket(server.socket().getInetAddress(), server.socket().getLocalPort()).close();
    }

    @Test
    void aFaultInOnesTurnIsThatOnesAlone() throws Exception {
        Planted planted = new Planted(() -> {
            throw new StackOverflowError("planted by a test");
        });
        SelectionKey key = loop.watch(server, SelectionKey.OP_ACCEPT, planted);
        loop.start();
        connect();
        assertTrue(planted.dropped.await(10, TimeUnit.SECONDS));
        loop.execute(key::cancel);
        assertEquals(List.of(), ends.rest());
    }

    @Test
    void memoryThatRunsOutInOnesTurnIsTheEnd() throws Exception {
        loop.watch(server, SelectionKey.OP_ACCEPT, new Planted(() -> {
            throw NO_MEMORY;
        }));
        loop.start();
        connect();
        assertSame(NO_MEMORY, ends.next());
    }

    @Test
    void memoryThatRunsOutInATaskIsTheEnd() throws Exception {
        loop.start();
        loop.execute(() -> {
            throw new IllegalStateException(NO_MEMORY);
        });
        assertSame(NO_MEMORY, ends.next());
    }

    @Test
    void aLoopThatEndsIsTheEnd() throws Exception {
        // Its attachment is none of ours, which nobody foresees.
        server.configureBlocking(false);
        loop.watch(server, SelectionKey.OP_ACCEPT, new Planted(() -> {})).attach("planted by a test");
        loop.start();
        connect();
        Collapse collapse = assertInstanceOf(Collapse.class, ends.next());
        assertEquals("prosa-tcp has ended", collapse.getMessage());
        assertInstanceOf(ClassCastException.class, collapse.getCause());
    }
}
