package prosa.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread at a time on which rooms, feeds and followers live and all deliveries are written. What it owns needs no locks; in
 * return nothing that runs on it may block.
 *
 * <p>It is a turn that threads take, and mostly it is this class's own thread that does. A thread that brings a task ({@link
 * #lend}) takes the turn itself if nobody has it: to wake another thread costs it and the client some 0.2 ms on a virtual machine,
 * which is more than most tasks take. Long work it leaves to the thread.
 *
 * <p>{@link #execute} and {@link #lend} may be called on any thread. Everything else belongs to whoever has the turn.
 */
public final class DeliveryThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
    private static final String NAME = "prosa-delivery";

    /** So many tasks at most between two looks at the clock: a flood of joins must not hold up a round that is due. */
    private static final int TASKS_PER_TURN = 256;

    /** And so many that a thread does which has other work to go back to: commits, or other clients' frames. */
    private static final int TASKS_LENT = 16;

    /** Kept only where assertions are on, as in tests: whether the thread has the turn, of whichever house. */
    private static final ThreadLocal<Boolean> TURN = ThreadLocal.withInitial(() -> false);

    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, NAME);

    /** Whether some thread has the turn. Whoever gives it back looks into the inbox afterwards, or wakes the thread. */
    private final AtomicBoolean taken = new AtomicBoolean(true);

    /** Whether the thread waits for the turn. */
    private volatile boolean wanted;

    private volatile boolean stopped;

    /** By {@link System#nanoTime()}. */
    private volatile long lastTurn = System.nanoTime();

    // What belongs to the turn.
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long alarmsSet;
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    /** When the thread wakes by itself, if it sleeps; {@code null} is never. */
    private @Nullable Alarm sleepsUntil;

    private record Alarm(long at, long order, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            // Differences, not values: System.nanoTime() may be negative and wrap around.
            int byTime = Long.signum(at - other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task, in the order of the calls. */
    @Override
    public void execute(Runnable task) {
        inbox.add(task);
        if (!taken.get()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Runs a task, in the order of the calls, on the calling thread if nobody has the turn: only for threads that may be held up
     * by a millisecond and hold no lock that a task could need.
     */
    public void lend(Runnable task) {
        inbox.add(task);
        while (!inbox.isEmpty() && taken.compareAndSet(false, true)) {
            assert noteTurn(true);
            boolean threadIsNeeded = takeTurn(TASKS_LENT) || wouldOversleep();
            assert noteTurn(false);
            taken.set(false);
            if (threadIsNeeded || wanted) {
                LockSupport.unpark(thread);
                return;
            }
        }
    }

    /** Whether the calling thread may touch what is {@link OwnedByTurn}. To be asserted, as without assertions nobody knows. */
    public static boolean hasTurn() {
        return TURN.get();
    }

    /** To be asserted. What a thread has that is about to give it back, or has just got it. Always true. */
    public static boolean noteTurn(boolean has) {
        TURN.set(has);
        return true;
    }

    /** Whether there is more to do. What escapes from here would keep the turn for good, or end the thread. */
    private boolean takeTurn(int limit) {
        try {
            runTasks(limit);
            runAlarms();
            runSoon();
            return stopped || !inbox.isEmpty() || !soon.isEmpty();
        } catch (Throwable e) {
            throw Collapse.of(NAME, e);
        }
    }

    /** Runs a task after the tasks and alarms at hand: what several of them ask for is done once. */
    public void soon(Runnable task) {
        assert hasTurn();
        soon.add(task);
    }

    /** Runs a task at a time on {@link System#nanoTime()}'s clock, or after the tasks at hand if that has passed. */
    public void at(long nanoTime, Runnable task) {
        alarms.add(new Alarm(nanoTime, alarmsSet++, task));
    }

    /** Runs a task again and again, whether it fails or not. */
    public void every(Duration period, Runnable task) {
        at(System.nanoTime() + period.toNanos(), () -> {
            try {
                task.run();
            } finally {
                every(period, task);
            }
        });
    }

    /**
     * How long ago the last turn began that got to its alarms, in nanoseconds. Who has nothing to do turns all the same if something is
     * done {@link #every} so often. Any thread.
     */
    public long nanosSinceLastTurn() {
        return System.nanoTime() - lastTurn;
    }

    /** Ends the thread after the tasks at hand, and waits for that. */
    public void stop() throws InterruptedException {
        execute(() -> stopped = true);
        thread.join();
    }

    private boolean wouldOversleep() {
        Alarm next = alarms.peek();
        return next != null && (sleepsUntil == null || next.compareTo(sleepsUntil) < 0);
    }

    private void run() {
        assert noteTurn(true);
        while (!stopped) {
            if (!takeTurn(TASKS_PER_TURN)) {
                sleep();
            }
        }
    }

    private void runTasks(int limit) {
        for (int i = 0; i < limit; i++) {
            Runnable task = inbox.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void runAlarms() {
        long now = System.nanoTime();
        lastTurn = now;
        long last = alarmsSet;
        for (Alarm next = alarms.peek();
                next != null && next.at() - now <= 0 && next.order() < last;
                next = alarms.peek()) {
            alarms.remove();
            run(next.task());
        }
    }

    private void runSoon() {
        for (int i = soon.size(); i > 0; i--) {
            run(soon.remove());
        }
    }

    private void sleep() {
        Alarm next = alarms.peek();
        sleepsUntil = next;
        assert noteTurn(false);
        taken.set(false);
        // Whoever adds a task after this check sees that the turn is free, and takes it or wakes us.
        if (inbox.isEmpty()) {
            if (next == null) {
                LockSupport.park(this);
            } else {
                long nanos = next.at() - System.nanoTime();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        awaitTurn();
    }

    private void awaitTurn() {
        while (!taken.compareAndSet(false, true)) {
            wanted = true;
            // Whoever gives the turn back after this check sees that it is wanted.
            if (taken.get()) {
                LockSupport.park(this);
            }
        }
        wanted = false;
        assert noteTurn(true);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // whatever it is: a house without this thread would be silent for good
            Collapse.ifOutOfMemory(e);
            LOG.error("A delivery task failed; the others go on", e);
        }
    }
}
