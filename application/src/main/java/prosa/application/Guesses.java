package prosa.application;

import prosa.application.port.HouseClock;
import prosa.application.port.Peer;
import prosa.application.port.Rate;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Wrong secrets, of all kinds together. A network may show {@value #MOST} an hour; beyond it, what is wrong is refused as too fast, and what
 * is right passes: one pupil must not lock out a school. Who shows none has not guessed.
 *
 * <p>Any thread; its lock guards it.
 */
final class Guesses {
    static final int MOST = 20;

    /** Of two who guess one is new at most, so those who can be forgotten are gone before they are many. */
    private static final int LOOKED_AT = 4;

    private final HouseClock clock;
    private final ByNetwork<Budget> budgets;

    Guesses(HouseClock clock) {
        this.clock = clock;
        this.budgets = new ByNetwork<>(
                () -> Budget.of(Rate.perHour(MOST, MOST), clock.nanoTime()), budget -> budget.isFull(clock.nanoTime()));
    }

    /**
     * Counts a wrong secret.
     *
     * @param otherwise what the secret was for
     * @return to be thrown
     */
    synchronized Refused wrong(Peer peer, Reason otherwise) {
        budgets.forget(LOOKED_AT);
        Budget budget = budgets.of(peer.address());
        long now = clock.nanoTime();
        try {
            Budget.requireNoWait(budget.wait(1, now));
        } catch (Refused tooFast) {
            return tooFast;
        }
        budget.take(1, now);
        return new Refused(otherwise);
    }
}
