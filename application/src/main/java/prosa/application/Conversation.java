package prosa.application;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import prosa.delivery.CloseReason;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Draft;
import prosa.domain.Fault;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/**
 * What a visitor and the chat have to say to each other: commands in, events out, and the place in a room between.
 */
@OwnedByTurn
final class Conversation {
    /** Who has no name is asked for one again after so long... */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    /** ... and sent away after so long. */
    private static final Duration LEAVE = Duration.ofMinutes(2);

    private final Via via;
    private final Recipient recipient;
    private final House house;
    private final Runnable done;

    /** What was heard while a join, or a look back, waits for the history: it is done afterwards, in order. */
    private final ArrayDeque<Command> later = new ArrayDeque<>();

    private final Budget asking = Budget.ofAsking();
    private final LongTexts longTexts = new LongTexts();

    private boolean busy;
    /** How many messages are on their way to the engine. */
    private int saying;

    private boolean quitting;
    private boolean catchingUp;
    private boolean askedAgain;
    /** What was asked for before there was a name. */
    private Command.Join door = Command.Join.MAIN;

    private @Nullable Stay stay;

    /** Being in a room. */
    private record Stay(OpenRoom room, Participant participant, Passes.Pass pass) {}

    /** @param done called once for each command that was taken, when all that it asked for is under way or refused */
    Conversation(Via via, Recipient recipient, House house, Runnable done) {
        this.via = via;
        this.recipient = recipient;
        this.house = house;
        this.done = done;
    }

    boolean isInRoom() {
        assert DeliveryThread.hasTurn();
        return stay != null;
    }

    /** Begins the conversation. */
    void greet(Optional<? extends Command> opening) {
        assert DeliveryThread.hasTurn();
        if (opening.isPresent()) {
            take(opening.get());
        } else {
            recipient.tell(new Event.Ask());
        }
    }

    /**
     * The look once a second at somebody who has never had a name: others can't tell them from nobody, and they cost a connection.
     *
     * @param since how long they are here, in nanoseconds
     */
    void look(long since) {
        assert DeliveryThread.hasTurn();
        if (since >= LEAVE.toNanos()) {
            recipient.close(CloseReason.NAMELESS);
        } else if (since >= ASK_AGAIN.toNanos() && !askedAgain) {
            askedAgain = true;
            recipient.tell(new Event.Ask());
        }
    }

    /** Does what was heard, in order. */
    void take(Command command) {
        assert DeliveryThread.hasTurn();
        if (busy) {
            later.add(command);
        } else if (recipient.isOpen()) {
            perform(command);
        }
        // What comes after the end is never done: so nobody reads on for a client that goes on sending.
    }

    private void perform(Command command) {
        if (isAsking(command) && !asking.take(1, System.nanoTime())) {
            recipient.close(CloseReason.TOO_FAST);
            return;
        }
        try {
            carryOut(command);
        } catch (Refused refused) {
            if (isTooMuch(command, refused.reason())) {
                recipient.close(CloseReason.TOO_FAST);
                return;
            }
            refuse(refused, command.ref());
            if (stay == null && isAboutTheName(command, refused)) {
                recipient.tell(new Event.Ask());
            }
            done.run();
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Join join -> join(join);
            case Command.Nick nick -> nick(nick);
            case Command.Line line -> line(line);
            case Command.Say say -> say(say.text(), say.key(), say.ref());
            case Command.Last last -> last(last);
            case Command.Rename rename -> atOnce(() -> rename(new Name(rename.name())));
            case Command.Who who -> atOnce(this::who);
            case Command.Whisper whisper -> atOnce(() -> whisper(whisper));
            case Command.Aside aside -> atOnce(() -> aside(aside));
            case Command.Claiming claiming -> {
                requireOwn(claiming);
                carryOut(claiming.command());
            }
            case Command.Leave leave -> atOnce(this::leave);
            case Command.Help help -> atOnce(() -> recipient.tell(new Event.Help()));
            case Command.Quit quit -> atOnce(this::quit);
            case Command.Unreadable unreadable -> throw new Refused(unreadable.reason(), unreadable.fault());
        }
    }

    /** What others are told, or what has to be looked up. What is said has its own cost: it is on disk before the next is read. */
    private static boolean isAsking(Command command) {
        return switch (command) {
            case Command.Join join -> true;
            case Command.Nick nick -> true;
            case Command.Rename rename -> true;
            case Command.Leave leave -> true;
            case Command.Who who -> true;
            case Command.Help help -> true;
            case Command.Line line -> false;
            case Command.Say say -> false;
            case Command.Last last -> false;
            case Command.Whisper whisper -> false;
            case Command.Aside aside -> false;
            case Command.Claiming claiming -> isAsking(claiming.command());
            case Command.Quit quit -> false;
            case Command.Unreadable unreadable -> false;
        };
    }

    /** Whether this client is refused too much, of what is its own fault. */
    private boolean isTooMuch(Command command, Reason reason) {
        long now = System.nanoTime();
        return switch (reason) {
            case UNAVAILABLE, BUSY -> false;
            case TEXT_TOO_LONG -> longTexts.isTooMany(now) || !asking.take(1, now);
            case NAME_TAKEN,
                    NAME_INVALID,
                    TEXT_EMPTY,
                    MALFORMED,
                    UNKNOWN_COMMAND,
                    ROOM_INVALID,
                    NOT_JOINED,
                    NOT_HERE,
                    TOO_SLOW,
                    TOO_FAST -> !isAsking(command) && !asking.take(1, now);
        };
    }

    /** What was meant as a name, or may have been. */
    private static boolean isAboutTheName(Command command, Refused refused) {
        return switch (command) {
            case Command.Join join -> true;
            case Command.Nick nick -> true;
            case Command.Line line -> true;
            case Command.Unreadable unreadable -> refused.reason() != Reason.UNKNOWN_COMMAND;
            case Command.Say say -> false;
            case Command.Last last -> false;
            case Command.Rename rename -> false;
            case Command.Who who -> false;
            case Command.Whisper whisper -> false;
            case Command.Aside aside -> false;
            case Command.Claiming claiming -> false;
            case Command.Leave leave -> false;
            case Command.Help help -> false;
            case Command.Quit quit -> false;
        };
    }

    /** What needs no waiting for is done when it returns. */
    private void atOnce(Runnable deed) {
        deed.run();
        done.run();
    }

    private void refuse(Reason reason, Optional<String> ref) {
        recipient.tell(new Event.Refusal(reason, ref));
    }

    private void refuse(Refused refused, Optional<String> ref) {
        recipient.tell(new Event.Refusal(refused.reason(), refused.fault(), ref));
    }

    /** A program that thinks that it is elsewhere, or somebody else, would say things to the wrong people. */
    private void requireOwn(Command.Claiming claiming) {
        Stay in = here();
        if (claiming.room().isPresent()
                && !in.room().chat().name().equals(new RoomName(claiming.room().get()))) {
            throw new Refused(new Fault.NotOwn("room"));
        }
        if (claiming.name().isPresent()
                && !in.participant()
                        .name()
                        .key()
                        .equals(new Name(claiming.name().get()).key())) {
            throw new Refused(new Fault.NotOwn("name"));
        }
    }

    private Stay here() {
        if (stay == null) {
            throw new Refused(Reason.NOT_JOINED);
        }
        return stay;
    }

    private void line(Command.Line line) {
        if (stay == null) {
            join(Command.Join.named(line.text()));
        } else {
            say(line.text(), Optional.empty(), Optional.empty());
        }
    }

    private void nick(Command.Nick nick) {
        if (stay == null) {
            join(Command.Join.named(nick.name()));
        } else {
            atOnce(() -> rename(new Name(nick.name())));
        }
    }

    private void join(Command.Join asked) {
        Command.Join join = stay == null ? asked.or(door) : asked;
        Optional<Passes.Pass> pass = join.token().flatMap(house.passes()::find);
        RoomName target = join.room()
                .map(RoomName::new)
                .or(() -> pass.map(Passes.Pass::room))
                .orElseGet(this::ownRoom);
        join.since().ifPresent(house::resume);
        if (stay == null) {
            // Whose name is refused is asked for another, and goes where they wanted to.
            door = join.nameless();
        }
        Optional<Name> name =
                join.name().map(Name::new).or(() -> pass.map(Passes.Pass::name)).or(this::ownName);
        if (name.isEmpty()) {
            recipient.tell(new Event.Ask());
            done.run();
            return;
        }
        OpenRoom room = house.rooms().open(target);
        busy = true;
        room.recent().whenLoaded(house.rooms().offset(), failure -> {
            busy = false;
            try {
                failure.ifPresent(reason -> {
                    throw new Refused(reason);
                });
                if (recipient.isOpen()) {
                    enter(room, name.get(), pass, join);
                }
            } catch (Refused refused) {
                refuse(refused, join.ref());
                if (stay == null) {
                    recipient.tell(new Event.Ask());
                }
            }
            house.rooms().closeDeserted(target);
            done.run();
            catchUp();
        });
    }

    private Optional<Name> ownName() {
        return Optional.ofNullable(stay).map(s -> s.participant().name());
    }

    private RoomName ownRoom() {
        return stay == null ? RoomName.MAIN : stay.room().chat().name();
    }

    /** One after the other: a join that needn't wait ends here again, and thousands of them in one frame would overflow the stack. */
    private void catchUp() {
        if (!catchingUp) {
            catchingUp = true;
            while (!busy && !later.isEmpty()) {
                take(later.remove());
            }
            catchingUp = false;
        }
    }

    private void enter(OpenRoom room, Name name, Optional<Passes.Pass> proof, Command.Join join) {
        Stay next = proof.flatMap(pass -> takeBack(room, name, pass)).orElseGet(() -> comeIn(room, name));
        stay = next;
        recipient.whenLookedAt(null);
        door = Command.Join.MAIN;
        Optional<Resume> resume = join.since().map(house::resume);
        boolean goesOn =
                resume.isEmpty() && house.rooms().follows(recipient, room.chat().name());
        Position from = resume.map(Resume::start)
                .orElseGet(() -> goesOn
                        ? house.rooms().position(recipient.follower().toldUpTo())
                        : house.rooms().position());
        recipient.tell(new Event.Welcome(
                room.chat().name(),
                next.participant().name(),
                next.pass().token(),
                from,
                room.chat().count(),
                room.chat().present(Visitor.PRESENT_LIMIT),
                resume.isPresent()
                        ? Optional.empty()
                        : Optional.of(room.recent().upTo(from.offset()))));
        if (!goesOn) {
            house.rooms().follow(recipient, Set.of(room.chat().name()), resume.map(Resume::backlog));
        }
    }

    /** The same person on a new connection: nobody else notices. */
    private Optional<Stay> takeBack(OpenRoom room, Name name, Passes.Pass pass) {
        Optional<Conversation> ghost = pass.holder();
        if (ghost.isEmpty()
                || ghost.get() == this
                || !pass.room().equals(room.chat().name())
                || !pass.name().key().equals(name.key())) {
            return Optional.empty();
        }
        Participant before = ghost.get().here().participant();
        Participant returned = room.chat().replace(before, via);
        room.unseat(before);
        ghost.get().stay = null;
        ghost.get().recipient.follower().closeNow(CloseReason.REPLACED);
        leaveRoom();
        room.seat(returned, this);
        pass.passTo(this);
        return Optional.of(new Stay(room, returned, pass));
    }

    private Stay comeIn(OpenRoom room, Name name) {
        if (stay != null && stay.room().equals(room)) {
            return renamed(stay, name);
        }
        Participant newcomer = room.chat().enter(name, via);
        leaveRoom();
        room.seat(newcomer, this);
        room.presence().joined(newcomer);
        return new Stay(room, newcomer, house.passes().issue(room.chat().name(), name, this));
    }

    private void rename(Name name) {
        Stay before = here();
        stay = renamed(before, name);
        recipient.tell(new Event.Called(
                before.room().chat().name(), before.participant().name(), name));
    }

    private Stay renamed(Stay before, Name name) {
        if (before.participant().name().equals(name)) {
            return before;
        }
        Participant renamed = before.room().chat().rename(before.participant(), name);
        before.pass().rename(name);
        before.room().presence().renamed(before.participant(), renamed, recipient.id());
        recipient.follower().wroteLast();
        return new Stay(before.room(), renamed, before.pass());
    }

    private void say(String text, Optional<String> key, Optional<String> ref) {
        Stay in = here();
        Draft draft = in.room()
                .chat()
                .say(
                        in.participant(),
                        new Text(text),
                        key.map(Key::new),
                        house.clock().instant());
        saying++;
        house.publish(draft, recipient.id())
                .whenComplete((message, failure) -> house.lend(() -> {
                    saying--;
                    if (failure == null) {
                        recipient.tellInTurn(new Event.Ack(ref, message.id(), message.at()));
                    } else {
                        refuse(Chat.reasonOf(failure), ref);
                    }
                    done.run();
                    if (quitting) {
                        quit();
                    }
                }));
    }

    /** A program that writes all it has to say and closes its side is still told what became of it. */
    private void quit() {
        if (saying == 0) {
            recipient.close(CloseReason.QUIT);
        } else {
            quitting = true;
            busy = true;
        }
    }

    private void whisper(Command.Whisper whisper) {
        here();
        tell(nameOf(whisper.to()), whisper.text());
    }

    private void tell(Name to, String text) {
        Stay in = here();
        Conversation listener = in.room().find(to).orElseThrow(() -> new Refused(Reason.NOT_HERE));
        Name told = listener.here().participant().name();
        boolean taken = listener.recipient.tellFromOthers(new Event.Whisper(
                in.participant().name(), told, new Text(text), house.clock().instant()));
        if (!taken) {
            throw new Refused(Reason.BUSY);
        }
        recipient.tell(new Event.Told(told));
    }

    private void aside(Command.Aside aside) {
        Stay in = here();
        Addressee addressee = Addressee.of(
                        aside.toAndText(), name -> in.room().find(name).isPresent())
                .orElseThrow(() -> new Refused(Reason.NOT_HERE));
        tell(addressee.name(), addressee.text());
    }

    /** A name that can't be one is nobody's here. */
    private static Name nameOf(String text) {
        try {
            return new Name(text);
        } catch (Refused e) {
            throw new Refused(Reason.NOT_HERE);
        }
    }

    /** At the door: the room that one is about to enter. */
    private RoomName roomInSight() {
        return stay == null
                ? door.room().map(RoomName::new).orElse(RoomName.MAIN)
                : stay.room().chat().name();
    }

    private void who() {
        RoomName name = roomInSight();
        Optional<OpenRoom> room = house.rooms().find(name);
        recipient.tell(new Event.Who(
                name,
                room.map(r -> r.chat().count()).orElse(0),
                room.map(r -> r.chat().present(Visitor.PRESENT_LIMIT)).orElse(List.of())));
    }

    private void last(Command.Last last) {
        if (last.limit() < 1 || last.limit() > MessageHistory.MAX_READ) {
            throw new Refused(new Fault.Usage(Fault.Usage.Form.LAST));
        }
        RoomName name = roomInSight();
        busy = true;
        Bound bound = new Bound(last.limit(), Excerpt.BYTES);
        house.measure()
                .last(
                        Set.of(name),
                        house.rooms().offset(),
                        bound,
                        () -> Reads.Wanted.yesIf(recipient.isOpen()),
                        (extent, failure) -> {
                            if (extent == null) {
                                refuse(Objects.requireNonNull(failure), last.ref());
                                lastDone();
                            } else {
                                show(name, extent);
                            }
                        });
    }

    private void show(RoomName room, Measure.Extent extent) {
        recipient.tell(new Event.LookBack(room, extent.count(), extent.more()));
        if (extent.count() == 0) {
            lastDone();
            return;
        }
        Backlog.After piece = new Backlog.After(extent.after(), extent.upTo(), Optional.empty());
        house.replays().lookBack(recipient, room, piece, failure -> {
            failure.ifPresentOrElse(
                    reason -> refuse(reason, Optional.empty()), () -> recipient.tell(new Event.LookedBack(room)));
            lastDone();
        });
    }

    /** What was heard meanwhile had to wait: one client has one look back at a time. */
    private void lastDone() {
        busy = false;
        done.run();
        catchUp();
    }

    private void leave() {
        Stay in = here();
        leaveRoom();
        recipient.tell(
                new Event.Farewelled(in.room().chat().name(), in.participant().name(), via));
    }

    /** The connection has ended, whoever ended it. */
    void ended() {
        assert DeliveryThread.hasTurn();
        leaveRoom();
        later.clear();
    }

    private void leaveRoom() {
        recipient.follower().unfollow();
        if (stay != null) {
            Stay before = Objects.requireNonNull(stay);
            stay = null;
            before.room().chat().leave(before.participant());
            before.room().unseat(before.participant());
            before.room().presence().left(before.participant());
            house.passes().left(before.pass(), recipient.codec().tellsToken());
            house.rooms().closeDeserted(before.room().chat().name());
        }
    }
}
