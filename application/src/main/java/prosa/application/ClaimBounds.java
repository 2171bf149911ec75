package prosa.application;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import prosa.application.port.HouseClock;
import prosa.application.port.Network;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** How many names the people of one network may have: names are few, and one could take them all. */
@OwnedByTurn
final class ClaimBounds {
    static final int NEW_A_DAY = 3;
    static final int IN_ALL = 5;

    private static final Duration DAY = Duration.ofDays(1);

    private final HouseClock clock;
    private final Map<Network, Integer> held = new HashMap<>();
    /** When names were claimed within a day, on the clock's nanoTime, also those that were given up since. The oldest first. */
    private final Map<Network, ArrayDeque<Long>> lately = new HashMap<>();

    ClaimBounds(HouseClock clock) {
        this.clock = clock;
    }

    /** @throws Refused {@link Reason#TOO_FAST} if they can't claim one more now */
    void require(Network network) {
        assert DeliveryThread.hasTurn();
        if (held.getOrDefault(network, 0) >= IN_ALL) {
            // No time helps against that.
            throw new Refused(Reason.TOO_FAST, Optional.of(new Fault.TooManyNames(IN_ALL)));
        }
        long now = clock.nanoTime();
        forget(now);
        ArrayDeque<Long> times = lately.get(network);
        if (times != null && times.size() >= NEW_A_DAY) {
            long oldest = times.stream().mapToLong(at -> now - at).max().orElse(0);
            throw new Refused(Reason.TOO_FAST, Optional.of(new Fault.TooSoon(DAY.minusNanos(oldest))));
        }
    }

    /**
     * One more. Before the house opens, on any thread.
     *
     * @param age how long ago it was claimed
     */
    @OwnedByTurn.AnyThread
    void add(Network network, Duration age) {
        held.merge(network, 1, Integer::sum);
        if (age.compareTo(DAY) < 0) {
            lately.computeIfAbsent(network, asked -> new ArrayDeque<>())
                    .addLast(clock.nanoTime() - Math.max(0, age.toNanos()));
        }
    }

    /** One less. It was claimed all the same. */
    void remove(Network network) {
        assert DeliveryThread.hasTurn();
        held.computeIfPresent(network, (asked, count) -> count > 1 ? count - 1 : null);
    }

    /** One that was never kept. */
    void undo(Network network) {
        assert DeliveryThread.hasTurn();
        remove(network);
        ArrayDeque<Long> times = lately.get(network);
        if (times != null) {
            times.pollLast();
        }
    }

    private void forget(long now) {
        lately.values().removeIf(times -> {
            times.removeIf(at -> now - at >= DAY.toNanos());
            return times.isEmpty();
        });
    }
}
