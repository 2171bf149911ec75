package prosa.test.wire;

import java.time.Duration;
import java.time.Instant;
import prosa.application.port.HouseClock;

/** A clock that goes on, and can be put forward. */
public final class TestClock implements HouseClock {
    private volatile Duration ahead = Duration.ZERO;

    public void forward(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() + ahead.toNanos();
    }
}
