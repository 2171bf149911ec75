package prosa.application;

/** Somebody at the door or in a room, over a connection on which they can speak. */
public final class Visitor {
    /** The most people that a welcome or a who names. */
    public static final int PRESENT_LIMIT = 100;

    private Visitor() {}

    /**
     * Takes a command. Never blocks; answers go to the connection's {@link FeedSubscriber}.
     *
     * @return false if this is enough for now
     */
    public boolean hear(Command command) {
        throw new UnsupportedOperationException();
    }
}
