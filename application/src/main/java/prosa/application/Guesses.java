package prosa.application;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import prosa.application.port.HouseClock;
import prosa.application.port.Network;
import prosa.application.port.Peer;
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

    /** After so long one guess is forgiven. */
    private static final Duration FORGIVEN = Duration.ofHours(1).dividedBy(MOST);

    /** The most networks that are remembered, some 10 MB; beyond it who guessed first is forgiven. 128 bits take longer to guess. */
    private static final int MAX_NETWORKS = 100_000;

    private final HouseClock clock;
    /** When all is forgiven, on the clock's nanoTime, in the order of the last guess. */
    private final SequencedMap<Network, Long> forgiven = new LinkedHashMap<>();

    Guesses(HouseClock clock) {
        this.clock = clock;
    }

    /**
     * Counts a wrong secret.
     *
     * @param otherwise what the secret was for
     * @return to be thrown
     */
    synchronized Refused wrong(Peer peer, Reason otherwise) {
        long now = clock.nanoTime();
        Network network = new Network(peer.address());
        Long before = forgiven.remove(network);
        long from = before == null || before - now < 0 ? now : before;
        long full = from + FORGIVEN.toNanos();
        boolean tooMany = full - now > MOST * FORGIVEN.toNanos();
        forgiven.put(network, tooMany ? from : full);
        forget(now);
        return new Refused(tooMany ? Reason.TOO_FAST : otherwise);
    }

    private void forget(long now) {
        while (forgiven.size() > MAX_NETWORKS || forgiven.firstEntry().getValue() - now < 0) {
            forgiven.pollFirstEntry();
        }
    }
}
