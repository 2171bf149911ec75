package prosa.bootstrap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of this process's own sockets, by getsockname(2) and getsockopt(2). */
final class Sockets {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final int ADDRESS_BYTES = 128;

    private static final MethodHandle GETSOCKNAME =
            function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private Sockets() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /** The user timeouts, in milliseconds, of all sockets at a port of this machine, those that listen there among them. */
    static List<Integer> userTimeoutsAt(int localPort) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(path -> Integer.parseInt(path.getFileName().toString()))
                    .filter(descriptor -> localPort(descriptor) == localPort)
                    .map(Sockets::userTimeout)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 if it is none. */
    private static int localPort(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
            int result = (int) GETSOCKNAME.invokeExact(descriptor, address, length);
            // sin_port and sin6_port stand in the same place, in network order.
            return result == 0 ? (address.get(JAVA_BYTE, 2) & 0xFF) << 8 | address.get(JAVA_BYTE, 3) & 0xFF : 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static int userTimeout(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(JAVA_INT, -1);
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
            int ignored = (int) GETSOCKOPT.invokeExact(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, value, length);
            return value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
