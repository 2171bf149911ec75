package prosa.application;

import java.time.Duration;
import java.time.Instant;
import prosa.application.port.HouseClock;

/** A clock that stands still until it is moved. Any thread. */
public final class SettableClock implements HouseClock {
    private volatile Instant now;
    private volatile long nanoTime;

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    /** Time goes by. */
    public void advance(Duration by) {
        now = now.plus(by);
        nanoTime = nanoTime + by.toNanos();
    }

    /** Somebody sets the time of day. */
    public void set(Instant now) {
        this.now = now;
    }
}
