package prosa.test.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import prosa.test.wire.client.Mailbox;

/** Looks again and again, for what nobody is told of. */
public final class Waiting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Waiting() {}

    public static void await(String what, BooleanSupplier condition) {
        await(what, Mailbox.DEADLINE, condition);
    }

    public static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "not in time: " + what);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
