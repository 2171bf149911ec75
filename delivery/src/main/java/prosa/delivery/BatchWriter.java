package prosa.delivery;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Port: writes to many sockets in one system call. A round of a feed writes to thousands, and where the kernel takes them in batches
 * a delivery costs 8 to 17 % less CPU (decision 16).
 *
 * <p>All methods but {@link #open} and {@link #close} are called on the delivery thread, or by whoever has its turn, and never block.
 */
public interface BatchWriter extends AutoCloseable {
    /** The most writes in a batch. */
    int MOST = 64;

    /** {@link #admit}'s answer for a channel that is always written to by itself. */
    int NEVER = -1;

    /** {@link #admit}'s answer for now: to be asked again. */
    int NOT_YET = -2;

    /** {@link #taken}'s answer for a write that failed. */
    int FAILED = -1;

    /** For where there is nothing of the kind: every channel is written to by itself. */
    BatchWriter NONE = new BatchWriter() {
        @Override
        public int admit(WritableByteChannel channel) {
            return NEVER;
        }

        @Override
        public void dismiss(int socket) {}

        @Override
        public void add(int socket, ByteBuffer units) {
            throw new IllegalStateException("nobody was admitted");
        }

        @Override
        public void write() {}

        @Override
        public int taken(int write) {
            throw new IllegalStateException("nothing was written");
        }

        @Override
        public void close() {}
    };

    /** Gets ready, beside the caller: else the first {@link #admit} begins with that. Any thread; more than once does no harm. */
    default void open() {}

    /**
     * Takes in a socket whose channel is open.
     *
     * @return its number, until it is dismissed; or {@link #NEVER} or {@link #NOT_YET}
     */
    int admit(WritableByteChannel channel);

    /** Lets a socket go. Until then it stays connected, whoever closes its channel. */
    void dismiss(int socket);

    /**
     * Adds a write to the batch, of {@link #MOST} at most.
     *
     * @param units bytes in direct memory from position to limit, which stay as they are until they are written
     */
    void add(int socket, ByteBuffer units);

    /** Makes the batch's writes in the order in which they were added, each as far as the socket takes it now, and begins a new batch. */
    void write();

    /**
     * How many bytes the socket took.
     *
     * @param write the place of that write in the batch that was written last, from 0
     * @return 0 if the socket is full; {@link #FAILED} if nothing was taken for another reason, which the channel tells who writes to it
     */
    int taken(int write);

    /** Gives back what it holds of the system. When nothing is delivered any more. */
    @Override
    void close();
}
