package prosa.application;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import prosa.application.port.HouseClock;
import prosa.application.port.Limits;
import prosa.application.port.Peer;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/**
 * How much people may say and how many rooms they may make, one by one and by the addresses from which they come. All that count something
 * are asked before any of them is charged.
 */
@OwnedByTurn
final class Allowances {
    /** Rooms are remembered in which something was said, so that who posts there again reads nothing. */
    private static final int KNOWN_ROOMS = 10_000;

    /** A second. A million at the bound would take minutes; those that are forgotten late say nothing. */
    private static final int LOOKED_AT = 2_048;

    private final Limits limits;
    private final HouseClock clock;
    private final boolean off;
    private final ByNetwork<Address> addresses;
    private final Map<RoomName, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Boolean> eldest) {
            return size() > KNOWN_ROOMS;
        }
    };

    Allowances(Limits limits, HouseClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.off = limits.equals(Limits.NONE);
        this.addresses = new ByNetwork<>(
                () -> new Address(limits, clock.nanoTime()), address -> address.isFull(clock.nanoTime()));
    }

    /** What somebody may say. */
    record Saying(Budget messages, Budget bytes) {
        long wait(int size, long now) {
            return Math.max(messages.wait(1, now), bytes.wait(size, now));
        }

        void take(int size, long now) {
            messages.take(1, now);
            bytes.take(size, now);
        }

        boolean isFull(long now) {
            return messages.isFull(now) && bytes.isFull(now);
        }
    }

    private record Address(Saying saying, Budget rooms) {
        Address(Limits limits, long now) {
            this(
                    new Saying(Budget.of(limits.addressMessages(), now), Budget.of(limits.addressBytes(), now)),
                    Budget.of(limits.addressRooms(), now));
        }

        boolean isFull(long now) {
            return saying.isFull(now) && rooms.isFull(now);
        }
    }

    /**
     * Somebody says something, to all or to one.
     *
     * @throws Refused {@link Reason#TOO_FAST}
     */
    void say(Person by, Text text) {
        assert DeliveryThread.hasTurn();
        if (off) {
            return;
        }
        int size = bytesOf(text.value());
        InetAddress from = by.peer().address();
        Saying own = by.saying(this::person);
        if (isExempt(from)) {
            long now = clock.nanoTime();
            Budget.requireNoWait(own.wait(size, now));
            own.take(size, now);
            return;
        }
        Saying address = addresses.of(from).saying();
        long now = clock.nanoTime(); // not before: a budget is full from the time on at which it was made
        Budget.requireNoWait(Math.max(own.wait(size, now), address.wait(size, now)));
        address.take(size, now);
        own.take(size, now);
    }

    private Saying person() {
        long now = clock.nanoTime();
        return new Saying(Budget.of(limits.personMessages(), now), Budget.of(limits.personBytes(), now));
    }

    /**
     * Somebody posts something, who is nobody but an address.
     *
     * @throws Refused {@link Reason#TOO_FAST}
     */
    void post(Peer by, Text text) {
        assert DeliveryThread.hasTurn();
        if (off || isExempt(by.address())) {
            return;
        }
        int size = bytesOf(text.value());
        Saying address = addresses.of(by.address()).saying();
        long now = clock.nanoTime();
        Budget.requireNoWait(address.wait(size, now));
        address.take(size, now);
    }

    /** Whether it has to be known of a room that is not open whether anything was ever said in it. */
    boolean asksFor(Peer by, RoomName room) {
        assert DeliveryThread.hasTurn();
        return !off && !isExempt(by.address()) && !isOfTheLab(by.address(), room) && !known.containsKey(room);
    }

    /** Something was said there. */
    void know(RoomName room) {
        assert DeliveryThread.hasTurn();
        if (!off) {
            known.put(room, true);
        }
    }

    /**
     * Somebody makes a room: nobody is in it, and nothing was ever said there.
     *
     * @throws Refused {@link Reason#TOO_FAST}
     */
    void make(Peer by, RoomName room) {
        assert DeliveryThread.hasTurn();
        if (!asksFor(by, room)) {
            return;
        }
        Budget rooms = addresses.of(by.address()).rooms();
        long now = clock.nanoTime();
        Budget.requireNoWait(rooms.wait(1, now));
        rooms.take(1, now);
    }

    /** A class's sessions all come by the lab's relay, from this machine, each with a room of its own. */
    private static boolean isOfTheLab(InetAddress address, RoomName room) {
        return !room.isListed() && (address.isLoopbackAddress() || address.isAnyLocalAddress());
    }

    private boolean isExempt(InetAddress address) {
        return limits.exempt().trusts(address);
    }

    /** In UTF-8. */
    private static int bytesOf(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** To be called once a second: who has all of it again is forgotten. */
    void inspect() {
        assert DeliveryThread.hasTurn();
        addresses.forget(LOOKED_AT);
    }
}
