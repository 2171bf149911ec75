package prosa.application;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import prosa.application.port.HouseClock;
import prosa.application.port.Limits;
import prosa.application.port.Rate;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Who may come, by the address from which they do: how often, and how many at a time. Wires ask before they let somebody in, without the
 * turn.
 *
 * <p>Any thread; its lock is held for moments.
 */
public final class Arrivals {
    /** Who is one too many comes back when somebody has gone, which nobody knows. */
    private static final Duration LATER = Duration.ofSeconds(10);

    /** Of two who come one is new at most, so those who can be forgotten are gone before they are many. */
    private static final int LOOKED_AT = 4;

    /** A browser opens so many sockets to load a page. */
    private static final int SOCKETS = 6;

    private final Limits limits;
    private final HouseClock clock;
    private final boolean off;
    private final ByNetwork<Address> addresses;
    private int connections;

    /** Anybody may come. */
    public static Arrivals unlimited() {
        return new Arrivals(Limits.NONE, HouseClock.over(() -> Instant.EPOCH));
    }

    Arrivals(Limits limits, HouseClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.off = limits.equals(Limits.NONE);
        this.addresses = new ByNetwork<>(
                () -> new Address(budget(limits.addressArrivals()), budget(sockets(limits.addressArrivals()))),
                Address::saysNothing);
    }

    private Budget budget(Rate rate) {
        return Budget.of(rate, clock.nanoTime());
    }

    private static Rate sockets(Rate arrivals) {
        return new Rate(arrivals.count() * SOCKETS, arrivals.period(), arrivals.burst() * SOCKETS);
    }

    /** What somebody takes up until they leave. */
    public interface Place {
        /** Of those who count nowhere. */
        Place NONE = () -> {};

        /** It is free again. May be called more than once. Any thread. */
        void leave();
    }

    private final class Address {
        private final Budget arrivals;
        private final Budget sockets;
        private int connections;
        private int visitors;
        private int waiting;

        Address(Budget arrivals, Budget sockets) {
            this.arrivals = arrivals;
            this.sockets = sockets;
        }

        boolean saysNothing() {
            long now = clock.nanoTime();
            return connections == 0 && visitors == 0 && waiting == 0 && arrivals.isFull(now) && sockets.isFull(now);
        }

        /** @throws Refused {@link Reason#TOO_FAST} */
        void come() {
            takeOne(arrivals);
        }

        /** @throws Refused {@link Reason#TOO_FAST} */
        void connect() {
            takeOne(sockets);
        }

        private void takeOne(Budget budget) {
            long now = clock.nanoTime();
            Budget.requireNoWait(budget.wait(1, now));
            budget.take(1, now);
        }
    }

    /**
     * Somebody connects by a socket, whatever for.
     *
     * @return theirs until it is closed
     * @throws Refused {@link Reason#TOO_FAST} if the address has too many, or too many came from there: {@value #SOCKETS} sockets for each
     *     that may come; {@link Reason#BUSY} if the server has too many
     */
    public synchronized Place connect(InetAddress from) {
        if (off) {
            return Place.NONE;
        }
        require(connections < limits.connections(), Reason.BUSY);
        if (isExempt(from)) {
            connections++;
            return once(() -> connections--);
        }
        addresses.forget(LOOKED_AT);
        Address address = addresses.of(from);
        require(address.connections < limits.addressConnections(), Reason.TOO_FAST);
        address.connect();
        connections++;
        address.connections++;
        return once(() -> {
            connections--;
            address.connections--;
        });
    }

    /**
     * Somebody comes to talk, and will be {@link #visiting}.
     *
     * @throws Refused {@link Reason#TOO_FAST} if too many came from there, or are here
     */
    public synchronized void comeToTalk(InetAddress from) {
        if (off || isExempt(from)) {
            return;
        }
        addresses.forget(LOOKED_AT);
        Address address = addresses.of(from);
        require(address.visitors < limits.addressConnections(), Reason.TOO_FAST);
        address.come();
    }

    /**
     * Somebody comes to listen, and will be {@link #waiting}.
     *
     * @throws Refused {@link Reason#TOO_FAST} if too many came from there, or listen
     */
    public synchronized void comeToListen(InetAddress from) {
        if (off || isExempt(from)) {
            return;
        }
        addresses.forget(LOOKED_AT);
        Address address = addresses.of(from);
        require(address.waiting < limits.addressWaiting(), Reason.TOO_FAST);
        address.come();
    }

    /** Somebody who talks is here. Never refused: who comes is asked before anything is answered. */
    synchronized Place visiting(InetAddress from) {
        if (off || isExempt(from)) {
            return Place.NONE;
        }
        Address address = addresses.of(from);
        address.visitors++;
        return once(() -> address.visitors--);
    }

    /** Somebody who listens is here; likewise. */
    synchronized Place waiting(InetAddress from) {
        if (off || isExempt(from)) {
            return Place.NONE;
        }
        Address address = addresses.of(from);
        address.waiting++;
        return once(() -> address.waiting--);
    }

    /**
     * Somebody asks for what is said next, and waits for it.
     *
     * @throws Refused {@link Reason#TOO_FAST} if too many from there do
     */
    synchronized Place polling(InetAddress from) {
        if (!off && !isExempt(from)) {
            require(addresses.of(from).waiting < limits.addressWaiting(), Reason.TOO_FAST);
        }
        return waiting(from);
    }

    private boolean isExempt(InetAddress from) {
        return limits.exempt().trusts(from);
    }

    private static void require(boolean allowed, Reason otherwise) {
        if (!allowed) {
            throw new Refused(otherwise, Optional.of(new Fault.TooSoon(LATER)));
        }
    }

    private Place once(Runnable leaving) {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                synchronized (this) {
                    leaving.run();
                }
            }
        };
    }
}
