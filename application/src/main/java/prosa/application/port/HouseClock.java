package prosa.application.port;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day, and a time that only goes on. Terms count by the second: the first may be set back and forth by people and
 * programs.
 *
 * <p>Any thread.
 */
public interface HouseClock extends InstantSource {
    /** Nanoseconds since some moment; as {@link System#nanoTime()}, only differences mean something. */
    long nanoTime();

    /** That time of day, and the system's time that only goes on. */
    static HouseClock over(InstantSource timeOfDay) {
        return new HouseClock() {
            @Override
            public Instant instant() {
                return timeOfDay.instant();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
