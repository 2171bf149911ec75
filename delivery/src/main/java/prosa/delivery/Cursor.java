package prosa.delivery;

import java.io.IOException;
import java.util.List;

/**
 * How far one follower has read what its feeds tell. It always stands where an entry begins: of an entry that the socket takes a part of,
 * the rest is copied and goes out by itself.
 */
@OwnedByTurn
abstract sealed class Cursor permits SingleCursor, MergedCursor {
    /** What became of a {@link #flush}. */
    enum Outcome {
        /** Everything was written. */
        UP_TO_DATE,
        /** The socket is full: the rest of an entry is on its way. */
        FULL,
        /** A log has gone on without this follower. */
        FELL_BEHIND
    }

    /** Whether it is of these feeds, and of no others. */
    abstract boolean isIn(List<Feed> feeds);

    /** Whether everything was told. */
    abstract boolean isUpToDate();

    /** Writes what was not told yet, as far as the socket takes it. */
    abstract Outcome flush(Follower follower) throws IOException;

    /** The offset up to which everything was told by the last {@link #flush}, or is older than the logs. Never goes back. */
    abstract long told();

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
