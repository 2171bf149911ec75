package prosa.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import prosa.application.port.Authority;
import prosa.application.port.Banned;
import prosa.application.port.Network;
import prosa.application.port.Peer;
import prosa.application.port.Register;
import prosa.application.port.Subnet;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Term;

/** Who neither enters a room nor says anything for a while: a name that is somebody's own, or a network. */
@OwnedByTurn
final class Bans {
    /** Where an operator says no time. */
    static final Term USUAL = new Term(Duration.ofHours(1));

    private static final String BETWEEN = "\t";

    private final Register register;
    private final InstantSource clock;
    private final Executor turn;
    private final Map<String, Banned> bans = new HashMap<>();

    /** @param turn the delivery thread */
    Bans(Register register, InstantSource clock, Executor turn) {
        this.register = register;
        this.clock = clock;
        this.turn = turn;
        register.read(Register.Kind.BAN).forEach((key, value) -> bans.put(key, read(value)));
    }

    private static Banned read(String value) {
        String[] parts = value.split(BETWEEN, -1);
        return new Banned(parts[0], new Name(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])));
    }

    private static String write(Banned banned) {
        return String.join(
                BETWEEN,
                banned.whom(),
                banned.by().value(),
                Long.toString(banned.until().toEpochMilli()));
    }

    /** Whom a ban is about. */
    sealed interface Subject {
        /** What a ban is kept under. */
        String key();

        /** What an operator calls it. */
        String whom();

        /** Whoever uses a name that is somebody's own. */
        record Claimant(Name name) implements Subject {
            @Override
            public String key() {
                return "name " + name.key();
            }

            @Override
            public String whom() {
                return name.value();
            }
        }

        /** Whoever comes from there. */
        record From(Network network) implements Subject {
            @Override
            public String key() {
                return "net " + Authority.host(network.address());
            }

            @Override
            public String whom() {
                return "@" + Authority.host(network.address());
            }
        }
    }

    /**
     * Reads an address behind an {@code @}.
     *
     * @return empty if there is none: then it is a name
     * @throws Refused {@link Reason#MALFORMED} if it is no address
     */
    static Optional<Subject> address(String whom) {
        if (!whom.startsWith("@")) {
            return Optional.empty();
        }
        String literal = whom.substring(1).replaceFirst("^\\[(.*)]$", "$1");
        return Optional.of(Subnet.address(literal)
                .map(address -> new Subject.From(new Network(address)))
                .orElseThrow(() -> new Refused(new Fault.NotAddress("address"))));
    }

    /** @throws Refused {@link Reason#BANNED} */
    void requireNone(Peer peer, Name name) {
        assert DeliveryThread.hasTurn();
        if (!bans.isEmpty()
                && (isBanned(new Subject.From(new Network(peer.address()))) || isBanned(new Subject.Claimant(name)))) {
            throw new Refused(Reason.BANNED);
        }
    }

    private boolean isBanned(Subject subject) {
        Banned ban = bans.get(subject.key());
        if (ban != null && !ban.until().isAfter(clock.instant())) {
            bans.remove(subject.key());
            // Unless another machine has renewed it.
            var unused = register.replace(Register.Kind.BAN, subject.key(), Optional.of(write(ban)), Optional.empty());
            return false;
        }
        return ban != null;
    }

    /** Completes on the delivery thread, once it is kept and holds. */
    CompletionStage<Void> ban(Subject subject, Name by, Instant until) {
        assert DeliveryThread.hasTurn();
        Banned banned = new Banned(subject.whom(), by, until);
        return register.keep(Register.Kind.BAN, subject.key(), write(banned))
                .thenRunAsync(() -> bans.put(subject.key(), banned), turn);
    }

    /**
     * Completes on the delivery thread, once it is kept and holds.
     *
     * @throws Refused {@link Reason#NOT_HERE} if there is no such ban
     */
    CompletionStage<Void> unban(Subject subject) {
        assert DeliveryThread.hasTurn();
        if (!isBanned(subject)) {
            throw new Refused(Reason.NOT_HERE);
        }
        return register.forget(Register.Kind.BAN, subject.key()).thenRunAsync(() -> bans.remove(subject.key()), turn);
    }

    /**
     * Another machine has kept a ban, or ended one; or this one has, and hears of it once more.
     *
     * @param value empty if it has ended
     */
    void changed(String key, Optional<String> value) {
        assert DeliveryThread.hasTurn();
        value.ifPresentOrElse(ban -> bans.put(key, read(ban)), () -> bans.remove(key));
    }

    /** Who is banned now, the longest first. */
    List<Banned> all() {
        assert DeliveryThread.hasTurn();
        Instant now = clock.instant();
        return bans.values().stream()
                .filter(ban -> ban.until().isAfter(now))
                .sorted(Comparator.comparing(Banned::until).reversed().thenComparing(Banned::whom))
                .toList();
    }
}
