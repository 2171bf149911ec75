package prosa.delivery;

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

    /**
     * What is to be written now, before the feeds. Pieces end anywhere, and nothing may come into the middle of a unit: so what comes after
     * the feeds is first if a part of it was written.
     *
     * @return null if there is nothing
     */
    @Nullable
    ByteQueue nextBeforeFeeds() {
        assert DeliveryThread.hasTurn();
        return last != null && last.isBegun() ? last : first;
    }

    /** What is to be written after the feeds; null if there is nothing. */
    @Nullable
    ByteQueue nextAfterFeeds() {
        assert DeliveryThread.hasTurn();
        return last;
    }

    /** All of a queue was written. */
    void emptied(ByteQueue queue) {
        assert DeliveryThread.hasTurn();
        if (queue == first) {
            first = null;
        } else if (queue == last) {
            last = null;
        }
    }

    /** What comes before the feeds is written: those who wait for that are told. */
    void writtenBeforeFeeds() {
        assert DeliveryThread.hasTurn();
        callBack();
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
