package prosa.adapter.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.BitSet;

/**
 * One io_uring, for sends to sockets that it was given. A queue of what to do and one of what came of it lie in memory that the kernel
 * shares (io_uring(7)). Each send is done within the call that submits it, as none may wait.
 *
 * <p>A socket is given to it and not only named, so that the kernel keeps it: what was one connection's descriptor may be another's by
 * the time of the send.
 *
 * <p>One thread at a time.
 */
final class Ring {
    /** Sockets at most; whoever comes when it is full is written to in the usual way. */
    static final int MOST_SOCKETS = 1 << 16;

    /** A send's result if the socket takes nothing now. */
    static final int FULL = -11;

    /** Both queues in one piece of memory (Linux 5.4), no completion dropped (5.5), and, since it is newer than sends are, fast poll (5.7). */
    private static final int NEEDED = 1 | 1 << 1 | 1 << 5;

    private static final long QUEUES = 0;
    private static final long SUBMISSIONS = 0x1000_0000L;

    private static final byte SEND = 26;
    private static final byte FIXED_FILE = 1;
    private static final int DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final int GETEVENTS = 1;
    private static final int REGISTER_FILES = 2;
    private static final int REGISTER_FILES_UPDATE = 6;
    private static final int NO_FILE = -1;
    private static final int INTERRUPTED = -4;
    private static final int CANCELLED = -125;
    private static final int TOO_MANY_FILES = -24;

    private static final VarHandle INT = JAVA_INT.varHandle();

    /** Places in struct io_uring_params: what the kernel can, and where in the shared memory it has put what. */
    private static final class Parameters {
        static final int SIZE = 120;
        static final int CQ_ENTRIES = 4;
        static final int FEATURES = 20;
        static final int SQ_TAIL = 44;
        static final int SQ_ARRAY = 64;
        static final int CQ_HEAD = 80;
        static final int CQ_TAIL = 84;
        static final int CQES = 100;
    }

    /** Places in struct io_uring_sqe. */
    private static final class Submission {
        static final int SIZE = 64;
        static final int OPCODE = 0;
        static final int FLAGS = 1;
        static final int FILE = 4;
        static final int ADDRESS = 16;
        static final int LENGTH = 24;
        static final int MESSAGE_FLAGS = 28;
        static final int USER_DATA = 32;
    }

    /** Places in struct io_uring_cqe. */
    private static final class Completion {
        static final int SIZE = 16;
        static final int USER_DATA = 0;
        static final int RESULT = 8;
    }

    private final SystemCalls calls;
    private final int descriptor;
    private final int entries;
    private final int completionEntries;
    private final long submissionTail;
    private final long completionHead;
    private final long completionTail;
    private final long completions;
    private final MemorySegment queues;
    private final MemorySegment submissions;

    private final MemorySegment file = Arena.ofAuto().allocate(JAVA_INT);
    private final MemorySegment fileUpdate = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
    private final int sockets;
    private final BitSet given = new BitSet();

    private int added;

    /** @param entries sends in a batch, a power of two */
    static Ring open(int entries) throws IOException {
        SystemCalls calls = new SystemCalls();
        MemorySegment parameters = Arena.ofAuto().allocate(Parameters.SIZE, Long.BYTES);
        int descriptor = calls.setup(entries, parameters);
        try {
            if ((parameters.get(JAVA_INT, Parameters.FEATURES) & NEEDED) != NEEDED) {
                throw new IOException("needs Linux 5.7");
            }
            return new Ring(calls, descriptor, entries, parameters);
        } catch (IOException | RuntimeException e) {
            calls.close(descriptor);
            throw e;
        }
    }

    private Ring(SystemCalls calls, int descriptor, int entries, MemorySegment parameters) throws IOException {
        this.calls = calls;
        this.descriptor = descriptor;
        this.entries = entries;
        completionEntries = parameters.get(JAVA_INT, Parameters.CQ_ENTRIES);
        submissionTail = parameters.get(JAVA_INT, Parameters.SQ_TAIL);
        completionHead = parameters.get(JAVA_INT, Parameters.CQ_HEAD);
        completionTail = parameters.get(JAVA_INT, Parameters.CQ_TAIL);
        completions = parameters.get(JAVA_INT, Parameters.CQES);
        sockets = makeRoomForSockets();
        long order = parameters.get(JAVA_INT, Parameters.SQ_ARRAY);
        long endOfOrder = order + (long) entries * Integer.BYTES;
        long endOfCompletions = completions + (long) completionEntries * Completion.SIZE;
        queues = calls.map(descriptor, QUEUES, Math.max(endOfOrder, endOfCompletions));
        submissions = calls.map(descriptor, SUBMISSIONS, (long) entries * Submission.SIZE);
        for (int i = 0; i < entries; i++) {
            queues.set(JAVA_INT, order + (long) i * Integer.BYTES, i);
            long send = (long) i * Submission.SIZE;
            submissions.set(JAVA_BYTE, send + Submission.OPCODE, SEND);
            submissions.set(JAVA_BYTE, send + Submission.FLAGS, FIXED_FILE);
            submissions.set(JAVA_INT, send + Submission.MESSAGE_FLAGS, DONTWAIT_NOSIGNAL);
        }
        fileUpdate.set(JAVA_LONG, Long.BYTES, file.address());
    }

    /** Not more of them than the process may have open. */
    private int makeRoomForSockets() throws IOException {
        MemorySegment nobody = Arena.ofAuto().allocate(JAVA_INT, MOST_SOCKETS).fill((byte) NO_FILE);
        for (int count = MOST_SOCKETS; count > 0; count /= 2) {
            int result = calls.register(descriptor, REGISTER_FILES, nobody, count);
            if (result >= 0) {
                return count;
            }
            if (result != TOO_MANY_FILES) {
                throw new IOException("io_uring_register: error " + -result);
            }
        }
        throw new IOException("no open files are allowed");
    }

    /**
     * Takes a socket in.
     *
     * @return its number here, until it is {@link #takeBack taken back}; negative if it can't be
     */
    int give(int socket) {
        int number = given.nextClearBit(0);
        if (number >= sockets || update(number, socket) != 1) {
            return -1;
        }
        given.set(number);
        return number;
    }

    void takeBack(int number) {
        update(number, NO_FILE);
        given.clear(number);
    }

    private int update(int number, int socket) {
        file.set(JAVA_INT, 0, socket);
        fileUpdate.set(JAVA_INT, 0, number);
        return calls.register(descriptor, REGISTER_FILES_UPDATE, fileUpdate, 1);
    }

    /** Adds a send to the batch. The memory must stay until {@link #submit}. */
    void send(int number, long address, int length) {
        int tail = (int) INT.get(queues, submissionTail);
        long send = (long) (tail & entries - 1) * Submission.SIZE;
        submissions.set(JAVA_INT, send + Submission.FILE, number);
        submissions.set(JAVA_LONG, send + Submission.ADDRESS, address);
        submissions.set(JAVA_INT, send + Submission.LENGTH, length);
        submissions.set(JAVA_LONG, send + Submission.USER_DATA, added++);
        INT.setRelease(queues, submissionTail, tail + 1);
    }

    /**
     * Makes the sends of the batch, and begins a new one.
     *
     * @param results of each, in the order of adding: the bytes that the socket took, or a negative error number
     */
    void submit(int[] results) {
        int submitted = 0;
        while (submitted < added) {
            int count = calls.enter(descriptor, added - submitted, added - submitted, GETEVENTS);
            if (count > 0) {
                submitted += count;
            } else if (count != INTERRUPTED) {
                break;
            }
        }
        for (int i = submitted; i < added; i++) {
            results[i] = CANCELLED;
        }
        int tail = (int) INT.get(queues, submissionTail);
        INT.setRelease(queues, submissionTail, tail - (added - submitted));
        added = 0;
        while (submitted > 0) {
            submitted -= collect(results);
            if (submitted > 0) {
                calls.enter(descriptor, 0, submitted, GETEVENTS);
            }
        }
    }

    private int collect(int[] results) {
        int head = (int) INT.get(queues, completionHead);
        int count = (int) INT.getAcquire(queues, completionTail) - head;
        for (int i = 0; i < count; i++) {
            long completion = completions + (long) (head + i & completionEntries - 1) * Completion.SIZE;
            int send = (int) queues.get(JAVA_LONG, completion + Completion.USER_DATA);
            results[send] = queues.get(JAVA_INT, completion + Completion.RESULT);
        }
        INT.setRelease(queues, completionHead, head + count);
        return count;
    }

    void close() {
        calls.unmap(queues);
        calls.unmap(submissions);
        calls.close(descriptor);
    }
}
