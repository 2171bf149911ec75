package prosa.application;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** Who may come in, who may read and who may speak. It asks for what operators have said; that a name is free is said elsewhere. */
@OwnedByTurn
final class Authorization {
    private final Operators operators;
    private final ClosedRooms closedRooms;
    private final Bans bans;
    private final Silence silence;

    Authorization(Operators operators, ClosedRooms closedRooms, Bans bans, Silence silence) {
        this.operators = operators;
        this.closedRooms = closedRooms;
        this.bans = bans;
        this.silence = silence;
    }

    /** Whether strangers are shown that there is such a room. */
    @OwnedByTurn.AnyThread
    boolean isSecret(RoomName room) {
        return closedRooms.isClosed(room);
    }

    /**
     * That somebody may read in these rooms, by the keys that they show with their request.
     *
     * @throws Refused {@link Reason#ROOM_CLOSED} or {@link Reason#TOO_FAST}
     */
    @OwnedByTurn.AnyThread
    void requireReading(Peer peer, Collection<RoomName> rooms) {
        rooms.forEach(room -> closedRooms.requireKey(
                peer, room, Optional.ofNullable(peer.credentials().roomKeys().get(room))));
    }

    /**
     * That somebody may be in a room or look into it.
     *
     * @param key that they show for it now, if they do
     * @throws Refused {@link Reason#ROOM_CLOSED} or {@link Reason#TOO_FAST}
     */
    void requireSight(Person person, RoomName room, Optional<Secret> key) {
        assert DeliveryThread.hasTurn();
        if (person.in(room).isEmpty()) {
            closedRooms.requireKey(person.peer(), room, key.or(() -> person.keyTo(room)));
            key.filter(shown -> isSecret(room)).ifPresent(shown -> person.showed(room, shown));
        }
    }

    /** @throws Refused {@link Reason#BANNED} */
    void requireWelcome(Person person, Name name) {
        assert DeliveryThread.hasTurn();
        if (!person.isOperator()) {
            bans.requireNone(person.peer(), name);
        }
    }

    /** @throws Refused {@link Reason#MUTED} or {@link Reason#BANNED} */
    void requireVoice(Person person, Membership in) {
        assert DeliveryThread.hasTurn();
        if (!person.isOperator()) {
            silence.requireNotQuiet(in.roomName());
            requireOwnVoice(person, in);
        }
    }

    /**
     * That somebody may tell one other person something: in a quiet room they may.
     *
     * @throws Refused {@link Reason#MUTED} or {@link Reason#BANNED}
     */
    void requireWhisper(Person person, Membership in) {
        assert DeliveryThread.hasTurn();
        if (!person.isOperator()) {
            requireOwnVoice(person, in);
        }
    }

    private void requireOwnVoice(Person person, Membership in) {
        Name name = in.participant().name();
        silence.requireNotMuted(in.roomName(), name);
        person.mutedAs(in.roomName()).ifPresent(before -> silence.requireNotMuted(in.roomName(), before));
        bans.requireNone(person.peer(), name);
    }

    /** That somebody may say something without entering. */
    void requirePost(Peer peer, RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        requireReading(peer, List.of(room));
        if (peer.credentials().operator().isPresent()) {
            operators.require(peer, peer.credentials().operator());
        } else {
            silence.requireNotQuiet(room);
            silence.requireNotMuted(room, name);
            bans.requireNone(peer, name);
        }
    }
}
