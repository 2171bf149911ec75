package prosa.checker.run;

import java.time.Duration;

/**
 * How a round goes.
 *
 * @param seed of what is said
 * @param turn counts the rounds
 * @param calm how long people talk before the fault, and after all is well again
 * @param patience how long that may take, and how long observers may take to be shown all once nobody talks any more
 * @param perSecond how many messages are said, if nothing is in the way
 */
public record Pace(long seed, int turn, Duration calm, Duration patience, int perSecond) {
    /** @throws IllegalArgumentException if nothing is said */
    public Pace {
        if (perSecond < 1) {
            throw new IllegalArgumentException("not positive: " + perSecond);
        }
    }
}
