package prosa.delivery;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** In the place of the handler that ends the process: says what it would have ended it for. One at a time in a JVM. */
public final class Ends implements UncaughtExceptionHandler, AutoCloseable {
    private static final long DEADLINE_SECONDS = 10;

    private final LinkedBlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    public Ends() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        ends.add(thrown);
    }

    /** What the process would have ended for first, and is not told yet. */
    public Throwable next() throws InterruptedException {
        Throwable end = ends.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("it goes on");
        }
        return end;
    }

    /** All that nobody was told yet. */
    public List<Throwable> rest() {
        return List.copyOf(ends);
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
