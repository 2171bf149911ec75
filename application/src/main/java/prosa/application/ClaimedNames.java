package prosa.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.HouseClock;
import prosa.application.port.Network;
import prosa.application.port.Register;
import prosa.application.port.Register.Kind;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Which names are claimed, by {@link Name#key()}. They are in the register, and all of them in memory as well. */
@OwnedByTurn
final class ClaimedNames {
    /** The most names that are claimed: all are in memory. */
    static final int MOST = 50_000;

    /** That a claim was used is kept once in so long. */
    private static final Duration USED = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedNames.class);

    private final Register register;
    private final HouseClock clock;
    private final Duration lapse;
    private final ClaimBounds bounds;
    private final Map<String, Claim> byKey = new HashMap<>();
    private final Set<Secret.Hash> hashes = new HashSet<>();
    /** The keys of those that are being forgotten. */
    private final Set<String> ending = new HashSet<>();
    /** The keys of those of which is not known yet whether another machine was faster. */
    private final Set<String> adding = new HashSet<>();

    /**
     * Reads what is in the register.
     *
     * @param lapse a claim is over that nobody uses for so long
     */
    ClaimedNames(Register register, HouseClock clock, Duration lapse) {
        this.register = register;
        this.clock = clock;
        this.lapse = lapse;
        this.bounds = new ClaimBounds(clock);
        register.read(Kind.CLAIM).entrySet().stream()
                .flatMap(fact -> read(fact.getKey(), fact.getValue()).stream())
                .sorted(Comparator.comparing(Claim::madeAt))
                .forEach(this::load);
    }

    private static Optional<Claim> read(String name, String fact) {
        try {
            return Optional.of(Claim.of(name, fact));
        } catch (RuntimeException e) {
            LOG.warn("The claim of {} can't be read, and does not count: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** What makes two names one may have been otherwise when they were claimed: then it is the first one's. */
    private void load(Claim claim) {
        if (byKey.putIfAbsent(claim.name().key(), claim) == null) {
            hashes.add(claim.hash());
            Duration age = Duration.between(claim.madeAt(), clock.instant());
            claim.network().ifPresent(network -> bounds.add(network, age));
        }
    }

    Optional<Claim> find(Name name) {
        assert DeliveryThread.hasTurn();
        Claim claim = byKey.get(name.key());
        if (claim != null && claim.isUnusedFor(lapse, clock.instant())) {
            lapsed(claim);
            return Optional.empty();
        }
        return Optional.ofNullable(claim);
    }

    /** Whether this secret is the right one of any name. */
    boolean isOfAny(Secret secret) {
        assert DeliveryThread.hasTurn();
        return hashes.contains(secret.hash());
    }

    /**
     * The name is claimed from now on, which is unclaimed.
     *
     * @return completes once that is durable, with whether it was: on another machine somebody may have been faster. Whoever asked then
     *     calls {@link #added}, or {@link #undo} if it was not, or fails
     * @throws Refused {@link Reason#TOO_FAST} if this network has claimed too many, {@link Reason#UNAVAILABLE} if all have
     */
    CompletionStage<Boolean> add(Name name, Secret.Hash hash, Network network) {
        assert DeliveryThread.hasTurn();
        bounds.require(network);
        if (byKey.size() >= MOST) {
            throw new Refused(Reason.UNAVAILABLE);
        }
        bounds.add(network, Duration.ZERO);
        adding.add(name.key());
        return add(name, hash, Optional.of(network));
    }

    private CompletionStage<Boolean> add(Name name, Secret.Hash hash, Optional<Network> network) {
        Instant now = clock.instant();
        Claim claim = new Claim(name, hash, network, now, now);
        byKey.put(name.key(), claim);
        hashes.add(hash);
        return register.replace(Kind.CLAIM, name.value(), Optional.empty(), Optional.of(claim.fact()));
    }

    /**
     * It was kept. On another machine somebody may have been faster all the same, who writes the name otherwise.
     *
     * @return whether it is theirs who asked
     */
    boolean added(Name name, Secret.Hash hash) {
        assert DeliveryThread.hasTurn();
        adding.remove(name.key());
        Claim claim = byKey.get(name.key());
        boolean theirs = claim != null && claim.hash().equals(hash);
        if (!theirs) {
            var unused = register.forget(Kind.CLAIM, name.value());
        }
        return theirs;
    }

    /** A proxy vouches for a name, which is unclaimed: it is claimed from now on, if there is space for one more. */
    void addVouched(Name name, Secret.Hash nobodys) {
        assert DeliveryThread.hasTurn();
        if (byKey.size() < MOST) {
            // If it can't be kept, the proxy vouches for it again after a restart.
            var unused = add(name, nobodys, Optional.empty());
        }
    }

    /**
     * A claimed name has another secret.
     *
     * @return completes once that is durable, with whether it is: it is not if the name was given up, or another secret made, on another
     *     machine; if it is, whoever asked calls {@link #hasSecret}
     */
    CompletionStage<Boolean> keepSecret(Claim claim, Secret.Hash hash) {
        assert DeliveryThread.hasTurn();
        return replace(claim, kept -> true, Optional.of(claim.shownBy(hash)));
    }

    /** It has it, unless it was given up meanwhile. */
    void hasSecret(Name name, Secret.Hash hash) {
        assert DeliveryThread.hasTurn();
        byKey.computeIfPresent(name.key(), (key, claim) -> {
            hashes.remove(claim.hash());
            hashes.add(hash);
            return claim.shownBy(hash);
        });
    }

    /**
     * Keeps something else of a claim, or nothing, if it is still the same one that is kept.
     *
     * @param condition of what is kept
     */
    private CompletionStage<Boolean> replace(Claim claim, Predicate<Claim> condition, Optional<Claim> next) {
        String name = claim.name().value();
        Optional<String> known = register.find(Kind.CLAIM, name);
        boolean same = known.flatMap(fact -> read(name, fact))
                .filter(kept -> kept.hash().equals(claim.hash()))
                .filter(condition)
                .isPresent();
        return same
                ? register.replace(Kind.CLAIM, name, known, next.map(Claim::fact))
                : CompletableFuture.completedStage(false);
    }

    /** It was not kept. */
    void undo(Name name, Secret.Hash hash) {
        assert DeliveryThread.hasTurn();
        adding.remove(name.key());
        Claim claim = byKey.get(name.key());
        if (claim != null && claim.hash().equals(hash)) {
            byKey.remove(name.key());
            hashes.remove(claim.hash());
            claim.network().ifPresent(bounds::undo);
        }
    }

    /**
     * Another machine has kept a claim, or given one up; or this one has, and hears of it once more. If two names become one by what makes
     * them one, it is the first one's.
     *
     * @param fact empty if it was given up
     */
    void changed(Name name, Optional<String> fact) {
        assert DeliveryThread.hasTurn();
        Claim before = byKey.get(name.key());
        boolean sameName = before != null && before.name().equals(name);
        Optional<Claim> now = fact.flatMap(kept -> read(name.value(), kept));
        if (now.isEmpty()) {
            if (sameName) {
                remove(name.key());
            }
        } else if (before == null) {
            load(now.get());
        } else if (sameName || adding.contains(name.key())) {
            replaced(before, now.get());
        }
        adding.remove(name.key());
    }

    private void replaced(Claim before, Claim now) {
        hashes.remove(before.hash());
        hashes.add(now.hash());
        byKey.put(now.name().key(), now);
        if (!before.network().equals(now.network())) {
            before.network().ifPresent(bounds::remove);
            now.network().ifPresent(network -> bounds.add(network, Duration.between(now.madeAt(), clock.instant())));
        }
    }

    /** Somebody has shown the secret. */
    void use(Claim claim) {
        assert DeliveryThread.hasTurn();
        Instant now = clock.instant();
        String key = claim.name().key();
        if (claim.isUnusedFor(USED, now) && claim.equals(byKey.get(key)) && !ending.contains(key)) {
            Claim used = claim.usedAt(now);
            byKey.put(key, used);
            // If it can't be kept, it is tried again tomorrow.
            var unused = replace(claim, kept -> true, Optional.of(used));
        }
    }

    /**
     * Gives a claim up. It holds until that is durable.
     *
     * @return completes then; in any case {@link #ended} is called afterwards
     */
    CompletionStage<Void> end(Claim claim) {
        assert DeliveryThread.hasTurn();
        ending.add(claim.name().key());
        return register.forget(Kind.CLAIM, claim.name().value());
    }

    /** Whether it is being claimed here, and nobody knows yet whether another machine was faster. */
    boolean isAdding(Name name) {
        assert DeliveryThread.hasTurn();
        return adding.contains(name.key());
    }

    /** Whether it is being given up here. */
    boolean isEnding(Name name) {
        assert DeliveryThread.hasTurn();
        return ending.contains(name.key());
    }

    /** @param durably whether it is over */
    void ended(Claim claim, boolean durably) {
        assert DeliveryThread.hasTurn();
        String key = claim.name().key();
        ending.remove(key);
        Claim now = byKey.get(key);
        boolean over =
                durably || register.find(Kind.CLAIM, claim.name().value()).isEmpty();
        if (over && now != null && now.hash().equals(claim.hash())) {
            remove(key);
        }
    }

    private void remove(String key) {
        Claim claim = byKey.remove(key);
        if (claim != null) {
            hashes.remove(claim.hash());
            claim.network().ifPresent(bounds::remove);
        }
    }

    /** If that can't be kept, it is found to be over again after a restart. */
    private void lapsed(Claim claim) {
        remove(claim.name().key());
        Instant now = clock.instant();
        var unused = replace(claim, kept -> kept.isUnusedFor(lapse, now), Optional.empty());
    }

    /** Lets go of what is over. To be called now and then. */
    void inspect() {
        assert DeliveryThread.hasTurn();
        Instant now = clock.instant();
        List<Claim> over = byKey.values().stream()
                .filter(claim -> claim.isUnusedFor(lapse, now))
                .toList();
        over.forEach(this::lapsed);
    }
}
