package prosa.application;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.ChatRoom;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Entering a room, coming back to it on another connection, being called otherwise there, and leaving it.
 *
 * <p>Who enters asks for the name first, which costs nothing; only then is the room's history read.
 */
@OwnedByTurn
final class Admission {
    private final DeliveryThread deliveryThread;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Names names;
    private final Authorization authorization;
    private final NewRooms newRooms;
    private final Claims claims;
    private final Elsewhere elsewhere;

    Admission(
            DeliveryThread deliveryThread,
            Rooms rooms,
            Sessions sessions,
            Names names,
            Authorization authorization,
            NewRooms newRooms,
            Claims claims,
            Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.authorization = authorization;
        this.newRooms = newRooms;
        this.deliveryThread = deliveryThread;
        this.rooms = rooms;
        this.sessions = sessions;
        this.names = names;
        this.claims = claims;
    }

    /**
     * Where somebody wants to go.
     *
     * @param session that they had before at this node, if they know its token
     * @param token that they show
     * @param since after which place they want to be told everything
     * @param roomKey that they show
     * @param secret of the name, if it is claimed
     */
    record Target(
            RoomName room,
            Optional<Sessions.Session> session,
            Optional<String> token,
            Optional<Position> since,
            Optional<Secret> roomKey,
            Optional<Secret> secret) {
        /** Under that name. */
        Wish as(Name name) {
            return new Wish(room, name, session, token, since, roomKey, secret);
        }
    }

    /** A {@link Target}, and the name under which they want to be there. */
    record Wish(
            RoomName room,
            Name name,
            Optional<Sessions.Session> session,
            Optional<String> token,
            Optional<Position> since,
            Optional<Secret> roomKey,
            Optional<Secret> secret) {}

    /**
     * Reads where somebody wants to go. What they leave out stays as it is.
     *
     * @throws Refused if there is no such place
     */
    Target target(Person person, Command.Join join) {
        assert DeliveryThread.hasTurn();
        Optional<Sessions.Session> session = join.token().flatMap(sessions::find);
        RoomName room = join.room()
                .map(RoomName::new)
                .or(() -> session.map(Sessions.Session::room))
                .or(() -> join.token().flatMap(elsewhere.nodes()::find).map(Nodes.Seat::room))
                .or(() -> person.membership().map(Membership::roomName))
                .orElse(RoomName.MAIN);
        return new Target(room, session, join.token(), join.since().map(Position::parse), join.roomKey(), join.claim());
    }

    /**
     * Reads under which name they want to be there. Whose name is vouched for has no other, whatever their token knows.
     *
     * @return empty if they have none yet
     * @throws Refused if it can't be one, or is not theirs
     */
    Optional<Name> name(Person person, Command.Join join, Target target) {
        assert DeliveryThread.hasTurn();
        return person.called(join.name().map(Name::new))
                .or(() -> target.session().map(Sessions.Session::name))
                .or(() -> target.token().flatMap(elsewhere.nodes()::find).map(Nodes.Seat::name))
                .or(() -> person.membership().map(in -> in.participant().name()));
    }

    /** Lets somebody in, and tells them what they find there. */
    void enter(Person person, Wish wish, Completion completion) {
        assert DeliveryThread.hasTurn();
        authorization.requireWelcome(person, wish.name());
        authorization.requireSight(person, wish.room(), wish.roomKey());
        rooms.requireSpace(Set.of(wish.room()));
        boolean own = claims.requireOwn(person, wish.name(), wish.secret());
        takeName(
                person,
                wish,
                own,
                completion,
                hold -> rooms.whenReached(wish.since(), () -> load(person, wish, completion, hold)));
    }

    private void load(Person person, Wish wish, Completion completion, Names.Hold hold) {
        OpenRoom room = rooms.open(wish.room());
        room.recent()
                .whenLoaded(
                        rooms.offset(),
                        failure -> end(completion, hold, () -> letIn(person, wish, room, hold, failure)));
    }

    /**
     * What was begun with a hold ends, in whatever way.
     *
     * @param deed says whether the hold is in use from now on; else it is given back
     */
    private static void end(Completion completion, Names.Hold hold, BooleanSupplier deed) {
        try {
            if (!deed.getAsBoolean()) {
                hold.release();
            }
        } catch (Refused refused) {
            hold.release();
            completion.refuse(refused);
            return;
        }
        completion.done();
    }

    /** @param failure why the room's last messages can't be read */
    private boolean letIn(Person person, Wish wish, OpenRoom room, Names.Hold hold, Optional<Reason> failure) {
        try {
            failure.ifPresent(reason -> {
                throw new Refused(reason);
            });
            if (!person.recipient().isOpen()) {
                return false;
            }
            boolean own = claims.requireOwn(person, wish.name(), wish.secret()); // it may be claimed by now
            Optional<Membership> ghost = ghost(person, wish);
            Membership membership =
                    ghost.isPresent() ? takeBack(person, ghost.get()) : comeIn(person, room, wish.name(), own, hold);
            welcome(person, membership, wish.since());
            return membership.hold() == hold;
        } finally {
            rooms.closeDeserted(wish.room());
        }
    }

    /** Takes the name that is asked for, if there is need of one. */
    private void takeName(Person person, Wish wish, boolean own, Completion completion, Consumer<Names.Hold> then) {
        if (needsName(person, wish)) {
            Names.Wanted wanted = new Names.Wanted(wish.room(), wish.name(), wish.token(), own);
            whenAnswered(names.take(wanted), completion, then);
        } else {
            then.accept(Names.Hold.NONE);
        }
    }

    private boolean needsName(Person person, Wish wish) {
        boolean isCalledSo = person.in(wish.room())
                .filter(in -> in.participant().name().key().equals(wish.name().key()))
                .isPresent();
        return !isCalledSo && ghost(person, wish).isEmpty();
    }

    /** What follows runs by itself: a future would keep to itself what goes wrong in it. */
    private void whenAnswered(CompletionStage<Names.Hold> answer, Completion completion, Consumer<Names.Hold> then) {
        CompletableFuture<Names.Hold> hold = answer.toCompletableFuture();
        Runnable next = () -> {
            if (hold.isCompletedExceptionally()) {
                completion.refuse(new Refused(Chat.reasonOf(hold.exceptionNow())));
            } else {
                then.accept(hold.resultNow());
            }
        };
        // On one machine the answer is there at once, and nothing comes between.
        if (hold.isDone()) {
            next.run();
        } else {
            hold.whenComplete((taken, failure) -> deliveryThread.execute(next));
        }
    }

    /** The same person, who is there on another connection that may be dead: by their token, or by the name that is theirs. */
    private Optional<Membership> ghost(Person person, Wish wish) {
        return wish.session()
                .filter(session -> session.room().equals(wish.room())
                        && session.name().key().equals(wish.name().key()))
                .flatMap(Sessions.Session::holder)
                .or(() -> claimant(wish))
                .filter(holder -> holder != person)
                .flatMap(holder -> holder.in(wish.room()));
    }

    /** Who is there under the name, if it is claimed: asked for them by one who has shown its secret. */
    private Optional<Person> claimant(Wish wish) {
        return rooms.find(wish.room())
                .flatMap(room -> room.chat()
                        .find(wish.name())
                        .filter(Participant::claimed)
                        .flatMap(there -> room.find(wish.name())));
    }

    /** The same person on a new connection: nobody else notices. */
    private Membership takeBack(Person person, Membership before) {
        OpenRoom room = before.room();
        Participant returned = room.chat().replace(before.participant(), person.via());
        Person ghost = room.unseat(before.participant());
        ghost.replacedIn(before);
        leaveAll(person);
        before.session().resumeBy(person);
        return take(person, new Membership(room, returned, before.session(), before.hold()));
    }

    private Membership comeIn(Person person, OpenRoom room, Name name, boolean own, Names.Hold hold) {
        Optional<Membership> already = person.in(room.chat().name());
        if (already.isPresent()) {
            return renamed(person, already.get(), name, own, hold);
        }
        newRooms.enter(person.peer(), room);
        Participant newcomer = room.chat().mark(room.chat().enter(name, person.via()), own);
        leaveAll(person);
        Sessions.Session session = sessions.issue(room.chat().name(), name, person);
        Membership membership = take(person, new Membership(room, newcomer, session, hold));
        watch(room, hold);
        elsewhere.remove(room.chat().name(), name);
        if (!hold.isFromElsewhere()) {
            room.presence().joined(newcomer);
        }
        return membership;
    }

    private void watch(OpenRoom room, Names.Hold hold) {
        hold.whenLost(loss -> deliveryThread.execute(() -> room.holder(hold)
                .ifPresent(person -> lose(person, person.in(room.chat().name()).orElseThrow(), loss))));
    }

    private void lose(Person person, Membership membership, Names.Loss loss) {
        switch (loss) {
            case MOVED -> moveAway(person, membership);
            // They come back, and are asked for another name.
            case TO_ANOTHER -> {
                leave(person, membership);
                person.recipient().follower().sendAway();
            }
        }
    }

    /** The same person is at another node: nobody else notices. */
    private void moveAway(Person person, Membership before) {
        OpenRoom room = before.room();
        room.chat().leave(before.participant());
        room.unseat(before.participant());
        elsewhere.put(before.roomName(), before.participant());
        sessions.left(before.session(), false);
        person.replacedIn(before);
        rooms.closeDeserted(before.roomName());
    }

    private static Membership take(Person person, Membership membership) {
        person.recipient().whenLookedAt(null); // they have had a name
        membership.room().seat(membership.participant(), person);
        person.entered(membership);
        return membership;
    }

    private void welcome(Person person, Membership membership, Optional<Position> since) {
        Recipient recipient = person.recipient();
        OpenRoom room = membership.room();
        RoomName name = room.chat().name();
        Optional<Resume> resume = since.map(rooms::resume);
        boolean goesOn = resume.isEmpty() && rooms.follows(recipient, name);
        Position from = resume.map(Resume::start)
                .orElseGet(() -> goesOn ? rooms.position(recipient.follower().toldUpTo()) : rooms.position());
        recipient.tell(new Event.Welcome(
                name,
                membership.participant().name(),
                membership.session().token(),
                from,
                room.count(),
                room.present(Visitor.PRESENT_LIMIT),
                resume.isPresent()
                        ? Optional.empty()
                        : Optional.of(room.recent().upTo(from.offset()))));
        if (!goesOn) {
            rooms.follow(recipient, Set.of(name), resume.map(Resume::backlog));
        }
    }

    /**
     * Calls somebody otherwise where they are. If they are there already by that name, on another connection, this one takes its place.
     *
     * @param secret of the name, if it is claimed
     * @throws Refused if that can't be their name
     */
    void rename(Person person, Name asked, Optional<Secret> secret, Completion completion) {
        assert DeliveryThread.hasTurn();
        Name name = person.called(Optional.of(asked)).orElse(asked);
        Membership before = person.here();
        authorization.requireWelcome(person, name);
        boolean own = claims.requireOwn(person, name, secret);
        Wish wish = new Wish(
                before.roomName(),
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                secret);
        if (ghost(person, wish).isPresent()) {
            enter(person, wish, completion);
        } else {
            takeName(
                    person,
                    wish,
                    own,
                    completion,
                    hold -> end(completion, hold, () -> rename(person, before, wish, hold)));
        }
    }

    private boolean rename(Person person, Membership before, Wish wish, Names.Hold hold) {
        if (person.in(before.roomName()).filter(before::equals).isEmpty()) {
            return false; // they have left meanwhile
        }
        boolean own = claims.requireOwn(person, wish.name(), wish.secret()); // it may be claimed by now
        Membership after = renamed(person, before, wish.name(), own, hold);
        person.recipient()
                .tell(new Event.Called(before.roomName(), before.participant().name(), wish.name(), own));
        return after.hold() == hold;
    }

    /** @param hold on the new name; of another spelling of the old one there is none */
    private Membership renamed(Person person, Membership before, Name name, boolean own, Names.Hold hold) {
        if (before.participant().name().equals(name)) {
            return before;
        }
        ChatRoom chat = before.room().chat();
        Participant renamed = chat.mark(chat.rename(before.participant(), name), own);
        Names.Hold held = before.hold();
        if (hold != Names.Hold.NONE) {
            held = hold;
            watch(before.room(), hold);
            elsewhere.remove(before.roomName(), name);
        }
        Membership after = new Membership(before.room(), renamed, before.session(), held);
        before.session().rename(name);
        person.entered(after);
        if (held != before.hold()) {
            before.hold().release(); // after others know the new one: to them it is a new name, and no leaving
        }
        Recipient recipient = person.recipient();
        if (hold.isFromElsewhere()) {
            before.room().presence().left(before.participant()); // they were there under both names
        } else {
            before.room().presence().renamed(before.participant(), renamed, recipient.id());
        }
        recipient.follower().wroteLast();
        return after;
    }

    /** Leaves all rooms, one after the other. */
    void leaveAll(Person person) {
        assert DeliveryThread.hasTurn();
        person.recipient().follower().unfollow();
        person.memberships().forEach(membership -> leave(person, membership));
    }

    private void leave(Person person, Membership before) {
        person.left(before);
        OpenRoom room = before.room();
        room.chat().leave(before.participant());
        room.unseat(before.participant());
        room.presence().left(before.participant());
        sessions.left(before.session(), person.recipient().codec().tellsToken());
        before.hold().release();
        rooms.closeDeserted(before.roomName());
    }
}
