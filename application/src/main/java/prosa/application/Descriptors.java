package prosa.application;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many file descriptors this process has left, for those who take connections. Who takes none while few are left leaves the
 * history, the log and {@code GET /health} theirs, and never comes to the point where accepting fails again and again.
 *
 * <p>To count costs a system call or, on Linux before 6.2, milliseconds with 10,000 descriptors. So what is taken is subtracted from
 * the last count, and there is another only when as many have been taken as could be, or a second later: others take some too.
 *
 * <p>All methods may be called on any thread. Its lock owns the count.
 */
public final class Descriptors {
    /** While fewer are left, nobody is let in but who wants a single answer by HTTP. */
    public static final int RESERVE = 64;

    /** While fewer are left, nobody is let in. */
    public static final int LAST = 32;

    /** After which whoever took none for want of descriptors looks whether some have become free. */
    public static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
    private static final long GOOD_FOR = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_COMPLAINTS = Duration.ofMinutes(1).toNanos();

    private final Count count;
    private boolean counted;
    private long countedAt;
    private long found;
    private long left;
    private boolean complained;
    private long complainedAt;

    /** Finds out how many there are. */
    @FunctionalInterface
    public interface Count {
        /**
         * @return {@link Long#MAX_VALUE} if nobody knows
         * @throws IOException if that itself needs a descriptor, and there is none
         */
        long left() throws IOException;
    }

    /** @param count called under the lock */
    public Descriptors(Count count) {
        this.count = count;
    }

    /**
     * Whether that many are left. Says it in the log if not, once a minute whoever asks.
     *
     * @param now by {@link System#nanoTime}
     */
    public synchronized boolean atLeast(int wanted, long now) {
        if (!counted || isOutdated(wanted, now)) {
            set(count(), now);
        }
        if (left >= wanted) {
            return true;
        }
        complain("only " + Math.max(0, left) + " are free", now);
        return false;
    }

    /** Whether there is room for one more connection. */
    public boolean isRoom() {
        return atLeast(RESERVE, System.nanoTime());
    }

    /** A count that itself found too few is good until the next look, or one that hammers on the door would have us count all day. */
    private boolean isOutdated(int wanted, long now) {
        long age = now - countedAt;
        return age >= GOOD_FOR || left < wanted && (found >= wanted || age >= LOOK_AGAIN.toNanos());
    }

    /** So many more are in use. Those that become free again are seen by the next count. */
    public synchronized void taken(int more) {
        left -= more;
    }

    /**
     * The system gave none, so there are none until the next look: others are quicker, or the whole machine is out of them. Says it in
     * the log, once a minute.
     *
     * @param now by {@link System#nanoTime}
     */
    public synchronized void refused(IOException why, long now) {
        set(0, now);
        complain(String.valueOf(why.getMessage()), now);
    }

    private long count() {
        try {
            return count.left();
        } catch (IOException e) {
            return 0;
        }
    }

    private void set(long free, long now) {
        counted = true;
        countedAt = now;
        found = free;
        left = free;
    }

    private void complain(String why, long now) {
        if (!complained || now - complainedAt >= BETWEEN_COMPLAINTS) {
            complained = true;
            complainedAt = now;
            LOG.warn(
                    "Out of file descriptors ({}): connections wait until some are free; ulimit -n raises the limit",
                    why);
        }
    }
}
