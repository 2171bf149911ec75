package prosa.application;

import java.util.concurrent.TimeUnit;
import prosa.delivery.CloseReason;

/**
 * What one client may do that costs others and says nothing: so much a second, and some of it at once (a token bucket). Whoever
 * goes beyond it is sent away ({@link CloseReason#TOO_FAST}).
 *
 * <p>Not thread-safe: whoever made it owns it.
 */
public final class Budget {
    private final long intervalNanos;
    private final long burstNanos;

    /** When all of it will be there again, on {@link System#nanoTime()}'s clock, if nothing more is taken. */
    private long full;

    private Budget(int perSecond, int burst) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        burstNanos = burst * intervalNanos;
        full = System.nanoTime();
    }

    /** For what a wire alone sees: empty frames and lines, fragments, pings and pongs, telnet's commands. 100 a second, 1,000 at once. */
    public static Budget ofSilence() {
        return new Budget(100, 1_000);
    }

    /** For what others are told or have to be looked up: renaming, coming and going, questions, and refusals. 20 a second, 100 at once. */
    static Budget ofAsking() {
        return new Budget(20, 100);
    }

    /**
     * Takes some of it.
     *
     * @param nanoTime now, on {@link System#nanoTime()}'s clock
     * @return false if it is used up
     */
    public boolean take(int count, long nanoTime) {
        long from = full - nanoTime > 0 ? full : nanoTime;
        full = from + count * intervalNanos;
        return full - nanoTime <= burstNanos;
    }
}
