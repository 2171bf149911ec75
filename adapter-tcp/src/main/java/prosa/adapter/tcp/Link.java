package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * What one connection says in the clear, whatever goes over its socket.
 *
 * <p>Owned by the event loop's thread, but for {@link #channel} and {@link #notTaken}, which are the delivery thread's.
 */
interface Link {
    /** To be watched, and asked who is at its other end. */
    SocketChannel socket();

    /** Where the delivery thread writes. */
    WritableByteChannel channel();

    /** What has to be written yet of a rest that {@link #channel} has left. Delivery thread only. */
    ByteBuffer notTaken(ByteBuffer rest);

    /**
     * Reads what has come.
     *
     * @return how much; -1 if the client has said that it will write no more
     * @throws IOException if the connection is broken, or was cut
     */
    int read(ByteBuffer into) throws IOException;

    /** Whether all that the client will ever write was read; a socket says so by being read once more. */
    boolean hasEnded();

    /** How much came since the last call that cost us something, and said nothing. */
    int silence();

    /** Takes what the socket takes now; nothing while something of its own is left. */
    void writeFromLoop(ByteBuffer units) throws IOException;

    /**
     * Writes what is left of its own.
     *
     * @return false if the socket did not take all of it
     */
    boolean flush() throws IOException;

    /** Whether nothing of its own is left. */
    boolean isFlushed();

    /** Nothing is written any more but what is left of its own; then the client is told so. */
    void endOutput() throws IOException;

    /** Lets go of the socket at once. */
    void close() throws IOException;
}
