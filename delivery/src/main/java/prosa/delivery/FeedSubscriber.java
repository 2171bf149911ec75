package prosa.delivery;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Port: the writing end of one connection that follows a feed. A wire makes one per connection; the delivery thread writes to
 * it directly, without a queue between them.
 */
public interface FeedSubscriber {
    /**
     * Where whole wire units (frames, lines, events) are written, without waiting: it takes what the socket takes now. A connection has one;
     * written to by the delivery thread only, and never while a {@link #finish} is under way. What it throws says that the connection
     * is broken: it will be {@link #close}d.
     *
     * <p>What it takes is on its way without another call. A channel that has something left of what it took (ciphertext) leaves a byte of
     * it, so that {@link #finish} is called.
     *
     * <p>A socket's own channel, if it can be had: each object between it and the delivery thread is a cache miss for each of
     * thousands of followers.
     */
    WritableByteChannel channel();

    /**
     * Writes bytes that the socket did not take at once, whenever it can. Delivery thread only.
     *
     * @param rest the caller's gift: it does not touch the buffer again
     * @param done called once, on any thread, when all was taken or the connection broke
     */
    void finish(ByteBuffer rest, Runnable done);

    /** The client may be heard and read from again, after it was told to stop for now. Any thread. */
    default void resumeReading() {}

    /**
     * Whether the other side still answers, as far as this wire can tell; asked about once a second. Delivery thread only.
     *
     * @param nanoTime now, on {@link System#nanoTime()}'s clock
     */
    default boolean answers(long nanoTime) {
        return true;
    }

    /**
     * Whether a client that reads too slowly can be told so. One that can't is not waited for: nothing would come behind what is half
     * written.
     */
    default boolean hasLastWords() {
        return true;
    }

    /**
     * Ends the connection: last words if the wire has any for this reason and they can still be written, then the socket.
     * Delivery thread only, at most once; while a {@link #finish} is under way only with {@link CloseReason#GONE} or
     * {@link CloseReason#SHUTDOWN}, and then without last words.
     */
    void close(CloseReason reason);
}
