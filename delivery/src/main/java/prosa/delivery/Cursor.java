package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How far one follower has read what its feeds tell. It always stands where an entry begins: of an entry that the socket takes a part of,
 * the rest is copied and goes out by itself.
 */
@OwnedByTurn
abstract sealed class Cursor permits SingleCursor, MergedCursor {
    /** Nothing is due. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private long told;

    /** Whether it is of these feeds, and of no others. */
    abstract boolean isIn(List<Feed> feeds);

    /** Whether everything was told. */
    abstract boolean isUpToDate();

    /** Whether a log has gone on without it, so that what comes next has to be had from the past. */
    abstract boolean hasFallenBehind();

    /**
     * What is due next, as far as it can be written at once; a view that is good until the next call.
     *
     * @param reader whose own entries are left out
     * @return empty if there is nothing
     */
    abstract ByteBuffer next(long reader);

    /** So many bytes of {@link #next} were taken. */
    abstract void took(int bytes, long reader);

    /** Steps over the entry of which a part was taken, or none of it, since the socket is full; the rest of it is a copy. */
    abstract ByteBuffer restOfEntry(long reader);

    /** The offset up to which everything was taken, or is older than the logs. Never goes back. */
    final long told() {
        assert DeliveryThread.hasTurn();
        return told;
    }

    final void markTold(long offset) {
        assert DeliveryThread.hasTurn();
        told = Math.max(told, offset);
    }

    /** What is in the logs need not be told: it is told in another way, or is older than the follower. Reading goes on behind it. */
    abstract void skipToHead();

    /** The last entry of a log may be the follower's own: there are entries to leave out up to here. */
    abstract void wroteLast();

    /** Where a feed keeps this follower among its followers. */
    abstract int placeIn(Feed feed);

    abstract void placeIn(Feed feed, int place);

    /** Enters the follower with its feeds. */
    abstract void enter(Follower follower);

    /** Takes the follower out of its feeds. */
    abstract void leave(Follower follower);
}
