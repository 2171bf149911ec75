package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Descriptors are counted seldom, and never overrun. */
class DescriptorsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long left = 1_000;
    private int counts;

    private final Descriptors descriptors = new Descriptors(() -> {
        counts++;
        return left;
    });

    @Test
    void aBurstIsCountedOnceOrTwice() {
        int taken = 0;
        while (descriptors.atLeast(Descriptors.RESERVE, 0)) {
            descriptors.taken(1);
            left--;
            taken++;
        }
        assertEquals(1_000 - Descriptors.RESERVE + 1, taken);
        assertTrue(counts <= 3, counts + " counts");
    }

    @Test
    void whatIsFreeAgainIsSeenAfterAWhile() {
        left = 10;
        assertFalse(descriptors.atLeast(Descriptors.LAST, 0));
        left = 500;
        assertFalse(descriptors.atLeast(Descriptors.LAST, SECOND / 100), "nobody counts all day");
        assertTrue(descriptors.atLeast(Descriptors.LAST, SECOND / 4));
    }

    @Test
    void whatOthersTakeIsSeenWithinASecond() {
        assertTrue(descriptors.atLeast(Descriptors.RESERVE, 0));
        left = 3;
        assertFalse(descriptors.atLeast(Descriptors.RESERVE, SECOND));
    }

    @Test
    void aSystemThatGivesNoneIsBelieved() {
        assertTrue(descriptors.atLeast(Descriptors.RESERVE, 0));
        descriptors.refused(new IOException("Too many open files"), 0);
        assertFalse(descriptors.atLeast(1, SECOND / 100));
        assertTrue(descriptors.atLeast(1, SECOND / 4));
    }
}
