package prosa.test.wire.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What has arrived, in order, for a test that waits for it.
 *
 * <p>Its own lock guards all of it: one thread puts, another one takes.
 */
public final class Mailbox<T> {
    /** What does not come within this time fails the test. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private final List<T> all = new ArrayList<>();
    private int taken;
    private boolean ended;
    private Consumer<? super T> forward = item -> {};
    private Runnable atEnd = () -> {};

    public synchronized void put(T item) {
        all.add(item);
        forward.accept(item);
        notifyAll();
    }

    /** Nothing more will come. */
    public synchronized void end() {
        ended = true;
        atEnd.run();
        notifyAll();
    }

    /** Hands on what was not taken yet and all that comes, instead of having it taken here. */
    public synchronized void forEach(Consumer<? super T> then, Runnable finallyThen) {
        rest().forEach(then);
        taken = all.size();
        forward = then;
        atEnd = finallyThen;
        if (ended) {
            finallyThen.run();
        }
    }

    /** The next one that was not taken yet. */
    public T next() {
        return next(any -> true);
    }

    /** The next one of that kind; those before it are skipped. */
    public synchronized T next(Predicate<? super T> wanted) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            while (taken < all.size()) {
                T item = all.get(taken++);
                if (wanted.test(item)) {
                    return item;
                }
            }
            await(deadline);
        }
    }

    /** All from the next one that was not taken yet to the first of that kind. */
    public synchronized List<T> upTo(Predicate<? super T> last) {
        int from = taken;
        next(last);
        return List.copyOf(all.subList(from, taken));
    }

    /** Waits until all that ever came is enough. */
    public synchronized List<T> until(Predicate<? super List<T>> enough) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!enough.test(all)) {
            await(deadline);
        }
        return List.copyOf(all);
    }

    /** All that ever came. */
    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** What came and was not taken yet. */
    public synchronized List<T> rest() {
        return List.copyOf(all.subList(taken, all.size()));
    }

    /** Waits for the end, in whichever way it comes, and returns what was not taken yet. */
    public synchronized List<T> untilEnd() {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!ended) {
            await(deadline);
        }
        return rest();
    }

    private void await(long deadline) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (ended || millis <= 0) {
            throw new AssertionError((ended ? "ended after " : "nothing more came in time after ") + shown());
        }
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<T> shown() {
        return all.subList(Math.max(0, all.size() - 30), all.size());
    }
}
