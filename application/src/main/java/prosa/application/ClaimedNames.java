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
import java.util.concurrent.CompletionStage;
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
     * @return completes once that is durable; if it fails, whoever asked calls {@link #undo}
     * @throws Refused {@link Reason#TOO_FAST} if this network has claimed too many, {@link Reason#UNAVAILABLE} if all have
     */
    CompletionStage<Void> add(Name name, Secret.Hash hash, Network network) {
        assert DeliveryThread.hasTurn();
        bounds.require(network);
        if (byKey.size() >= MOST) {
            throw new Refused(Reason.UNAVAILABLE);
        }
        bounds.add(network, Duration.ZERO);
        return add(name, hash, Optional.of(network));
    }

    private CompletionStage<Void> add(Name name, Secret.Hash hash, Optional<Network> network) {
        Instant now = clock.instant();
        Claim claim = new Claim(name, hash, network, now, now);
        byKey.put(name.key(), claim);
        hashes.add(hash);
        return keep(claim);
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
     * @return completes once that is durable; if it does not fail, whoever asked calls {@link #hasSecret}
     */
    CompletionStage<Void> keepSecret(Claim claim, Secret.Hash hash) {
        assert DeliveryThread.hasTurn();
        return keep(claim.shownBy(hash));
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

    private CompletionStage<Void> keep(Claim claim) {
        return register.keep(Kind.CLAIM, claim.name().value(), claim.fact());
    }

    /** It was not kept. */
    void undo(Name name) {
        assert DeliveryThread.hasTurn();
        Claim claim = byKey.remove(name.key());
        if (claim != null) {
            hashes.remove(claim.hash());
            claim.network().ifPresent(bounds::undo);
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
            var unused = keep(used);
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

    /** @param durably whether it is over */
    void ended(Claim claim, boolean durably) {
        assert DeliveryThread.hasTurn();
        String key = claim.name().key();
        ending.remove(key);
        if (durably) {
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
        var unused = register.forget(Kind.CLAIM, claim.name().value());
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
