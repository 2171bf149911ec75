package prosa.application;

import java.util.concurrent.TimeUnit;

/** Texts that one client sends and that are too long: each is refused, and too many of them end the connection. Delivery thread only. */
final class LongTexts {
    private static final int TOO_MANY = 10;
    private static final long WITHIN = TimeUnit.SECONDS.toNanos(10);

    /** When the last ones came, the oldest at {@link #next}. */
    private final long[] times = new long[TOO_MANY - 1];

    private int next;
    private int seen;

    /** Whether this one is the tenth within 10 s. */
    boolean isTooMany(long nanoTime) {
        boolean tooMany = seen >= times.length && nanoTime - times[next] < WITHIN;
        times[next] = nanoTime;
        next = (next + 1) % times.length;
        seen++;
        return tooMany;
    }
}
