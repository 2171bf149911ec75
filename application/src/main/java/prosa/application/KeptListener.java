package prosa.application;

import java.util.List;

/** Hears of every kept message. */
@FunctionalInterface
public interface KeptListener {
    /**
     * Called by the engine, on a thread of its choice, one call after the other, in the log's order, over all rooms: each
     * kept message once, before its publisher's stage completes. Must not block. What it throws is logged and changes nothing.
     *
     * @param batch what became durable together; at least one
     */
    void kept(List<Kept> batch);
}
