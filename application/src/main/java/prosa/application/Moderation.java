package prosa.application;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.MessagePublisher;
import prosa.application.port.Network;
import prosa.delivery.CloseReason;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Cleared;
import prosa.domain.Fault;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Term;

/**
 * What operators do to keep order. What is to outlive a restart is kept first; then it holds, and then the room is told, with the operator's
 * name.
 */
@OwnedByTurn
final class Moderation {
    private final Operators operators;
    private final MessagePublisher publisher;
    private final Rooms rooms;
    private final ClosedRooms closedRooms;
    private final Bans bans;
    private final Silence silence;
    private final Claims claims;
    private final Elsewhere elsewhere;
    private final Deeds deeds;
    private final Listeners listeners;
    private final LongPolls waiters;
    private final InstantSource clock;
    private final Executor turn;

    /** @param turn the delivery thread */
    Moderation(
            Operators operators,
            MessagePublisher publisher,
            Rooms rooms,
            ClosedRooms closedRooms,
            Bans bans,
            Silence silence,
            Claims claims,
            Elsewhere elsewhere,
            Deeds deeds,
            Listeners listeners,
            LongPolls waiters,
            InstantSource clock,
            Executor turn) {
        this.operators = operators;
        this.publisher = publisher;
        this.rooms = rooms;
        this.closedRooms = closedRooms;
        this.bans = bans;
        this.silence = silence;
        this.claims = claims;
        this.elsewhere = elsewhere;
        this.deeds = deeds;
        this.listeners = listeners;
        this.waiters = waiters;
        this.clock = clock;
        this.turn = turn;
    }

    /**
     * Somebody shows the operators' token on their connection.
     *
     * @throws Refused {@link Reason#NOT_OPERATOR} or {@link Reason#TOO_FAST}
     */
    void begin(Person person, Command.Op op) {
        assert DeliveryThread.hasTurn();
        operators.require(person.peer(), Optional.of(op.token()));
        person.becomeOperator();
        person.recipient().tell(new Event.Operator(op.ref()));
    }

    /** Somebody wants something done where they are, or in another room. */
    void perform(Person person, Command.Perform command, Completion completion) {
        assert DeliveryThread.hasTurn();
        if (!person.isOperator()) {
            throw new Refused(Reason.NOT_OPERATOR);
        }
        Membership in = person.here();
        RoomName room = command.room().map(RoomName::new).orElseGet(in::roomName);
        perform(new Order(room, in.participant().name(), command.ref()), command.act())
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                person.recipient().tell(answer);
                                completion.done();
                            } else {
                                completion.refuse(new Refused(Chat.reasonOf(failure)));
                            }
                        },
                        turn);
    }

    /**
     * An operator wants something done.
     *
     * @param ref what they call it
     */
    record Order(RoomName room, Name by, Optional<String> ref) {}

    /**
     * Does what an operator wants. Nobody is asked here whether they are one.
     *
     * @return completes on the delivery thread with what the operator is told; exceptionally with {@link Refused} {@link
     *     Reason#UNAVAILABLE} if it can't be kept
     * @throws Refused if it can't be done
     */
    CompletionStage<? extends Event.Private> perform(Order order, Act act) {
        assert DeliveryThread.hasTurn();
        Optional<Name> there = somebody(act).filter(name -> isElsewhere(order.room(), name));
        if (there.isEmpty()) {
            return performHere(order, act);
        }
        return elsewhere
                .nodes()
                .perform(order.room(), there.get(), order.by(), act)
                .thenApplyAsync(deed -> new Event.Done(deed, order.ref()), turn);
    }

    private boolean isElsewhere(RoomName room, Name name) {
        return rooms.find(room).flatMap(open -> open.find(name)).isEmpty()
                && elsewhere.find(room, name).isPresent();
    }

    /** Whom an act has to find, as they are on a connection. */
    private static Optional<Name> somebody(Act act) {
        return switch (act) {
            case Act.Kick(String name) -> Optional.of(new Name(name));
            case Act.Mute(String name, Optional<String> time) -> Optional.of(new Name(name));
            case Act.Unmute(String name) -> Optional.of(new Name(name));
            case Act.Ban(String whom, Optional<String> time) ->
                whom.startsWith("@") ? Optional.empty() : Optional.of(new Name(whom));
            case Act.Quiet quiet -> Optional.empty();
            case Act.Unquiet unquiet -> Optional.empty();
            case Act.Unban unban -> Optional.empty();
            case Act.Bans bans -> Optional.empty();
            case Act.Release release -> Optional.empty();
            case Act.Close close -> Optional.empty();
            case Act.Open open -> Optional.empty();
            case Act.Remove remove -> Optional.empty();
            case Act.RemoveLast remove -> Optional.empty();
            case Act.Clear clear -> Optional.empty();
            case Act.Acts acts -> Optional.empty();
        };
    }

    /** As {@link #perform}, at this node, wherever those are whom it is about. */
    CompletionStage<? extends Event.Private> performHere(Order order, Act act) {
        assert DeliveryThread.hasTurn();
        return switch (act) {
            case Act.Kick(String name) -> done(kick(order, name));
            case Act.Mute(String name, Optional<String> time) ->
                mute(order, new Name(name), time.map(Moderation::term));
            case Act.Unmute(String name) -> unmute(order, new Name(name));
            case Act.Quiet() ->
                silence.quiet(order.room()).thenApply(kept -> tell(order, Deed.Kind.QUIET, Optional.empty()));
            case Act.Unquiet() ->
                silence.unquiet(order.room()).thenApply(kept -> tell(order, Deed.Kind.UNQUIET, Optional.empty()));
            case Act.Ban(String whom, Optional<String> time) ->
                ban(order, whom, time.map(Moderation::term).orElse(Bans.USUAL));
            case Act.Unban(String whom) -> unban(order, whom);
            case Act.Release(String name) -> release(order, new Name(name));
            case Act.Bans() -> done(new Event.Bans(bans.all(), order.ref()));
            case Act.Close() -> close(order);
            case Act.Open() ->
                closedRooms.open(order.room()).thenApply(kept -> tell(order, Deed.Kind.OPEN, Optional.empty()));
            case Act.Remove(String id) ->
                remove(order, new Removal.One(order.room(), Position.parse("id", id), order.by(), clock.instant()));
            case Act.RemoveLast(String name, Optional<String> count) ->
                remove(
                        order,
                        new Removal.LastOf(order.room(), new Name(name), count(count), order.by(), clock.instant()));
            case Act.Clear() -> remove(order, new Removal.All(order.room(), order.by(), clock.instant()));
            case Act.Acts() -> done(new Event.Acts(deeds.all(), order.ref()));
        };
    }

    private static Term term(String time) {
        return Term.parse("time", time);
    }

    private static CompletionStage<Event.Private> done(Event.Private answer) {
        return CompletableFuture.completedStage(answer);
    }

    private Event.Done tell(Order order, Deed.Kind kind, Optional<Name> name) {
        return tell(order, kind, name, Optional.empty());
    }

    private Event.Done tell(Order order, Deed.Kind kind, Optional<Name> name, Optional<Instant> until) {
        Deed deed = deed(order, kind, name, until);
        announce(deed);
        return new Event.Done(deed, order.ref());
    }

    private void announce(Deed deed) {
        rooms.find(deed.room()).ifPresent(room -> room.tell(new Event.Acted(deed), Feed.NOT_KEPT, Feed.NOBODY));
    }

    private Deed deed(Order order, Deed.Kind kind, Optional<Name> name, Optional<Instant> until) {
        Deed deed = new Deed(kind, order.room(), order.by(), name, until, clock.instant());
        deeds.add(deed);
        return deed;
    }

    private Event.Done kick(Order order, String name) {
        Person person = present(order, name).orElseThrow(() -> new Refused(Reason.NOT_HERE));
        Event.Done done = tell(order, Deed.Kind.KICK, Optional.of(called(person, order.room())));
        person.recipient().close(CloseReason.EXPELLED);
        return done;
    }

    private Optional<Person> present(Order order, String name) {
        return rooms.find(order.room()).flatMap(room -> room.find(new Name(name)));
    }

    private static Name called(Person person, RoomName room) {
        return person.in(room).orElseThrow().participant().name();
    }

    private CompletionStage<Event.Done> mute(Order order, Name name, Optional<Term> term) {
        Optional<Instant> until = term.map(length -> length.from(clock.instant()));
        return silence.mute(order.room(), name, until).thenApply(kept -> {
            present(order, name.value()).ifPresent(person -> person.muted(order.room(), name));
            return tell(order, Deed.Kind.MUTE, Optional.of(name), until);
        });
    }

    /** Also of who was muted under another name than they have now. */
    private CompletionStage<Event.Done> unmute(Order order, Name name) {
        Name muted = present(order, name.value())
                .flatMap(person -> person.mutedAs(order.room()))
                .orElse(name);
        return silence.unmute(order.room(), muted)
                .thenCompose(kept -> silence.unmute(order.room(), name))
                .thenApply(kept -> tell(order, Deed.Kind.UNMUTE, Optional.of(name)));
    }

    private CompletionStage<Event.Done> ban(Order order, String whom, Term term) {
        Optional<Person> person = whom.startsWith("@") ? Optional.empty() : present(order, whom);
        Bans.Subject subject = subject(whom, person);
        Instant until = term.from(clock.instant());
        return bans.ban(subject, order.by(), until).thenApply(kept -> {
            Optional<Name> name = person.flatMap(
                    banned -> banned.in(order.room()).map(in -> in.participant().name()));
            Event.Done done = tell(order, Deed.Kind.BAN, name, Optional.of(until));
            person.ifPresent(banned -> banned.recipient().close(CloseReason.EXPELLED));
            return done;
        });
    }

    private CompletionStage<Event.Done> unban(Order order, String whom) {
        Bans.Subject subject = Bans.address(whom).orElseGet(() -> new Bans.Subject.Claimant(new Name(whom)));
        Optional<Name> name =
                subject instanceof Bans.Subject.Claimant(Name claimed) ? Optional.of(claimed) : Optional.empty();
        return bans.unban(subject).thenApply(kept -> tell(order, Deed.Kind.UNBAN, name));
    }

    private static int count(Optional<String> count) {
        String digits = count.orElse("1");
        if (!digits.matches("[0-9]{1,3}")) {
            throw new Refused(new Fault.NotNumber("count", 1, Removal.LastOf.MOST));
        }
        return Integer.parseInt(digits);
    }

    /** The room is told by the log itself. */
    private CompletionStage<Event.Done> remove(Order order, Removal removal) {
        return publisher
                .remove(removal)
                .thenApplyAsync(
                        entries -> {
                            Deed deed = switch (entries.getLast()) {
                                case Removed removed ->
                                    deed(order, Deed.Kind.REMOVE, Optional.of(removed.author()), Optional.empty());
                                case Cleared cleared ->
                                    deed(order, Deed.Kind.CLEAR, Optional.empty(), Optional.empty());
                                case Message message -> throw new IllegalStateException("a removal is no message");
                            };
                            return new Event.Done(deed, order.ref());
                        },
                        turn);
    }

    private CompletionStage<Event.Done> release(Order order, Name name) {
        return claims.release(name)
                .thenApplyAsync(
                        released -> {
                            if (!released) {
                                throw new Refused(Reason.NOT_HERE);
                            }
                            return tell(order, Deed.Kind.RELEASE, Optional.of(name));
                        },
                        turn);
    }

    /** Of a name that is somebody's: whoever shows that it is theirs. Else of a person who is here: where they come from. */
    private Bans.Subject subject(String whom, Optional<Person> person) {
        Optional<Bans.Subject> address = Bans.address(whom);
        if (address.isEmpty() && claims.isClaimed(new Name(whom))) {
            return new Bans.Subject.Claimant(new Name(whom));
        }
        return address.orElseGet(() -> new Bans.Subject.From(new Network(
                person.orElseThrow(() -> new Refused(Reason.NOT_HERE)).peer().address())));
    }

    /** Who listens has shown no such key yet. Who is in the room stays. */
    private CompletionStage<Event.Closed> close(Order order) {
        return closedRooms.close(order.room()).thenApply(key -> {
            tell(order, Deed.Kind.CLOSE, Optional.empty());
            listeners.expel(order.room());
            waiters.refuse(order.room(), Reason.ROOM_CLOSED);
            return new Event.Closed(order.room(), key, order.ref());
        });
    }
}
