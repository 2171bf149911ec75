package prosa.lab.page;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told to a page: 512 reports of some 5 KB. What comes beyond that, because the page reads too slowly or too much
 * passes, is left out and counted, and the page is told how many were.
 *
 * <p>Reports may come from any thread; one thread takes them.
 */
final class Reports {
    static final int MOST = 512;

    /** What happened to a connection needs a place also while a flood passes through it: without that the page would misread the rest. */
    static final int MOST_OF_TRAFFIC = 448;

    private static final long BETWEEN_COUNTS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Report> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicInteger leftOut = new AtomicInteger();
    private @Nullable Long lastCount;

    /** Something happened. */
    void add(Report report) {
        if (!waiting.offer(report)) {
            leftOut.incrementAndGet();
        }
    }

    /** Something passed. */
    void addTraffic(Report report) {
        if (waiting.size() < MOST_OF_TRAFFIC) {
            add(report);
        } else {
            leftOut.incrementAndGet();
        }
    }

    /**
     * The next one. Once a second at most it says how many were left out since the last one that did.
     *
     * @param millis how long to wait for it
     * @param nanoTime now
     * @param at the same, as the page counts
     * @return null if there is none within the time
     */
    @Nullable
    Report next(long millis, long nanoTime, double at) throws InterruptedException {
        if (leftOut.get() > 0 && (lastCount == null || nanoTime - lastCount >= BETWEEN_COUNTS)) {
            lastCount = nanoTime;
            return new Report("left-out", at).with("count", leftOut.getAndSet(0));
        }
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}
