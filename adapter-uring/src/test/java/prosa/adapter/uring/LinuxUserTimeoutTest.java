package prosa.adapter.uring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import prosa.application.port.UserTimeout;

/** What the kernel says of real sockets. */
class LinuxUserTimeoutTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Queue<Runnable> openings = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final UserTimeout userTimeout = new LinuxUserTimeout(openings::add);
    private ServerSocketChannel listener;
    private SocketChannel client;
    private SocketChannel server;

    @BeforeEach
    void open() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        connect();
    }

    private void connect() throws IOException {
        client = SocketChannel.open(listener.getLocalAddress());
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    /** getsockopt(2), in milliseconds. */
    private static int limitOf(SocketChannel socket) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle getsockopt = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getsockopt"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(JAVA_INT, -1);
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            assertEquals(0, (int) getsockopt.invokeExact(new ChannelDescriptors().of(socket), 6, 18, value, length));
            return value.get(JAVA_INT, 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFirstSocketIsLimitedByItsOwnersTaskAndTheNextOnesAtOnce() throws Throwable {
        assertEquals(0, limitOf(server));
        userTimeout.limit(server, PATIENCE, tasks::add);
        openings.remove().run();
        assertEquals(0, limitOf(server));
        tasks.remove().run();
        assertEquals(120_000, limitOf(server));
        close();
        open();
        userTimeout.limit(server, PATIENCE, tasks::add);
        assertEquals(120_000, limitOf(server));
        assertEquals(0, limitOf(client));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherConnectionIsNotLimitedInThePlaceOfOneThatIsClosed() throws Throwable {
        userTimeout.limit(server, PATIENCE, tasks::add);
        server.close();
        client.close();
        connect(); // one of the two has its descriptor
        openings.remove().run();
        tasks.remove().run();
        assertEquals(0, limitOf(server));
        assertEquals(0, limitOf(client));
    }

    @Test
    @DisabledOnOs(OS.LINUX)
    void elsewhereNothingHappens() {
        userTimeout.limit(server, PATIENCE, tasks::add);
        assertTrue(openings.isEmpty());
    }
}
