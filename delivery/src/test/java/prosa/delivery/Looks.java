package prosa.delivery;

/** The looks at a connection once a second, whenever a test wants. */
public final class Looks {
    private Looks() {}

    /**
     * Has a connection looked at as if it were that time. Delivery thread only.
     *
     * @param now by {@link System#nanoTime}
     */
    public static void at(Follower follower, long now) {
        follower.inspect(now, 0);
    }
}
