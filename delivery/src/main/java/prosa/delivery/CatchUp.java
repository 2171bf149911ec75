package prosa.delivery;

import java.io.IOException;

/**
 * Port: a piece of the past that one follower is told before its feeds go on. It is written as fast as the client reads, and holds
 * nothing in the meantime that grows with its length.
 *
 * <p>Owned by the turn. When it has ended it says so: {@link Follower#caughtUp}, or {@link Follower#sendAway} if it can't be told.
 */
public interface CatchUp {
    /** The offset up to which the past was told. */
    long reached();

    /**
     * Writes on, as far as the socket takes it now ({@link Follower#write}, {@link Follower#finish}), for about a millisecond at the most.
     * Whoever has more to write afterwards asks for another turn: {@link Follower#goOnSoon}.
     *
     * @throws IOException if the connection is broken
     */
    void more() throws IOException;

    /** Makes what fills the hole when the log has gone on without a follower that was too far behind. */
    @FunctionalInterface
    interface Source {
        /**
         * Begins a piece of the past. Called by whoever has the turn; must not write anything yet.
         *
         * @param after the offset up to which the follower was told everything
         * @param upTo the offset from which on its feeds have what follows
         */
        CatchUp between(Follower follower, long after, long upTo);
    }
}
