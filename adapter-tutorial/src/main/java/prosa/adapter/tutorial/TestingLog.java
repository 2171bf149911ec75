package prosa.adapter.tutorial;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what {@code /testing} is told: at most 10 lines a second, the last of which says how many were left out. One client
 * once wrote 138 MB in 4 s.
 *
 * <p>Any thread; its lock guards the count.
 */
final class TestingLog {
    private static final Logger LOG = LoggerFactory.getLogger(TestingSocket.class);

    /** One line of the ten is for those that were left out. */
    private static final int LINES = 9;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long second = System.nanoTime() - SECOND;
    private int lines;
    private int leftOut;

    synchronized void heard(String text) {
        long now = System.nanoTime();
        if (now - second >= SECOND) {
            second = now;
            lines = 0;
        }
        if (lines < LINES) {
            lines++;
            LOG.info("/testing: {}", text);
        } else if (leftOut++ == 0) {
            CompletableFuture.delayedExecutor(second + SECOND - now, TimeUnit.NANOSECONDS)
                    .execute(this::tellLeftOut);
        }
    }

    private synchronized void tellLeftOut() {
        LOG.info("/testing: {} more, left out", leftOut);
        leftOut = 0;
    }
}
