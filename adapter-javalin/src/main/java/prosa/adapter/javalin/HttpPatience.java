package prosa.adapter.javalin;

import java.time.Duration;

/**
 * How long a client may dawdle.
 *
 * @param head for the whole of a request's head
 * @param body in which its body must bring {@link #LEAST_BYTES} at least, if it isn't at its end
 * @param between two requests
 */
record HttpPatience(Duration head, Duration body, Duration between) {
    /** What a body must bring in that time. */
    static final int LEAST_BYTES = 10 << 10;

    static final HttpPatience USUAL =
            new HttpPatience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** How often it is looked at all connections. */
    Duration look() {
        return Duration.ofNanos(Math.min(Duration.ofSeconds(1).toNanos(), head.toNanos() / 4));
    }
}
