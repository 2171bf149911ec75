package prosa.bootstrap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on, and can be put forward. */
final class TestClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void forward(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
