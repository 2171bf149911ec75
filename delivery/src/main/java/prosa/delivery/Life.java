package prosa.delivery;

/** How far a connection has come from its beginning to its end. */
sealed interface Life {
    /** It is told whatever there is. */
    Life OPEN = new Open();

    /** Nothing is written to it any more. */
    Life CLOSED = new Closed();

    record Open() implements Life {}

    /** It was said good-bye to: what is due is told, and nothing new. */
    record Leaving(CloseReason why) implements Life {}

    /**
     * It reads too slowly. Nobody is there any more, as far as others are concerned; what is half written is finished.
     *
     * @param at by {@link System#nanoTime}
     */
    record GivenUp(long at) implements Life {}

    record Closed() implements Life {}
}
