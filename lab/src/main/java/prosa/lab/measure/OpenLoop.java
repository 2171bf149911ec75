package prosa.lab.measure;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import prosa.lab.client.Speaker;

/**
 * Says each message when it is due, and not when the one before has arrived: a closed loop would say less while the server stalls, and
 * so leave out just what is to be measured ("coordinated omission").
 */
final class OpenLoop {
    /** Parking wakes up about 50 µs late, so the last bit is spent looking at the clock. */
    private static final long SPIN_NANOS = 100_000;

    private OpenLoop() {}

    /**
     * Says all of them, on the calling thread. What could not be said in time, as the one before was still being said, is said at once.
     *
     * @param untilNanos when to end, whatever is still due
     * @return the longest time by which this thread was late of its own, in nanoseconds: it slept too long. What the server or the wire
     *     made it wait is not in it
     */
    static long run(Schedule schedule, Speaker speaker, long untilNanos) throws IOException, InterruptedException {
        long latest = 0;
        long freeSince = schedule.startNanos();
        for (int number = 0; number < schedule.count() && freeSince < untilNanos; number++) {
            long due = schedule.dueNanos(number);
            awaitNanos(due);
            latest = Math.max(latest, System.nanoTime() - Math.max(due, freeSince));
            speaker.say(schedule.text(number));
            freeSince = System.nanoTime();
        }
        return latest;
    }

    /** Until {@link System#nanoTime()} is this, to some microseconds. */
    static void awaitNanos(long due) throws InterruptedException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
