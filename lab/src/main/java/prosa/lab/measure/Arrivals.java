package prosa.lab.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import prosa.lab.client.Said;
import prosa.lab.figures.Latency;

/** Takes down how long each message of a schedule took to each of its followers, from when it was due. Any thread may tell it. */
final class Arrivals {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;
    private static final int STEPS_PER_HALF = 5;

    private final Schedule schedule;
    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final AtomicLong missing;
    private final CountDownLatch complete = new CountDownLatch(1);

    Arrivals(Schedule schedule, int followers) {
        this.schedule = schedule;
        this.missing = new AtomicLong((long) schedule.count() * followers);
    }

    void said(Said said) {
        schedule.number(said.text()).ifPresent(number -> {
            long nanos = Math.max(0, said.arrivedNanos() - schedule.dueNanos(number));
            micros.recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
            if (missing.decrementAndGet() == 0) {
                complete.countDown();
            }
        });
    }

    /** Waits until all have arrived, or the time is over. */
    void await(Duration atMost) throws InterruptedException {
        complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many have not arrived. */
    long missing() {
        return Math.max(0, missing.get());
    }

    long count() {
        return micros.getTotalCount();
    }

    Latency latency() {
        if (count() == 0) {
            return new Latency(0, 0, 0, 0, 0, List.of());
        }
        List<Latency.Point> points = new ArrayList<>();
        for (HistogramIterationValue value : micros.percentiles(STEPS_PER_HALF)) {
            points.add(new Latency.Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return new Latency(
                count(),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(90),
                micros.getValueAtPercentile(99),
                micros.getMaxValue(),
                points);
    }
}
