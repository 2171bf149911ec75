package prosa.application;

import java.time.Duration;
import java.util.Optional;
import prosa.application.port.Rate;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * What one client may do: so much a second, and some of it at once (a token bucket). What costs others and says nothing has one beyond which
 * a client is sent away ({@link CloseReason#TOO_FAST}); what is said has one beyond which it is refused.
 *
 * <p>Not thread-safe: whoever made it owns it.
 */
public final class Budget {
    private final long intervalNanos;
    private final long burstNanos;

    /** When all of it will be there again, on {@link System#nanoTime()}'s clock, if nothing more is taken. */
    private long full;

    private Budget(Rate rate, long nanoTime) {
        intervalNanos = rate.interval();
        burstNanos = rate.burst() * intervalNanos;
        full = nanoTime;
    }

    /** For what a wire alone sees: empty frames and lines, fragments, pings and pongs, telnet's commands. 100 a second, 1,000 at once. */
    public static Budget ofSilence() {
        return new Budget(Rate.perSecond(100, 1_000), System.nanoTime());
    }

    /** For what others are told or have to be looked up: renaming, coming and going, questions, and refusals. 20 a second, 100 at once. */
    static Budget ofAsking() {
        return new Budget(Rate.perSecond(20, 100), System.nanoTime());
    }

    /** @param nanoTime now, on the clock by which it is asked from now on */
    static Budget of(Rate rate, long nanoTime) {
        return new Budget(rate, nanoTime);
    }

    /**
     * Takes some of it.
     *
     * @param nanoTime now, on {@link System#nanoTime()}'s clock
     * @return false if it is used up
     */
    public boolean take(long count, long nanoTime) {
        long from = full - nanoTime > 0 ? full : nanoTime;
        full = from + count * intervalNanos;
        return full - nanoTime <= burstNanos;
    }

    /**
     * How long until so much may be taken; 0 if it may be now. What is more than could ever be there may be taken when all is.
     *
     * @return nanoseconds
     */
    long wait(long count, long nanoTime) {
        long owed = Math.max(full - nanoTime, 0);
        return Math.max(0, owed + Math.min(count * intervalNanos, burstNanos) - burstNanos);
    }

    boolean isFull(long nanoTime) {
        return full - nanoTime <= 0;
    }

    /**
     * Nothing, if there is nothing to wait for.
     *
     * @param nanos until it may be tried again
     * @throws Refused {@link Reason#TOO_FAST} otherwise
     */
    static void requireNoWait(long nanos) {
        if (nanos > 0) {
            throw new Refused(Reason.TOO_FAST, Optional.of(new Fault.TooSoon(Duration.ofNanos(nanos))));
        }
    }
}
