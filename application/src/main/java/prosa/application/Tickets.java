package prosa.application;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Credentials;
import prosa.application.port.HouseClock;
import prosa.application.port.Network;
import prosa.application.port.Peer;
import prosa.application.port.Proxies;
import prosa.application.port.Secret;
import prosa.application.port.Ticket;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Tickets: what a browser shows where it can set no header (an EventSource, WHATWG HTML §9.2; a WebSocket, WHATWG WebSockets §3.1). Its address
 * stands in logs and histories, so a ticket is worth less than what it stands for: it lets in one connection at a time, and holds only while that
 * lives, for {@link #IDLE} after each end of it, and for {@link #LONGEST} at most.
 *
 * <p>A ticket is not used up by a connection, as an EventSource comes back at the same address. What it stands for is looked at each time: a
 * key that opens its room no more is not shown. Tickets are in memory alone, and end with the server.
 *
 * <p>Any thread; its lock guards it.
 */
final class Tickets {
    static final Duration IDLE = Duration.ofMinutes(2);
    static final Duration LONGEST = Duration.ofHours(12);

    /** Those that hold no more are forgotten so often: it is asked on the delivery thread, of all at once. */
    private static final Duration INSPECTION = Duration.ofMinutes(1);

    /** Some 23 MB: one that stands for two rooms takes 465 bytes, as 49,000 of them did. */
    static final int MOST = 50_000;

    /** As many as a network may have connections. */
    static final int MOST_OF_NETWORK = 500;

    private final HouseClock clock;
    private final ClosedRooms closedRooms;
    private final Proxies exempt;
    private final SecureRandom random = new SecureRandom();

    private final Map<Secret.Hash, Held> all = new HashMap<>();
    private final Map<Network, Integer> ofNetwork = new HashMap<>();
    private long inspected;

    /** @param exempt addresses that stand for many others, and may have any number */
    Tickets(HouseClock clock, ClosedRooms closedRooms, Proxies exempt) {
        this.clock = clock;
        this.closedRooms = closedRooms;
        this.exempt = exempt;
        this.inspected = clock.nanoTime();
    }

    /** What a ticket stands for, and who has come with it. */
    private static final class Held {
        private final Map<RoomName, Secret> roomKeys;
        private final Network network;
        private final long madeAt;
        private Optional<Secret> claim;
        private Optional<Name> name;
        private boolean vouched;
        /** Since when nobody is here with it, on the clock's nanoTime. */
        private long leftAt;

        private @Nullable Connected connected;

        Held(Map<RoomName, Secret> roomKeys, Optional<Name> name, Peer peer, long now) {
            this.roomKeys = roomKeys;
            this.network = new Network(peer.address());
            this.vouched = peer.vouched().isPresent();
            this.claim = name.isPresent() && !vouched ? peer.credentials().claim() : Optional.empty();
            this.name = name;
            this.madeAt = now;
            this.leftAt = now;
        }

        boolean isOver(long now) {
            return now - madeAt >= LONGEST.toNanos() || connected == null && now - leftAt >= IDLE.toNanos();
        }
    }

    /** A connection of somebody with a ticket, or without: then nothing comes of it. */
    interface Use {
        /** Of those who have none. */
        Use NONE = new Use() {
            @Override
            public void begin(Runnable replaced) {}

            @Override
            public void end() {}
        };

        /** @param replaced run when somebody else comes with the same ticket, on the thread that begins that use */
        void begin(Runnable replaced);

        /** May be called more than once, and before it has begun. */
        void end();
    }

    /**
     * Makes one.
     *
     * @param peer has shown secrets that are right
     * @param name theirs, if they have shown that
     * @throws Refused {@link Reason#TOO_FAST} if their network has too many, {@link Reason#BUSY} if the server has
     */
    synchronized Ticket issue(Peer peer, Optional<Name> name) {
        Map<RoomName, Secret> keys = new HashMap<>(peer.credentials().roomKeys());
        keys.keySet().removeIf(room -> !closedRooms.isClosed(room));
        Held held = new Held(Map.copyOf(keys), name, peer, clock.nanoTime());
        require(all.size() < MOST, Reason.BUSY);
        require(
                exempt.trusts(peer.address()) || ofNetwork.getOrDefault(held.network, 0) < MOST_OF_NETWORK,
                Reason.TOO_FAST);
        Secret secret = Secret.made(Secret.Kind.TICKET, random);
        all.put(secret.hash(), held);
        ofNetwork.merge(held.network, 1, Integer::sum);
        return new Ticket(secret, clock.instant().plus(IDLE));
    }

    private void require(boolean allowed, Reason otherwise) {
        if (!allowed) {
            throw new Refused(otherwise, Optional.of(new Fault.TooSoon(IDLE)));
        }
    }

    /** Somebody with all that their ticket stands for, and without it; as they are, if they have none that holds. */
    synchronized Peer redeem(Peer peer) {
        Held held = find(peer);
        if (held == null) {
            return peer;
        }
        Map<RoomName, Secret> keys = new HashMap<>(held.roomKeys);
        keys.entrySet().removeIf(key -> !closedRooms.opens(key.getKey(), key.getValue()));
        Credentials shown = peer.credentials();
        keys.putAll(shown.roomKeys());
        return new Peer(
                peer.via(),
                peer.address(),
                new Credentials(keys, shown.claim().or(() -> held.claim), shown.operator()),
                peer.vouched().or(() -> held.vouched ? held.name : Optional.empty()));
    }

    private @Nullable Held find(Peer peer) {
        Held held = peer.credentials()
                .ticket()
                .map(ticket -> all.get(ticket.hash()))
                .orElse(null);
        return held == null || held.isOver(clock.nanoTime()) ? null : held;
    }

    /** A connection of somebody who comes. */
    synchronized Use use(Peer peer) {
        Held held = find(peer);
        return held == null ? Use.NONE : new Connected(held);
    }

    /** Nobody shows any more that this name is theirs by a ticket. */
    synchronized void revoke(Name name) {
        for (Held held : all.values()) {
            if (held.name.filter(own -> own.key().equals(name.key())).isPresent()) {
                held.name = Optional.empty();
                held.claim = Optional.empty();
                held.vouched = false;
            }
        }
    }

    /** The look once a second. */
    synchronized void inspect() {
        long now = clock.nanoTime();
        if (now - inspected < INSPECTION.toNanos()) {
            return;
        }
        inspected = now;
        all.values().removeIf(held -> {
            boolean over = held.isOver(now);
            if (over) {
                ofNetwork.computeIfPresent(held.network, (network, count) -> count > 1 ? count - 1 : null);
            }
            return over;
        });
    }

    private final class Connected implements Use {
        private final Held held;
        private boolean over;
        private Runnable replaced = () -> {};

        Connected(Held held) {
            this.held = held;
        }

        @Override
        public void begin(Runnable replaced) {
            Connected before;
            synchronized (Tickets.this) {
                if (over) {
                    return;
                }
                this.replaced = replaced;
                before = held.connected;
                held.connected = this;
            }
            if (before != null) {
                before.replaced.run();
            }
        }

        @Override
        public void end() {
            synchronized (Tickets.this) {
                over = true;
                if (held.connected == this) {
                    held.connected = null;
                    held.leftAt = clock.nanoTime();
                }
            }
        }
    }
}
