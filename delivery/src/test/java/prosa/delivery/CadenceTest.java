package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithTheTurn.class)
class CadenceTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Cadence.LONGEST.toNanos();

    private static final int MANY = 10_000;

    private final Cadence cadence = new Cadence(Cadence.LONGEST);

    @Test
    void theFirstMessageGoesOutAtOnce() {
        long now = System.nanoTime();
        assertEquals(now, cadence.nextRound(now));
    }

    @Test
    void roundsTakeTheirShareOfTheTimeAndNoMore() {
        cadence.begin(1_000);
        cadence.worked(MILLI, MANY);
        assertEquals(1_000 + Cadence.SHARE * MILLI, cadence.nextRound(1_000 + MILLI));
    }

    /** While the thread wrote to three, another had its processor for 30 ms. */
    @Test
    void aRoundThatWasHeldUpCountsForWhatItsWritesCost() {
        cadence.begin(0);
        cadence.worked(30 * MILLI, 3);
        long pause = 3 * Cadence.DEAREST_WRITE.toNanos() * (Cadence.SHARE - 1);
        assertEquals(30 * MILLI + pause, cadence.nextRound(30 * MILLI));
    }

    @Test
    void noMessageWaitsLongerThanTheLongest() {
        cadence.begin(0);
        cadence.worked(5 * MILLI, MANY);
        assertEquals(5 * MILLI + LONGEST, cadence.nextRound(5 * MILLI));
    }

    @Test
    void whereWritesAreDearThePauseIsShorterSoThatTheDelayStaysTheSame() {
        cadence.begin(0);
        cadence.worked(10 * MILLI, MANY);
        long missed = 10 * MILLI;
        assertEquals(Cadence.DELAY.toNanos(), cadence.nextRound(10 * MILLI) + missed);
    }

    @Test
    void roundsThatAreLongerThanThatLeaveOthersAPartOfTheThread() {
        cadence.begin(0);
        cadence.worked(200 * MILLI, MANY);
        assertEquals(250 * MILLI, cadence.nextRound(200 * MILLI));
    }

    @Test
    void whatIsWorkedInSeveralTurnsIsOneRound() {
        cadence.begin(0);
        cadence.worked(MILLI, MANY);
        cadence.worked(2 * MILLI, MANY);
        assertEquals(Math.min(3 * Cadence.SHARE * MILLI, 3 * MILLI + LONGEST), cadence.nextRound(5 * MILLI));
        cadence.begin(100 * MILLI);
        cadence.worked(MILLI, MANY);
        assertEquals(
                (100 + Cadence.SHARE) * MILLI, cadence.nextRound(101 * MILLI), "the last round counts, and no other");
    }

    @Test
    void aRoundThatIsOverdueBeginsNow() {
        cadence.begin(0);
        cadence.worked(MILLI, MANY);
        assertEquals(Cadence.SHARE * MILLI + 1, cadence.nextRound(Cadence.SHARE * MILLI + 1));
        assertEquals(500 * MILLI, cadence.nextRound(500 * MILLI));
    }

    @Test
    void theClockMayWrapAround() {
        cadence.begin(Long.MAX_VALUE - MILLI);
        cadence.worked(MILLI, MANY);
        assertEquals(Long.MIN_VALUE + (Cadence.SHARE - 1) * MILLI - 1, cadence.nextRound(Long.MAX_VALUE));
    }
}
