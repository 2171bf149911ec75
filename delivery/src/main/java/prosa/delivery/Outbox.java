package prosa.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one connection alone: what it is told before its feeds go on, and what it is told after them. Made when there is
 * something, and dropped when all is written, so that an idle connection has none.
 */
@OwnedByTurn
final class Outbox {
    /** How many bytes may wait that nobody asked for before a connection is given up: it asks, and does not read the answers. */
    static final int BOUND = 1 << 20;

    /** How many bytes may wait before others may not add to them: half of what closes the connection. */
    static final int BOUND_FOR_OTHERS = BOUND / 2;

    private @Nullable ByteQueue first;

    /** An acknowledgement must not overtake what was said before, or resuming from it would lose that. */
    private @Nullable ByteQueue last;

    private @Nullable Queue<Runnable> whenWritten;

    /** Adds something that the client has asked for, or may not do without. */
    void add(byte[] units) {
        assert DeliveryThread.hasTurn();
        first().add(units);
    }

    /** Adds something that the client gets whether it reads or not. */
    void addUnasked(byte[] units) {
        assert DeliveryThread.hasTurn();
        first().addUnasked(units);
    }

    /** Adds something that comes after all that the feeds tell. */
    void addLast(byte[] units) {
        assert DeliveryThread.hasTurn();
        if (last == null) {
            last = new ByteQueue();
        }
        last.addUnasked(units);
    }

    /** Calls back when all that comes before the feeds is written, or never will be. */
    void whenWritten(Runnable written) {
        assert DeliveryThread.hasTurn();
        if (whenWritten == null) {
            whenWritten = new ArrayDeque<>();
        }
        whenWritten.add(written);
    }

    private ByteQueue first() {
        if (first == null) {
            first = new ByteQueue();
        }
        return first;
    }

    /** Whether too much waits before the feeds. */
    boolean isFull() {
        assert DeliveryThread.hasTurn();
        return first != null && first.unasked() > BOUND;
    }

    /** Whether too much waits behind the feeds. */
    boolean isFullOfLast() {
        assert DeliveryThread.hasTurn();
        return last != null && last.unasked() > BOUND;
    }

    /** Whether so many bytes more may be added by others. */
    boolean takesFromOthers(int bytes) {
        assert DeliveryThread.hasTurn();
        return first == null || first.waiting() + bytes <= BOUND_FOR_OTHERS;
    }

    boolean isEmpty() {
        assert DeliveryThread.hasTurn();
        return first == null && last == null && whenWritten == null;
    }

    boolean hasLast() {
        assert DeliveryThread.hasTurn();
        return last != null;
    }

    /** Writes what comes before the feeds. False if the socket is full, and the rest of a piece is on its way. */
    boolean flushFirst(Follower follower) throws IOException {
        assert DeliveryThread.hasTurn();
        // Pieces end anywhere: nothing may come into the middle of a unit.
        if (last != null && last.isBegun() && !flushLast(follower)) {
            return false;
        }
        if (first != null) {
            if (!write(first, follower)) {
                return false;
            }
            first = null;
        }
        callBack();
        return true;
    }

    /** Writes what comes after the feeds, in the same way. */
    boolean flushLast(Follower follower) throws IOException {
        assert DeliveryThread.hasTurn();
        if (last != null) {
            if (!write(last, follower)) {
                return false;
            }
            last = null;
        }
        return true;
    }

    private static boolean write(ByteQueue queue, Follower follower) throws IOException {
        while (queue.waiting() > 0) {
            ByteBuffer piece = queue.piece();
            int before = piece.position();
            follower.write(piece);
            queue.remove(piece.limit() - before);
            if (piece.hasRemaining()) {
                // A piece, not all that waits: the deadline is for one write, and a long history on a slow line takes
                // many.
                follower.finish(
                        ByteBuffer.allocate(piece.remaining()).put(piece).flip());
                return false;
            }
        }
        return true;
    }

    private void callBack() {
        if (whenWritten != null) {
            Queue<Runnable> waiting = whenWritten;
            whenWritten = null;
            waiting.forEach(Runnable::run);
        }
    }

    /** What comes after the feeds won't be written, but for what is written in part. */
    void dropLast() {
        assert DeliveryThread.hasTurn();
        last = last != null && last.isBegun() ? last : null;
    }

    /** Nothing of it will be written. */
    void drop() {
        assert DeliveryThread.hasTurn();
        first = null;
        last = null;
        callBack();
    }
}
