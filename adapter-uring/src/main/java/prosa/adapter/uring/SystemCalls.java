package prosa.adapter.uring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;

/**
 * Linux's system calls for io_uring (io_uring_setup(2), io_uring_enter(2), io_uring_register(2)), and what their memory and their file
 * descriptor need. The C library has no functions for the first three; their numbers are the same on all machines that Java runs on.
 *
 * <p>One thread at a time: the error number lies in a place of its own per instance.
 */
@SuppressWarnings("restricted") // it is what this package is for
final class SystemCalls {
    private static final long SETUP = 425;
    private static final long ENTER = 426;
    private static final long REGISTER = 427;

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED_POPULATE = 1 | 0x8000;

    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private final MemorySegment callState;
    private final MethodHandle syscall;
    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle close;

    SystemCalls() {
        Linker linker = Linker.nativeLinker();
        callState = Arena.ofAuto().allocate(CALL_STATE);
        syscall = function(
                linker,
                "syscall",
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
        mmap = function(
                linker,
                "mmap",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
        munmap = function(linker, "munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        close = function(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static MethodHandle function(
            Linker linker, String name, FunctionDescriptor type, Linker.Option... options) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    /** Makes a ring, and returns its file descriptor. */
    int setup(int entries, MemorySegment parameters) throws IOException {
        try {
            return (int) checked("io_uring_setup", call(SETUP, entries, parameters.address(), 0, 0, 0, 0));
        } finally {
            Reference.reachabilityFence(parameters);
        }
    }

    /** Has the kernel do what was added; returns how much of it was, or the negative error number. */
    int enter(int ring, int toSubmit, int minComplete, int flags) {
        return (int) call(ENTER, ring, toSubmit, minComplete, flags, 0, 0);
    }

    /** Gives something to the ring to keep; returns what the operation has to say, or the negative error number. */
    int register(int ring, int operation, MemorySegment argument, int count) {
        try {
            return (int) call(REGISTER, ring, operation, argument.address(), count, 0, 0);
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    /** Maps a part of the ring into memory, for as long as {@link #unmap} is not called. */
    MemorySegment map(int ring, long part, long size) throws IOException {
        try {
            MemorySegment mapped = (MemorySegment) mmap.invokeExact(
                    callState, MemorySegment.NULL, size, PROT_READ_WRITE, MAP_SHARED_POPULATE, ring, part);
            checked("mmap", mapped.address() == -1 ? -errno() : 0);
            return mapped.reinterpret(size);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void unmap(MemorySegment mapped) {
        try {
            int ignored = (int) munmap.invokeExact(mapped, mapped.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void close(int descriptor) {
        try {
            int ignored = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private long call(long number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) syscall.invokeExact(callState, number, a, b, c, d, e, f);
            return result == -1 ? -errno() : result;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int errno() {
        return (int) ERRNO.get(callState, 0L);
    }

    private static long checked(String call, long result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": error " + -result);
        }
        return result;
    }
}
