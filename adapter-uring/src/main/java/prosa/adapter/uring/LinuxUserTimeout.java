package prosa.adapter.uring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.UserTimeout;

/**
 * Linux's TCP_USER_TIMEOUT (tcp(7)) by setsockopt(2). On other systems, and where the kernel can't be called, nothing happens; the log says
 * the latter once.
 *
 * <p>May be used by any thread; its lock owns the opening. That is begun for the first socket, on a thread of its own: Java's way to the
 * kernel takes some 100 ms to load, for which neither the start nor a wire should wait.
 */
public final class LinuxUserTimeout implements UserTimeout {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxUserTimeout.class);

    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private final Executor opener;
    private @Nullable CompletableFuture<Calls> opening;

    /** Calls nothing yet. */
    public LinuxUserTimeout() {
        this(opening -> Thread.ofPlatform().daemon().name("prosa-user-timeout").start(opening));
    }

    /** @param opener runs the opening */
    LinuxUserTimeout(Executor opener) {
        this.opener = opener;
    }

    @Override
    public void limit(SocketChannel socket, Duration patience, Executor owner) {
        if (!LINUX) {
            return;
        }
        CompletableFuture<Calls> calls = calls();
        switch (calls.state()) {
            case RUNNING -> calls.thenAcceptAsync(it -> it.limit(socket, patience), owner);
            case SUCCESS -> calls.resultNow().limit(socket, patience);
            case FAILED, CANCELLED -> {}
        }
    }

    private synchronized CompletableFuture<Calls> calls() {
        if (opening == null) {
            opening = CompletableFuture.supplyAsync(LinuxUserTimeout::open, opener);
        }
        return opening;
    }

    private static Calls open() {
        try {
            return new Calls();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.info("No TCP_USER_TIMEOUT ({}): who vanishes while others talk is noticed late", e.toString());
            throw new UnsupportedOperationException(e);
        }
    }

    /** The system call, for any thread. */
    @SuppressWarnings("restricted") // it is what this package is for
    private static final class Calls {
        private static final int IPPROTO_TCP = 6;
        private static final int TCP_USER_TIMEOUT = 18;

        private final ChannelDescriptors descriptors = new ChannelDescriptors();
        private final MethodHandle setsockopt;

        Calls() throws ReflectiveOperationException {
            Linker linker = Linker.nativeLinker();
            setsockopt = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setsockopt"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        }

        void limit(SocketChannel socket, Duration patience) {
            if (!socket.isOpen()) {
                return; // its descriptor may be another's by now
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment millis = arena.allocateFrom(JAVA_INT, Math.toIntExact(patience.toMillis()));
                int result = (int) setsockopt.invokeExact(
                        descriptors.of(socket), IPPROTO_TCP, TCP_USER_TIMEOUT, millis, (int) millis.byteSize());
                if (result != 0) {
                    LOG.debug("TCP_USER_TIMEOUT was not taken");
                }
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
