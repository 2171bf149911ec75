package prosa.lab.figures;

import java.time.Duration;

/**
 * What was asked of each wire.
 *
 * @param subscribers how many connections followed the room at once
 * @param ratePerSecond how many messages were due to be said each second, at even distances
 * @param duration for how long what was due counted
 * @param warmUp for how long the same went on before at eight times the rate, if the server could take it, without counting
 * @param textBytes the length of a message's text in UTF-8
 * @param idleConnections how many connections were opened to find what one costs in memory; 0 if that was not measured
 */
public record Settings(
        int subscribers, int ratePerSecond, Duration duration, Duration warmUp, int textBytes, int idleConnections) {
    public Settings {
        Check.atLeast(1, subscribers, "subscribers");
        Check.atLeast(1, ratePerSecond, "ratePerSecond");
        Check.atLeast(1, duration.toMillis(), "duration");
        Check.atLeast(0, warmUp.toMillis(), "warmUp");
        Check.atLeast(1, textBytes, "textBytes");
        Check.atLeast(0, idleConnections, "idleConnections");
    }

    /** The same after another warm-up. */
    public Settings warmedUp(Duration other) {
        return new Settings(subscribers, ratePerSecond, duration, other, textBytes, idleConnections);
    }

    /** The same for another time. */
    public Settings lasting(Duration other) {
        return new Settings(subscribers, ratePerSecond, other, warmUp, textBytes, idleConnections);
    }
}
