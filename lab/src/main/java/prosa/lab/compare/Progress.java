package prosa.lab.compare;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells on a terminal how far the work is: a bar that fills as the time passes that a step is expected to take. Where nobody looks, a
 * line for each step.
 */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 24;
    private static final long REDRAW_MILLIS = 250;
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lab-progress").factory());
    /** This and what follows under this object's lock. */
    private String what = "";

    private long startNanos;
    private long expectedNanos;

    /** @param terminal whether {@code out} is one, on which a line can be overwritten */
    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
            clock.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Begins a step, and ends the one before. */
    synchronized void begin(String what, Duration expected) {
        this.what = what;
        startNanos = System.nanoTime();
        expectedNanos = Math.max(1, expected.toNanos());
        if (terminal) {
            draw();
        } else {
            out.println(what);
        }
    }

    private synchronized void draw() {
        if (what.isEmpty()) {
            return;
        }
        double part = Math.min(1, (double) (System.nanoTime() - startNanos) / expectedNanos);
        int full = (int) (part * WIDTH);
        out.print(BACK_AND_CLEAR + "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + what);
        out.flush();
    }

    /** Says something that stays. */
    synchronized void say(String line) {
        out.println((terminal ? BACK_AND_CLEAR : "") + line);
    }

    /** Leaves an empty line behind. */
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            what = "";
            if (terminal) {
                out.print(BACK_AND_CLEAR);
                out.flush();
            }
        }
    }
}
