package prosa.application.port;

import java.time.Duration;

/**
 * How fast something may come: so much in a while, and some of it at once.
 *
 * @param count at least 1
 * @param period in which so much may come, at least a nanosecond
 * @param burst what may come at once, at least 1
 */
public record Rate(long count, Duration period, long burst) {
    /** As fast as one likes. */
    public static final Rate UNLIMITED = perSecond(1_000_000_000, Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if one of them is less than it may be */
    public Rate {
        if (count < 1 || period.toNanos() < 1 || burst < 1) {
            throw new IllegalArgumentException("not a rate: " + count + " in " + period + ", " + burst + " at once");
        }
    }

    public static Rate perSecond(long count, long burst) {
        return new Rate(count, Duration.ofSeconds(1), burst);
    }

    public static Rate perHour(long count, long burst) {
        return new Rate(count, Duration.ofHours(1), burst);
    }

    /** In nanoseconds, from one to the next: at least 1. */
    public long interval() {
        return Math.max(1, period.toNanos() / count);
    }
}
