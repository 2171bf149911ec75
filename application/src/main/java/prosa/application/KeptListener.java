package prosa.application;

import java.util.List;

/** Hears of every kept message. */
@FunctionalInterface
public interface KeptListener {
    /**
     * Called on the engine's thread, one call after the other, in the log's order, over all rooms. Must not block.
     *
     * @param batch what became durable together; at least one
     */
    void kept(List<Kept> batch);
}
