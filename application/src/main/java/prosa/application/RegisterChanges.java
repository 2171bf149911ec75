package prosa.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Register.Kind;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/**
 * What is done at other machines takes effect at this one: it hears of it by the register that they share. It hears of its own doings, too,
 * for which all this is so already.
 */
@OwnedByTurn
final class RegisterChanges {
    /** What was done longer ago is not told to a room any more: it comes from before an outage. */
    private static final Duration NEWS = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RegisterChanges.class);

    private final Rooms rooms;
    private final ClosedRooms closedRooms;
    private final Bans bans;
    private final Silence silence;
    private final Claims claims;
    private final Deeds deeds;
    private final Listeners listeners;
    private final LongPolls waiters;
    private final InstantSource clock;

    RegisterChanges(
            Rooms rooms,
            ClosedRooms closedRooms,
            Bans bans,
            Silence silence,
            Claims claims,
            Deeds deeds,
            Listeners listeners,
            LongPolls waiters,
            InstantSource clock) {
        this.rooms = rooms;
        this.closedRooms = closedRooms;
        this.bans = bans;
        this.silence = silence;
        this.claims = claims;
        this.deeds = deeds;
        this.listeners = listeners;
        this.waiters = waiters;
        this.clock = clock;
    }

    /** @param value empty if there is no such fact any more */
    void changed(Kind kind, String key, Optional<String> value) {
        assert DeliveryThread.hasTurn();
        try {
            takeUp(kind, key, value);
        } catch (RuntimeException e) {
            LOG.warn("A fact can't be read, and does not count, a {}: {}", kind, e.getMessage());
        }
    }

    private void takeUp(Kind kind, String key, Optional<String> value) {
        switch (kind) {
            case CLAIM -> claims.changed(Name.kept(key), value);
            case CLOSING -> closing(new RoomName(key), value.map(Secret.Hash::new));
            case BAN -> bans.changed(key, value);
            case MUTE -> silence.changed(key, value);
            case QUIET -> silence.changed(new RoomName(key), value.isPresent());
            case ACT -> deeds.changed(key, value).ifPresent(this::happened);
        }
    }

    /** As where it was closed: who is in the room stays. */
    private void closing(RoomName room, Optional<Secret.Hash> hash) {
        if (closedRooms.changed(room, hash)) {
            listeners.expel(room);
            waiters.refuse(room, Reason.ROOM_CLOSED);
        }
    }

    private void happened(Deed deed) {
        Instant now = clock.instant();
        if (deed.at().isBefore(now.minus(NEWS))) {
            return;
        }
        switch (deed.kind()) {
            case REMOVE, CLEAR -> {} // the log tells it
            case KICK, BAN, QUIET, UNQUIET, UNBAN, RELEASE, CLOSE, OPEN -> tell(deed);
            case MUTE -> {
                tell(deed);
                deed.name().ifPresent(name -> muted(deed.room(), name));
            }
            case UNMUTE -> {
                tell(deed);
                deed.name().ifPresent(name -> unmuted(deed.room(), name));
            }
        }
    }

    private void tell(Deed deed) {
        rooms.find(deed.room()).ifPresent(room -> room.tell(new Event.Acted(deed), Feed.NOT_KEPT, Feed.NOBODY));
    }

    private Optional<Person> present(RoomName room, Name name) {
        return rooms.find(room).flatMap(open -> open.find(name));
    }

    private void muted(RoomName room, Name name) {
        present(room, name).ifPresent(person -> person.muted(room, name));
    }

    /** Also of who was muted here under another name than they have now. */
    private void unmuted(RoomName room, Name name) {
        present(room, name)
                .flatMap(person -> person.mutedAs(room))
                .filter(before -> !before.key().equals(name.key()))
                .ifPresent(before -> {
                    var unused = silence.unmute(room, before);
                });
    }
}
