package prosa.lab.experiment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets time pass on the calling thread. */
final class Wait {
    private static final Duration LOOK = Duration.ofMillis(2);

    private Wait() {}

    static void during(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Until {@link System#nanoTime()} is this. */
    static void until(long nanos) throws InterruptedException {
        during(Duration.ofNanos(nanos - System.nanoTime()));
    }

    /** Returns whether it came true in time. */
    static boolean until(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            during(LOOK);
        }
        return true;
    }

    /** How long ago that was. */
    static Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - nanos));
    }
}
