package prosa.doctor.check;

import java.time.Duration;

/** Durations as people are told them. */
final class Seconds {
    private static final double TENTHS = 10;
    private static final long MILLIS_IN_TENTH = 100;

    private Seconds() {}

    /** To a tenth. */
    static double of(Duration duration) {
        return Math.round((double) duration.toMillis() / MILLIS_IN_TENTH) / TENTHS;
    }
}
