package prosa.application;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which rooms, feeds and followers live and all deliveries are written. What it owns needs no locks; in
 * return nothing that runs on it may block.
 *
 * <p>{@link #execute} may be called on any thread. Everything else belongs to the thread itself.
 */
final class DeliveryThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);

    /** So many tasks at most between two looks at the clock: a flood of joins must not hold up a round that is due. */
    private static final int TASKS_PER_TURN = 256;

    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Thread thread = new Thread(this::run, "prosa-delivery");
    private long alarmsSet;
    private volatile boolean waiting;
    private volatile boolean stopped;

    private record Alarm(long at, long order, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            // Differences, not values: System.nanoTime() may be negative and wrap around.
            int byTime = Long.signum(at - other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on the thread, in the order of the calls. */
    @Override
    public void execute(Runnable task) {
        inbox.add(task);
        if (waiting) {
            LockSupport.unpark(thread);
        }
    }

    /** Runs a task at a time on {@link System#nanoTime()}'s clock, or after the tasks at hand if that has passed. */
    void at(long nanoTime, Runnable task) {
        alarms.add(new Alarm(nanoTime, alarmsSet++, task));
    }

    /** Runs a task again and again, whether it fails or not. */
    void every(Duration period, Runnable task) {
        at(System.nanoTime() + period.toNanos(), () -> {
            try {
                task.run();
            } finally {
                every(period, task);
            }
        });
    }

    /** Ends the thread after the tasks at hand, and waits for that. */
    void stop() throws InterruptedException {
        execute(() -> stopped = true);
        thread.join();
    }

    private void run() {
        while (!stopped) {
            runTasks();
            runAlarms();
            if (!stopped && inbox.isEmpty()) {
                sleep();
            }
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = inbox.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void runAlarms() {
        long now = System.nanoTime();
        long last = alarmsSet;
        for (Alarm next = alarms.peek();
                next != null && next.at() - now <= 0 && next.order() < last;
                next = alarms.peek()) {
            alarms.remove();
            run(next.task());
        }
    }

    private void sleep() {
        waiting = true;
        // Whoever adds after this check sees `waiting` and wakes us; what was added before it is seen here.
        if (inbox.isEmpty()) {
            Alarm next = alarms.peek();
            if (next == null) {
                LockSupport.park(this);
            } else {
                long nanos = next.at() - System.nanoTime();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        waiting = false;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // whatever it is: a house without this thread would be silent for good
            LOG.error("A delivery task failed; the others go on", e);
        }
    }
}
