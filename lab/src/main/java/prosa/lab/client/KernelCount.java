package prosa.lab.client;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the kernel counted on one of this process's own TCP connections since it was opened.
 *
 * @param bytesOut bytes of data that were sent, each once: a tail loss probe (RFC 8985) sends the last ones again even on loopback
 * @param bytesIn bytes of data that came
 * @param segmentsOut segments sent, with and without data
 * @param segmentsIn segments that came
 * @param timestamps whether each has TCP's timestamps, 12 bytes of options (RFC 7323)
 */
public record KernelCount(long bytesOut, long bytesIn, long segmentsOut, long segmentsIn, boolean timestamps) {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    /** struct tcp_info of linux/tcp.h up to and with tcpi_bytes_retrans, which came with Linux 4.19. */
    private static final int INFO_BYTES = 216;

    private static final int ADDRESS_BYTES = 128;
    private static final byte OPTION_TIMESTAMPS = 1;

    /**
     * Asks the kernel by {@code getsockopt(TCP_INFO)}. The JDK shows neither that nor a socket's descriptor: this looks through all
     * of this process's descriptors for sockets with these local ports.
     *
     * @return what it counted, by local port; empty where the system is not Linux or does not let us ask
     */
    public static Optional<Map<Integer, KernelCount>> ofPorts(Set<Integer> localPorts) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
                Arena arena = Arena.ofConfined()) {
            Calls calls = new Calls(arena);
            Map<Integer, KernelCount> counts = new HashMap<>();
            for (Path descriptor : descriptors.filter(KernelCount::isSocket).toList()) {
                int fd = Integer.parseInt(descriptor.getFileName().toString());
                int port = calls.localPort(fd);
                if (localPorts.contains(port)) {
                    calls.count(fd).ifPresent(count -> counts.put(port, count));
                }
            }
            return counts.keySet().containsAll(localPorts) ? Optional.of(counts) : Optional.empty();
        } catch (IOException | UncheckedIOException | UnsupportedOperationException | IllegalCallerException e) {
            return Optional.empty();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    /** The two system calls, on memory of their own. */
    private static final class Calls {
        private final MethodHandle getsockopt;
        private final MethodHandle getsockname;
        private final MemorySegment info;
        private final MemorySegment address;
        private final MemorySegment length;

        Calls(Arena arena) {
            Linker linker = Linker.nativeLinker();
            SymbolLookup libc = linker.defaultLookup();
            getsockopt = linker.downcallHandle(
                    libc.find("getsockopt").orElseThrow(UnsupportedOperationException::new),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
            getsockname = linker.downcallHandle(
                    libc.find("getsockname").orElseThrow(UnsupportedOperationException::new),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
            info = arena.allocate(INFO_BYTES, 8);
            address = arena.allocate(ADDRESS_BYTES, 8);
            length = arena.allocate(JAVA_INT);
        }

        /** 0 if it is no internet socket, or gone by now. */
        int localPort(int fd) {
            address.fill((byte) 0);
            length.set(JAVA_INT, 0, ADDRESS_BYTES);
            try {
                int result = (int) getsockname.invokeExact(fd, address, length);
                // sin_port and sin6_port stand in the same place, in network order.
                return result != 0 ? 0 : (address.get(JAVA_BYTE, 2) & 0xff) << 8 | address.get(JAVA_BYTE, 3) & 0xff;
            } catch (Throwable e) {
                throw new UnsupportedOperationException("getsockname", e);
            }
        }

        Optional<KernelCount> count(int fd) {
            length.set(JAVA_INT, 0, INFO_BYTES);
            try {
                int result = (int) getsockopt.invokeExact(fd, IPPROTO_TCP, TCP_INFO, info, length);
                if (result != 0 || length.get(JAVA_INT, 0) < INFO_BYTES) {
                    return Optional.empty();
                }
            } catch (Throwable e) {
                throw new UnsupportedOperationException("getsockopt", e);
            }
            return Optional.of(new KernelCount(
                    info.get(JAVA_LONG_UNALIGNED, 200) - info.get(JAVA_LONG_UNALIGNED, 208),
                    info.get(JAVA_LONG_UNALIGNED, 128),
                    Integer.toUnsignedLong(info.get(JAVA_INT_UNALIGNED, 136)),
                    Integer.toUnsignedLong(info.get(JAVA_INT_UNALIGNED, 140)),
                    (info.get(JAVA_BYTE, 5) & OPTION_TIMESTAMPS) != 0));
        }
    }
}
