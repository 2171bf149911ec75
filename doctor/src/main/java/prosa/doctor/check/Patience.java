package prosa.doctor.check;

import java.time.Duration;

/**
 * How long is waited.
 *
 * @param held for a feed that is held back, at most
 * @param silence for how long connections are watched
 * @param poll for how long a long poll waits, of whole seconds; less than {@code silence}
 */
public record Patience(Duration held, Duration silence, Duration poll) {
    /** Half a minute in all: each heartbeat is waited for once. */
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(25), Duration.ofSeconds(28), Duration.ofSeconds(25));

    /** As long as a long poll may wait, and for proxies that end what is older than a minute. */
    public static final Patience MUCH =
            new Patience(Duration.ofSeconds(25), Duration.ofSeconds(90), Duration.ofSeconds(60));
}
