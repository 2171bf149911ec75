package prosa.application;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Via;

/** Somebody who came over a connection on which they can speak: how they are told things, and in which rooms they are. */
@OwnedByTurn
final class Person {
    private final Peer peer;
    private final Recipient recipient;

    /** Of what secrets they have shown that were right. */
    private Set<Secret.Hash> shown = Set.of();

    /** Most people are in one room at most, so there is a map only in what it says. */
    private Map<RoomName, Membership> memberships = Map.of();

    private boolean operator;

    /** What they have shown for closed rooms. */
    private Map<RoomName, Secret> keys = Map.of();

    /** As whom they were muted, by room. */
    private Map<RoomName, Name> muted = Map.of();

    private Allowances.@Nullable Saying saying;

    /** What a command means that names no room. */
    private @Nullable RoomName current;

    Person(Peer peer, Recipient recipient) {
        this.peer = peer;
        this.recipient = recipient;
    }

    @OwnedByTurn.AnyThread
    Peer peer() {
        return peer;
    }

    /** What they may say. Most who listen never ask. */
    Allowances.Saying saying(Supplier<Allowances.Saying> fresh) {
        assert DeliveryThread.hasTurn();
        if (saying == null) {
            saying = fresh.get();
        }
        return saying;
    }

    @OwnedByTurn.AnyThread
    Via via() {
        return peer.via();
    }

    /** As {@link Peer#called}. */
    @OwnedByTurn.AnyThread
    Optional<Name> called(Optional<Name> asked) {
        return peer.called(asked);
    }

    Recipient recipient() {
        return recipient;
    }

    /** They have shown the operators' token. */
    void becomeOperator() {
        assert DeliveryThread.hasTurn();
        operator = true;
    }

    boolean isOperator() {
        assert DeliveryThread.hasTurn();
        return operator;
    }

    /** They have shown this for a room. */
    void showed(RoomName room, Secret key) {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Secret> all = new HashMap<>(keys);
        all.put(room, key);
        keys = Map.copyOf(all);
    }

    /** What they have shown for a room, right or wrong. */
    Optional<Secret> keyTo(RoomName room) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(keys.get(room))
                .or(() -> Optional.ofNullable(peer.credentials().roomKeys().get(room)));
    }

    /** They were muted under this name: that goes with them when they are called otherwise. */
    void muted(RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Name> all = new HashMap<>(muted);
        all.put(room, name);
        muted = Map.copyOf(all);
    }

    /** The name under which they were muted. */
    Optional<Name> mutedAs(RoomName room) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(muted.get(room));
    }

    /** Where they are, if they are in a room. */
    Optional<Membership> membership() {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(current).flatMap(this::in);
    }

    /**
     * Where they are.
     *
     * @throws Refused {@link Reason#NOT_JOINED}
     */
    Membership here() {
        assert DeliveryThread.hasTurn();
        return membership().orElseThrow(() -> new Refused(Reason.NOT_JOINED));
    }

    Optional<Membership> in(RoomName room) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(memberships.get(room));
    }

    /** All rooms that they are in. */
    List<Membership> memberships() {
        assert DeliveryThread.hasTurn();
        return List.copyOf(memberships.values());
    }

    /** They have shown a secret, and need not do so again on this connection. */
    void showed(Secret.Hash right) {
        assert DeliveryThread.hasTurn();
        Set<Secret.Hash> all = new HashSet<>(shown);
        all.add(right);
        shown = Set.copyOf(all);
    }

    boolean hasShown(Secret.Hash right) {
        assert DeliveryThread.hasTurn();
        return shown.contains(right);
    }

    /** They are in a room, or are called otherwise there. */
    void entered(Membership membership) {
        assert DeliveryThread.hasTurn();
        changed(membership);
        current = membership.roomName();
    }

    /** Something is otherwise about their being in a room, wherever they are at the moment. */
    void changed(Membership membership) {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Membership> all = new HashMap<>(memberships);
        membership.show(Optional.ofNullable(all.put(membership.roomName(), membership)));
        memberships = Map.copyOf(all);
    }

    void left(Membership membership) {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Membership> all = new HashMap<>(memberships);
        all.remove(membership.roomName());
        memberships = Map.copyOf(all);
        if (membership.roomName().equals(current)) {
            current = all.isEmpty() ? null : all.keySet().iterator().next();
        }
    }

    /** They are here on another connection. */
    void replacedIn(Membership membership) {
        assert DeliveryThread.hasTurn();
        left(membership);
        recipient.follower().closeNow(CloseReason.REPLACED);
    }
}
