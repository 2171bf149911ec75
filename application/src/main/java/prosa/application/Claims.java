package prosa.application;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.HouseClock;
import prosa.application.port.Names;
import prosa.application.port.Network;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Names that are somebody's: claiming them, showing that they are one's own, giving them up.
 *
 * <p>Nobody is present under a claimed name who has not shown its secret: who claims it is the only one of that name in any room, and
 * afterwards each who comes is asked. So whoever is called so in a room is the claimant. A proxy's word is as good as the secret.
 */
@OwnedByTurn
final class Claims {
    private static final Duration INSPECTION = Duration.ofHours(1);

    private final ClaimedNames names;
    private final Rooms rooms;
    private final Names holders;
    private final Tickets tickets;
    private final Guesses guesses;
    private final HouseClock clock;
    private final RandomGenerator random;
    private final DeliveryThread deliveryThread;
    private long inspected;

    /**
     * @param holders who is called how, also elsewhere
     * @param random fit for secrets
     */
    Claims(
            ClaimedNames names,
            Rooms rooms,
            Names holders,
            Tickets tickets,
            Guesses guesses,
            HouseClock clock,
            RandomGenerator random,
            DeliveryThread deliveryThread) {
        this.names = names;
        this.rooms = rooms;
        this.holders = holders;
        this.tickets = tickets;
        this.guesses = guesses;
        this.clock = clock;
        this.random = random;
        this.deliveryThread = deliveryThread;
        this.inspected = clock.nanoTime();
    }

    /**
     * Whether a name is claimed, and by whoever wants to use it.
     *
     * @param shown what they show for it
     * @throws Refused {@link Reason#NAME_CLAIMED} if it is another's, {@link Reason#TOO_FAST} if they have guessed too often, {@link
     *     Reason#NAME_TAKEN} if a proxy vouches for them for the first time while somebody else is called so
     */
    boolean requireOwn(Peer peer, Name name, Optional<Secret> shown) {
        assert DeliveryThread.hasTurn();
        if (peer.isVouchedFor(name)) {
            vouch(name);
            return true;
        }
        Optional<Claim> claim = names.find(name);
        if (claim.isEmpty()) {
            return false;
        }
        if (shown.filter(claim.get().hash()::isOf).isPresent()) {
            names.use(claim.get());
            return true;
        }
        // Who shows what is right for another name has not guessed.
        if (shown.isEmpty() || names.isOfAny(shown.get())) {
            throw new Refused(Reason.NAME_CLAIMED);
        }
        throw guesses.wrong(peer, Reason.NAME_CLAIMED);
    }

    /** By a name for which a proxy vouches nobody else may come, on no wire: it is claimed as it is first used. */
    private void vouch(Name name) {
        Optional<Claim> claim = names.find(name);
        if (claim.isPresent()) {
            names.use(claim.get());
            return;
        }
        if (rooms.isCalled(name, other -> !other.peer().isVouchedFor(name)) || holders.isTakenElsewhere(name)) {
            throw new Refused(Reason.NAME_TAKEN);
        }
        names.addVouched(name, Secret.made(Secret.Kind.CLAIM, random).hash());
        mark(name, true, null);
    }

    /** The same, of somebody who need not show again what they have shown before. */
    boolean requireOwn(Person person, Name name, Optional<Secret> shown) {
        assert DeliveryThread.hasTurn();
        Optional<Claim> claim = names.find(name);
        if (claim.isPresent() && person.hasShown(claim.get().hash())) {
            names.use(claim.get());
            return true;
        }
        boolean own = requireOwn(
                person.peer(), name, shown.or(() -> person.peer().credentials().claim()));
        if (own) {
            claim.map(Claim::hash).ifPresent(person::showed);
        }
        return own;
    }

    boolean isClaimed(Name name) {
        assert DeliveryThread.hasTurn();
        return names.find(name).isPresent();
    }

    /** Makes the name that somebody has theirs in all rooms, and tells them the secret. */
    void claim(Person person, Command.Claim asked, Completion completion) {
        assert DeliveryThread.hasTurn();
        Name name = person.here().participant().name();
        if (person.peer().isVouchedFor(name)) {
            replaceSecret(person, name, asked, completion);
            return;
        }
        if (names.find(name).isPresent()) {
            throw new Refused(Reason.NAME_CLAIMED);
        }
        if (rooms.isCalled(name, other -> other != person) || holders.isTakenElsewhere(name)) {
            throw new Refused(Reason.NAME_TAKEN);
        }
        Secret secret = Secret.made(Secret.Kind.CLAIM, random);
        names.add(name, secret.hash(), new Network(person.peer().address()))
                .whenComplete((kept, failure) -> deliveryThread.lend(() -> {
                    if (failure != null) {
                        names.undo(name, secret.hash());
                        completion.refuse(new Refused(Chat.reasonOf(failure)));
                    } else if (!isFirst(name, secret.hash(), kept)) {
                        completion.refuse(new Refused(Reason.NAME_CLAIMED));
                        person.recipient().follower().sendAway(); // it is not their name
                    } else if (person.recipient().isOpen()) {
                        person.showed(secret.hash());
                        mark(name, true, person);
                        person.recipient().tell(new Event.Claimed(asked.ref(), name, secret));
                        completion.done();
                    } else {
                        // Nobody knows the secret, and nobody ever would.
                        var unused = release(name);
                        completion.done();
                    }
                }));
    }

    /** @param kept whether it was, though it may be in vain: then it is not any more */
    private boolean isFirst(Name name, Secret.Hash hash, boolean kept) {
        if (!kept) {
            names.undo(name, hash);
        }
        return kept && names.added(name, hash);
    }

    /** Whom a proxy lets in under their name may want to use it where there is none. Who had another secret for it has none any more. */
    private void replaceSecret(Person person, Name name, Command.Claim asked, Completion completion) {
        vouch(name);
        Claim claim = names.find(name).orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        Secret secret = Secret.made(Secret.Kind.CLAIM, random);
        names.keepSecret(claim, secret.hash())
                .whenComplete((kept, failure) -> deliveryThread.lend(() -> {
                    if (failure == null && kept) {
                        names.hasSecret(name, secret.hash());
                        tickets.revoke(name);
                        person.recipient().tell(new Event.Claimed(asked.ref(), name, secret));
                        completion.done();
                    } else {
                        completion.refuse(new Refused(failure == null ? Reason.UNAVAILABLE : Chat.reasonOf(failure)));
                    }
                }));
    }

    /** Somebody gives up the name that they have. If it is nobody's anyway, that is what they wanted. */
    void release(Person person, Command.Release asked, Completion completion) {
        assert DeliveryThread.hasTurn();
        Participant here = person.here().participant();
        if (names.find(here.name()).isPresent() && !here.claimed()) {
            throw new Refused(Reason.NAME_CLAIMED);
        }
        release(here.name(), person).whenComplete((released, failure) -> {
            if (failure == null) {
                person.recipient().tell(new Event.Released(asked.ref(), here.name()));
                completion.done();
            } else {
                completion.refuse(new Refused(Chat.reasonOf(failure)));
            }
        });
    }

    /**
     * The name is nobody's any more, whoever wishes that.
     *
     * @return completes with whether it was somebody's, on a thread that has the turn; exceptionally with {@link Refused} {@link
     *     Reason#UNAVAILABLE} if it can't be kept, and then it still is
     */
    CompletionStage<Boolean> release(Name name) {
        assert DeliveryThread.hasTurn();
        return release(name, null);
    }

    private CompletionStage<Boolean> release(Name name, @Nullable Person asker) {
        Optional<Claim> claim = names.find(name);
        if (claim.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        names.end(claim.get())
                .whenComplete((forgotten, failure) -> deliveryThread.lend(() -> {
                    names.ended(claim.get(), failure == null);
                    if (failure == null) {
                        tickets.revoke(name);
                        mark(name, false, asker);
                        released.complete(true);
                    } else {
                        released.completeExceptionally(new Refused(Chat.reasonOf(failure)));
                    }
                }));
        return released;
    }

    /** Whoever is called so is shown as the one whose name it is, or as that no more, in each room. */
    private void mark(Name name, boolean claimed, @Nullable Person asker) {
        for (OpenRoom room : rooms.all()) {
            Optional<Person> called = room.find(name);
            if (called.isPresent()) {
                mark(room, called.get(), claimed, called.get() == asker);
            }
        }
    }

    private static void mark(OpenRoom room, Person person, boolean claimed, boolean isAsker) {
        Membership before = person.in(room.chat().name()).orElseThrow();
        if (before.participant().claimed() == claimed) {
            return;
        }
        Participant marked = room.chat().mark(before.participant(), claimed);
        person.changed(new Membership(room, marked, before.session(), before.hold()));
        long told = isAsker ? person.recipient().id() : Feed.NOBODY;
        room.presence().renamed(before.participant(), marked, told);
        if (isAsker) {
            person.recipient().follower().wroteLast();
        }
    }

    /**
     * Another machine has kept a claim, or given one up; or this one has, and hears of it once more. Who is called so here and has not
     * shown the secret is sent away, comes back, and is asked for it.
     *
     * @param fact empty if it was given up
     */
    void changed(Name name, Optional<String> fact) {
        assert DeliveryThread.hasTurn();
        if (fact.isEmpty() && names.isEnding(name)) {
            return; // whoever gives it up here sees to it
        }
        boolean isBeingClaimed = names.isAdding(name);
        Optional<Secret.Hash> before = names.find(name).map(Claim::hash);
        names.changed(name, fact);
        Optional<Secret.Hash> now = names.find(name).map(Claim::hash);
        if (before.equals(now)) {
            return;
        }
        if (before.isPresent()) {
            tickets.revoke(name);
        }
        if (now.isEmpty()) {
            mark(name, false, null);
        } else if (!isBeingClaimed) {
            isClaimedBy(name, now.get());
        }
    }

    private void isClaimedBy(Name name, Secret.Hash hash) {
        for (OpenRoom room : rooms.all()) {
            Optional<Person> called = room.find(name);
            if (called.isPresent()) {
                Person person = called.get();
                boolean own = person.hasShown(hash) || person.peer().isVouchedFor(name);
                if (own) {
                    mark(room, person, true, false);
                } else if (!person.in(room.chat().name())
                        .orElseThrow()
                        .participant()
                        .claimed()) {
                    person.recipient().follower().sendAway();
                }
            }
        }
    }

    /** The look once a second. */
    void inspect() {
        assert DeliveryThread.hasTurn();
        if (clock.nanoTime() - inspected >= INSPECTION.toNanos()) {
            inspected = clock.nanoTime();
            // Who stays for months uses the name all the time.
            for (OpenRoom room : rooms.all()) {
                room.chat().present(Integer.MAX_VALUE).stream()
                        .filter(Participant::claimed)
                        .forEach(here -> names.find(here.name()).ifPresent(names::use));
            }
            names.inspect();
        }
    }
}
