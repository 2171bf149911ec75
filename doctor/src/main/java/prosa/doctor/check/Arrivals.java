package prosa.doctor.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import prosa.lab.tls.Leg;

/** What comes on a connection, up to a deadline, and when the last of it came. For one thread. */
final class Arrivals extends InputStream {
    private final Leg leg;
    private long deadline;
    private long last = System.nanoTime();

    Arrivals(Leg leg, Duration within) {
        this.leg = leg;
        within(within);
    }

    /** From now on. */
    void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Since something came, or since the connection was opened. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - last);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws SocketTimeoutException if the time is over */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        leg.limitReads((int) millis);
        int count = leg.in().read(into, offset, length);
        if (count > 0) {
            last = System.nanoTime();
        }
        return count;
    }
}
