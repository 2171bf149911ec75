package prosa.application;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * What a person and the chat have to say to each other: commands in, in order, and what becomes of each.
 *
 * <p>Each command has one {@link Completion}, however it ends. What is said is published without waiting for what was said before; a join,
 * a change of name and a look back each come alone, and what is heard meanwhile is done afterwards.
 */
@OwnedByTurn
final class Conversation {
    /** Who has no name is asked for one again after so long... */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    /** ... and sent away after so long. */
    private static final Duration LEAVE = Duration.ofMinutes(2);

    private final Person person;
    private final Recipient recipient;
    private final Rooms rooms;
    private final Admission admission;
    private final Claims claims;
    private final Speech speech;
    private final LookBacks lookBacks;
    private final Moderation moderation;
    private final Authorization authorization;
    private final Runnable done;

    /** What was heard while something comes alone. */
    private final ArrayDeque<Command> later = new ArrayDeque<>();

    private final Share share = new Share();

    private Hearing hearing = Hearing.READY;
    /** How many messages are on their way. */
    private int saying;

    private boolean askedAgain;
    /** What was asked for before there was a name. */
    private Command.Join door = Command.Join.MAIN;
    /** The claimed name that they gave at the door: the next line is its secret. */
    private Optional<Name> claimed = Optional.empty();

    private enum Hearing {
        READY,
        /** Something comes alone: what is heard meanwhile waits. */
        BUSY,
        /** What waited is done, one after the other: as many as fit into one frame, called by each other, would overflow the stack. */
        CATCHING_UP,
        /** They have said good-bye, and what they said before is on its way to the disk. */
        QUITTING
    }

    /** @param done called once for each command that was taken, when all that it asked for is under way or refused */
    Conversation(
            Person person,
            Rooms rooms,
            Admission admission,
            Claims claims,
            Speech speech,
            LookBacks lookBacks,
            Moderation moderation,
            Authorization authorization,
            Runnable done) {
        this.person = person;
        this.recipient = person.recipient();
        this.rooms = rooms;
        this.admission = admission;
        this.claims = claims;
        this.speech = speech;
        this.lookBacks = lookBacks;
        this.moderation = moderation;
        this.authorization = authorization;
        this.done = done;
    }

    boolean isInRoom() {
        assert DeliveryThread.hasTurn();
        return person.membership().isPresent();
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
            ask();
        }
    }

    private void ask() {
        recipient.tell(claimed.<Event>map(Event.AskSecret::new).orElseGet(Event.Ask::new));
    }

    /** Does what was heard, in order. */
    void take(Command command) {
        assert DeliveryThread.hasTurn();
        if (hearing == Hearing.READY) {
            perform(command);
        } else {
            later.add(command);
        }
    }

    private void catchUp() {
        hearing = Hearing.CATCHING_UP;
        while (hearing == Hearing.CATCHING_UP && !later.isEmpty()) {
            perform(later.remove());
        }
        if (hearing == Hearing.CATCHING_UP) {
            hearing = Hearing.READY;
        }
    }

    private void perform(Command command) {
        if (!recipient.isOpen()) {
            return; // what comes after the end is never done: so nobody reads on for a client that goes on sending
        }
        if (!share.allows(command)) {
            recipient.close(CloseReason.TOO_FAST);
            return;
        }
        Hearing before = hearing;
        Answer answer = new Answer(command, isAlone(command));
        if (answer.alone) {
            hearing = Hearing.BUSY;
        }
        try {
            carryOut(command, answer);
        } catch (Refused refused) {
            answer.refuse(refused);
        }
        answer.begun = true;
        if (answer.completed && hearing == Hearing.BUSY) {
            hearing = before;
        }
    }

    /** The one way in which a command ends. */
    private final class Answer implements Completion {
        private final Command command;
        private final boolean alone;
        private boolean begun;
        private boolean saying;
        private boolean completed;

        Answer(Command command, boolean alone) {
            this.command = command;
            this.alone = alone;
        }

        @Override
        public void refuse(Refused refused) {
            if (!share.allows(command, refused.reason())) {
                recipient.close(CloseReason.TOO_FAST);
                return;
            }
            if (isInRoom() || !isAnsweredByAsking(command, refused)) {
                recipient.tell(new Event.Refusal(refused.reason(), refused.fault(), command.ref()));
            }
            if (!isInRoom() && isAboutTheName(command, refused)) {
                // What was wrong for one name would be wrong for the next, too.
                door = refused.reason() == Reason.NAME_CLAIMED ? door.secretless() : door;
                ask();
            }
            done();
        }

        @Override
        public void done() {
            completed = true;
            if (isInRoom()) {
                door = Command.Join.MAIN;
                claimed = Optional.empty();
            }
            if (saying) {
                Conversation.this.saying--;
            }
            done.run();
            if (hearing == Hearing.QUITTING) {
                quit();
            } else if (begun && alone) {
                catchUp();
            }
        }
    }

    private void carryOut(Command command, Answer answer) {
        switch (command) {
            case Command.Join join -> join(join, answer);
            case Command.Nick nick -> nick(nick, answer);
            case Command.Line line -> line(line, answer);
            case Command.Say say -> say(say, answer);
            case Command.Last last -> lookBacks.last(recipient, requireSight(), last.limit(), answer);
            case Command.Rename rename -> admission.rename(person, new Name(rename.name()), rename.claim(), answer);
            case Command.Claim claim -> claims.claim(person, claim, answer);
            case Command.Prove prove -> prove(prove, answer);
            case Command.Release release -> claims.release(person, release, answer);
            case Command.Asserting asserting -> {
                requireOwn(asserting);
                carryOut(asserting.command(), answer);
            }
            case Command.Who who -> atOnce(this::who, answer);
            case Command.Whisper whisper -> onItsWay(() -> speech.whisper(person, whisper, answer), answer);
            case Command.Aside aside -> onItsWay(() -> speech.aside(person, aside, answer), answer);
            case Command.Leave leave -> atOnce(this::leave, answer);
            case Command.Help help -> atOnce(() -> recipient.tell(new Event.Help()), answer);
            case Command.Quit quit -> atOnce(this::quit, answer);
            case Command.Op op -> atOnce(() -> moderation.begin(person, op), answer);
            case Command.Perform perform -> moderation.perform(person, perform, answer);
            case Command.Unreadable unreadable -> throw new Refused(unreadable.reason(), unreadable.fault());
        }
    }

    private static void atOnce(Runnable deed, Answer answer) {
        deed.run();
        answer.done();
    }

    private boolean isAlone(Command command) {
        return switch (command) {
            case Command.Join join -> true;
            case Command.Nick nick -> true;
            case Command.Rename rename -> true;
            case Command.Claim claim -> true;
            case Command.Prove prove -> true;
            case Command.Release release -> true;
            case Command.Last last -> true;
            case Command.Line line -> !isInRoom();
            case Command.Asserting asserting -> isAlone(asserting.command());
            case Command.Say say -> false;
            case Command.Who who -> false;
            case Command.Whisper whisper -> false;
            case Command.Aside aside -> false;
            case Command.Leave leave -> false;
            case Command.Help help -> false;
            case Command.Quit quit -> false;
            case Command.Op op -> false;
            case Command.Perform perform -> false;
            case Command.Unreadable unreadable -> false;
        };
    }

    /** What was meant as a name, or may have been. */
    private static boolean isAboutTheName(Command command, Refused refused) {
        return switch (command) {
            case Command.Join join -> true;
            case Command.Nick nick -> true;
            case Command.Prove prove -> true;
            case Command.Line line -> true;
            case Command.Unreadable unreadable -> refused.reason() != Reason.UNKNOWN_COMMAND;
            case Command.Say say -> false;
            case Command.Last last -> false;
            case Command.Rename rename -> false;
            case Command.Claim claim -> false;
            case Command.Release release -> false;
            case Command.Who who -> false;
            case Command.Whisper whisper -> false;
            case Command.Aside aside -> false;
            case Command.Asserting asserting -> false;
            case Command.Leave leave -> false;
            case Command.Help help -> false;
            case Command.Quit quit -> false;
            case Command.Op op -> false;
            case Command.Perform perform -> false;
        };
    }

    /** A program that thinks that it is elsewhere, or somebody else, would say things to the wrong people. */
    private void requireOwn(Command.Asserting asserting) {
        Membership in = person.here();
        if (asserting.room().isPresent()
                && !in.roomName().equals(new RoomName(asserting.room().get()))) {
            throw new Refused(new Fault.NotOwn("room"));
        }
        if (asserting.name().isPresent()
                && !in.participant()
                        .name()
                        .key()
                        .equals(new Name(asserting.name().get()).key())) {
            throw new Refused(new Fault.NotOwn("name"));
        }
    }

    private void line(Command.Line line, Answer answer) {
        if (isInRoom()) {
            say(new Command.Say(line.text(), Optional.empty(), Optional.empty()), answer);
        } else if (claimed.isPresent()) {
            Secret secret = Secret.shown("secret", line.text().strip());
            join(Command.Join.named(claimed.get().value()).showing(secret), answer);
        } else {
            join(Command.Join.named(line.text()), answer);
        }
    }

    private void nick(Command.Nick nick, Answer answer) {
        if (isInRoom()) {
            admission.rename(person, new Name(nick.name()), Optional.empty(), answer);
        } else {
            claimed = Optional.empty();
            join(Command.Join.named(nick.name()), answer);
        }
    }

    private void prove(Command.Prove prove, Answer answer) {
        if (isInRoom()) {
            admission.rename(person, new Name(prove.name()), Optional.of(prove.claim()), answer);
        } else {
            claimed = Optional.empty();
            join(Command.Join.named(prove.name()).showing(prove.claim()), answer);
        }
    }

    /** Who gives a claimed name by itself is asked for its secret; after that they are told that it was wrong, and asked again. */
    private boolean isAnsweredByAsking(Command command, Refused refused) {
        if (refused.reason() != Reason.NAME_CLAIMED || claimed.isPresent()) {
            return false;
        }
        if (command instanceof Command.Line(String name)) {
            claimed = Optional.of(new Name(name));
        } else if (command instanceof Command.Nick(String name)) {
            claimed = Optional.of(new Name(name));
        }
        return claimed.isPresent();
    }

    private void join(Command.Join asked, Answer answer) {
        Command.Join join = isInRoom() ? asked : asked.or(door);
        Admission.Target target = admission.target(person, join);
        if (!isInRoom()) {
            // Whose name is refused is asked for another, and goes where they wanted to.
            door = join.nameless();
        }
        Optional<Name> name = admission.name(person, join, target);
        if (name.isPresent()) {
            admission.enter(person, target.as(name.get()), answer);
        } else {
            claimed = Optional.empty();
            ask();
            answer.done();
        }
    }

    private void say(Command.Say say, Answer answer) {
        onItsWay(() -> speech.say(person, say, answer), answer);
    }

    /** It may end after other commands. */
    private void onItsWay(Runnable saying, Answer answer) {
        this.saying++;
        answer.saying = true;
        saying.run();
    }

    /** A program that writes all it has to say and closes its side is still told what became of it. */
    private void quit() {
        if (saying == 0) {
            recipient.close(CloseReason.QUIT);
        } else {
            hearing = Hearing.QUITTING;
        }
    }

    /** At the door: the room that one is about to enter. */
    private RoomName roomInSight() {
        return person.membership()
                .map(Membership::roomName)
                .or(() -> door.room().map(RoomName::new))
                .orElse(RoomName.MAIN);
    }

    /** @throws Refused if they may not look into the room that they are in or about to enter */
    private RoomName requireSight() {
        RoomName room = roomInSight();
        authorization.requireSight(person, room, door.roomKey());
        return room;
    }

    private void who() {
        RoomName name = requireSight();
        recipient.tell(new Event.Who(name, rooms.count(name), rooms.present(name, Visitor.PRESENT_LIMIT)));
    }

    private void leave() {
        Membership in = person.here();
        admission.leaveAll(person);
        recipient.tell(new Event.Farewelled(in.roomName(), in.participant().name(), person.via()));
    }

    /** The connection has ended, whoever ended it. */
    void ended() {
        assert DeliveryThread.hasTurn();
        admission.leaveAll(person);
        later.clear();
    }
}
