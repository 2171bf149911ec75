package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithTheTurn.class)
class CadenceTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Cadence.LONGEST.toNanos();

    private final Cadence cadence = new Cadence(Cadence.LONGEST);

    @Test
    void theFirstMessageGoesOutAtOnce() {
        long now = System.nanoTime();
        assertEquals(now, cadence.nextRound(now));
    }

    @Test
    void roundsTakeTheirShareOfTheTimeAndNoMore() {
        cadence.begin(1_000);
        cadence.worked(MILLI);
        assertEquals(1_000 + Cadence.SHARE * MILLI, cadence.nextRound(1_000 + MILLI));
    }

    @Test
    void noMessageWaitsLongerThanTheLongest() {
        cadence.begin(0);
        cadence.worked(5 * MILLI);
        assertEquals(5 * MILLI + LONGEST, cadence.nextRound(5 * MILLI));
    }

    @Test
    void whereWritesAreDearThePauseIsShorterSoThatTheDelayStaysTheSame() {
        cadence.begin(0);
        cadence.worked(10 * MILLI);
        long missed = 10 * MILLI;
        assertEquals(Cadence.DELAY.toNanos(), cadence.nextRound(10 * MILLI) + missed);
    }

    @Test
    void roundsThatAreLongerThanThatLeaveOthersAPartOfTheThread() {
        cadence.begin(0);
        cadence.worked(200 * MILLI);
        assertEquals(250 * MILLI, cadence.nextRound(200 * MILLI));
    }

    @Test
    void whatIsWorkedInSeveralTurnsIsOneRound() {
        cadence.begin(0);
        cadence.worked(MILLI);
        cadence.worked(2 * MILLI);
        assertEquals(Math.min(3 * Cadence.SHARE * MILLI, 3 * MILLI + LONGEST), cadence.nextRound(5 * MILLI));
        cadence.begin(100 * MILLI);
        cadence.worked(MILLI);
        assertEquals(
                (100 + Cadence.SHARE) * MILLI, cadence.nextRound(101 * MILLI), "the last round counts, and no other");
    }

    @Test
    void aRoundThatIsOverdueBeginsNow() {
        cadence.begin(0);
        cadence.worked(MILLI);
        assertEquals(Cadence.SHARE * MILLI + 1, cadence.nextRound(Cadence.SHARE * MILLI + 1));
        assertEquals(500 * MILLI, cadence.nextRound(500 * MILLI));
    }

    @Test
    void theClockMayWrapAround() {
        cadence.begin(Long.MAX_VALUE - MILLI);
        cadence.worked(MILLI);
        assertEquals(Long.MIN_VALUE + (Cadence.SHARE - 1) * MILLI - 1, cadence.nextRound(Long.MAX_VALUE));
    }
}
