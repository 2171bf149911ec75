package prosa.application.port;

import java.util.List;

/** Hears of every kept entry. */
@FunctionalInterface
public interface KeptListener {
    /**
     * Called by the engine, on a thread of its choice, one call after the other, in the log's order, over all rooms: each
     * kept entry once, before its publisher's stage completes. Must not block. What it throws is logged and changes nothing.
     *
     * <p>The calling thread may become the delivery thread for up to a millisecond, and do what others are waiting for: the engine
     * calls while it holds no lock that its {@link MessagePublisher#publish} or a read needs.
     *
     * @param batch what became durable together; at least one
     */
    void kept(List<Kept> batch);

    /**
     * The log is another one from now on: its epoch has changed, places of before mean nothing any more, and what comes next comes from its
     * beginning. Called as {@link #kept} is.
     */
    default void anew() {}
}
