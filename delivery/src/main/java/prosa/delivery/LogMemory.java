package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/**
 * The direct memory of all feeds' logs together, which is bounded: who makes many feeds and reads none of them must not take the
 * server's. When it is full, the chunk goes that was begun the longest ago: its readers are the farthest behind, and catch up on
 * the past.
 */
@OwnedByTurn
final class LogMemory {
    /** In bytes: 64 feeds that are as far behind as one may be. */
    static final long BOUND = 64L << 20;

    private static final int FIRST_CHUNK = 8 << 10;
    private static final int CHUNK = 64 << 10;

    /** In the order in which they were begun. */
    private final LinkedHashSet<FeedLog.Chunk> inUse = new LinkedHashSet<>();

    /** Of {@link #CHUNK} bytes each. The garbage collector is slow to give direct memory back, and here it is soon needed again. */
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    private final long bound;
    private long bytes;
    private long lastTaken = System.nanoTime();

    LogMemory() {
        this(BOUND);
    }

    /** @param bound in bytes, at least one chunk */
    LogMemory(long bound) {
        this.bound = bound;
    }

    /**
     * A chunk for a log.
     *
     * @param first whether the log has no other: most logs never need much
     * @param length at least so many bytes
     */
    FeedLog.Chunk take(FeedLog log, boolean first, int length) {
        assert DeliveryThread.hasTurn();
        int capacity = Math.max(first ? FIRST_CHUNK : CHUNK, length);
        while (bytes + capacity > bound && !inUse.isEmpty()) {
            FeedLog.Chunk oldest = inUse.getFirst();
            oldest.log().letGo(oldest);
        }
        lastTaken = System.nanoTime();
        ByteBuffer memory = capacity == CHUNK ? free.poll() : null;
        FeedLog.Chunk chunk =
                new FeedLog.Chunk(log, memory == null ? ByteBuffer.allocateDirect(capacity) : memory.clear());
        bytes += capacity;
        inUse.add(chunk);
        return chunk;
    }

    void giveBack(FeedLog.Chunk chunk) {
        assert DeliveryThread.hasTurn();
        inUse.remove(chunk);
        bytes -= chunk.capacity();
        if (chunk.capacity() == CHUNK) {
            free.add(chunk.memory());
        }
    }

    /** The look once a second: what was not needed for a while is the garbage collector's. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        if (now - lastTaken > Cadence.IDLE.toNanos()) {
            free.clear();
        }
    }

    /** How much the logs hold, in bytes. */
    long bytes() {
        assert DeliveryThread.hasTurn();
        return bytes;
    }
}
