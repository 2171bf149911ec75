package prosa.delivery;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * A house that can't go on falls down at once, so that whoever watches it starts another: a thread is dead without which nothing is
 * delivered, or memory has run out, and then nobody knows who else went without. Left standing it would take connections and say nothing.
 *
 * <p><strong>Whoever catches more than exceptions and goes on calls {@link #ifOutOfMemory} first</strong>, and whoever is handed a failure
 * of somebody else's. Of a full heap the JVM itself would end the process ({@code -XX:+ExitOnOutOfMemoryError}, see {@code ./prosa}); of
 * direct memory and of threads it leaves that to us.
 *
 * <p>How the process ends is up to the handler of what nobody catches, which bootstrap installs. Without it, in a test for example,
 * things go on as if nobody had asked. Any thread; it needs no memory if there is none.
 */
public final class Collapse extends Error {
    private static final long serialVersionUID = 1;

    /** Causes have causes; in a circle perhaps. */
    private static final int DEEPEST = 32;

    private final String thread;

    private Collapse(String thread, Throwable cause) {
        super(thread + " has ended", cause);
        this.thread = thread;
    }

    /** The name of the thread that has ended. */
    public String thread() {
        return thread;
    }

    /** Ends the process if memory ran out: if this is an {@link OutOfMemoryError}, or was caused by one. Else does nothing. */
    public static void ifOutOfMemory(@Nullable Throwable failure) {
        OutOfMemoryError error = outOfMemory(failure);
        if (error != null) {
            handOver(error);
        }
    }

    /** What ran out, if something did. */
    public static @Nullable OutOfMemoryError outOfMemory(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            if (cause instanceof OutOfMemoryError error) {
                return error;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /**
     * Ends the process because a thread has ended without which the house is silent.
     *
     * @param thread its name
     * @param cause what nobody foresaw
     * @return to be thrown, should the process go on without a handler
     */
    public static Collapse of(String thread, Throwable cause) {
        if (cause instanceof Collapse already) {
            return already;
        }
        ifOutOfMemory(cause);
        Collapse collapse = new Collapse(thread, cause);
        handOver(collapse);
        return collapse;
    }

    private static void handOver(Throwable end) {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null) {
            handler.uncaughtException(Thread.currentThread(), end);
        }
    }
}
