package prosa.lab.figures;

import java.util.List;

/**
 * How long messages took, in microseconds from the moment each was due to be said (not from when it was sent, so that a stall counts
 * for all that it held up) to its arrival.
 *
 * @param count how many arrivals were measured; 0 if there were none, and then all else is 0
 * @param points the whole distribution, rising in both coordinates, for a plot
 */
public record Latency(long count, long p50, long p90, long p99, long max, List<Point> points) {
    public Latency {
        points = List.copyOf(points);
        Check.atLeast(0, count, "count");
        Check.atLeast(0, p50, "p50");
        Check.atLeast(p50, p90, "p90");
        Check.atLeast(p90, p99, "p99");
        Check.atLeast(p99, max, "max");
    }

    /**
     * A place of the distribution.
     *
     * @param percentile 0 to 100: how many of a hundred took no longer
     * @param micros than this
     */
    public record Point(double percentile, long micros) {
        public Point {
            Check.notNegative(percentile, "percentile");
            if (percentile > 100) {
                throw new IllegalArgumentException("percentile: " + percentile);
            }
            Check.atLeast(0, micros, "micros");
        }
    }
}
