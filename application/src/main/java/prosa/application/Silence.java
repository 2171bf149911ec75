package prosa.application;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import prosa.application.port.Register;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** Who says nothing: those who are muted in a room, under a name; and in quiet rooms all who are no operators. */
@OwnedByTurn
final class Silence {
    /** Of a mute that an operator ends. */
    private static final Instant WITHOUT_END = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Register register;
    private final InstantSource clock;
    private final Executor turn;
    /** Until when, by room and name. */
    private final Map<String, Instant> mutes = new HashMap<>();

    private final Set<RoomName> quiet = new HashSet<>();

    /** @param turn the delivery thread */
    Silence(Register register, InstantSource clock, Executor turn) {
        this.register = register;
        this.clock = clock;
        this.turn = turn;
        register.read(Register.Kind.MUTE).forEach((key, until) -> mutes.put(key, read(until)));
        register.read(Register.Kind.QUIET).keySet().forEach(room -> quiet.add(new RoomName(room)));
    }

    private static Instant read(String until) {
        return Instant.ofEpochMilli(Long.parseLong(until));
    }

    private static String value(Instant until) {
        return Long.toString(until.toEpochMilli());
    }

    /** Neither part has a tab. */
    private static String key(RoomName room, Name name) {
        return room.value() + "\t" + name.key();
    }

    /** Completes on the delivery thread, once it is kept and holds. */
    CompletionStage<Void> mute(RoomName room, Name name, Optional<Instant> until) {
        assert DeliveryThread.hasTurn();
        Instant end = until.orElse(WITHOUT_END);
        return register.keep(Register.Kind.MUTE, key(room, name), value(end))
                .thenRunAsync(() -> mutes.put(key(room, name), end), turn);
    }

    /** Completes on the delivery thread, once it is kept and holds. */
    CompletionStage<Void> unmute(RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        return register.forget(Register.Kind.MUTE, key(room, name))
                .thenRunAsync(() -> mutes.remove(key(room, name)), turn);
    }

    /** Completes on the delivery thread, once it is kept and holds. */
    CompletionStage<Void> quiet(RoomName room) {
        assert DeliveryThread.hasTurn();
        return register.keep(Register.Kind.QUIET, room.value(), "").thenRunAsync(() -> quiet.add(room), turn);
    }

    /** Completes on the delivery thread, once it is kept and holds. */
    CompletionStage<Void> unquiet(RoomName room) {
        assert DeliveryThread.hasTurn();
        return register.forget(Register.Kind.QUIET, room.value()).thenRunAsync(() -> quiet.remove(room), turn);
    }

    /** @throws Refused {@link Reason#MUTED} if only operators speak there */
    void requireNotQuiet(RoomName room) {
        assert DeliveryThread.hasTurn();
        if (quiet.contains(room)) {
            throw new Refused(Reason.MUTED);
        }
    }

    /** @throws Refused {@link Reason#MUTED} if whoever is called so says nothing there */
    void requireNotMuted(RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        if (mutes.isEmpty()) {
            return; // without a key made for each message
        }
        Instant until = mutes.get(key(room, name));
        if (until == null) {
            return;
        }
        if (until.isAfter(clock.instant())) {
            throw new Refused(Reason.MUTED);
        }
        mutes.remove(key(room, name));
        // Unless another machine has renewed it.
        var unused = register.replace(Register.Kind.MUTE, key(room, name), Optional.of(value(until)), Optional.empty());
    }

    /**
     * Another machine has muted somebody, or ended that; or this one has, and hears of it once more.
     *
     * @param value until when; empty if it has ended
     */
    void changed(String key, Optional<String> value) {
        assert DeliveryThread.hasTurn();
        value.ifPresentOrElse(until -> mutes.put(key, read(until)), () -> mutes.remove(key));
    }

    /** The same of a quiet room. */
    void changed(RoomName room, boolean isQuiet) {
        assert DeliveryThread.hasTurn();
        if (isQuiet) {
            quiet.add(room);
        } else {
            quiet.remove(room);
        }
    }
}
