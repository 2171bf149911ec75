package prosa.application.port;

import java.util.Optional;
import prosa.domain.Fault;
import prosa.domain.Reason;

/**
 * What a client asks for, as it wrote it: nothing is validated yet.
 *
 * <p>{@code ref} is the client's own name for the command; a refusal carries it back.
 */
public sealed interface Command {
    Optional<String> ref();

    /**
     * To enter a room, or move to another. What is left out stays as it was: the room, the name, or the name that the token
     * knows. Who has no name at all is asked for one, and the rest is remembered.
     *
     * @param roomKey of the room, if it is closed
     * @param claim the secret of the name, if it is claimed
     */
    record Join(
            Optional<String> name,
            Optional<String> room,
            Optional<String> since,
            Optional<String> token,
            Optional<Secret> roomKey,
            Optional<Secret> claim,
            Optional<String> ref)
            implements Command {
        /** Into the main room, as soon as one has a name. */
        public static final Join MAIN =
                new Join(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Without secrets. */
        public Join(
                Optional<String> name,
                Optional<String> room,
                Optional<String> since,
                Optional<String> token,
                Optional<String> ref) {
            this(name, room, since, token, Optional.empty(), Optional.empty(), ref);
        }

        /** Under a name, and all else as it was. */
        public static Join named(String name) {
            return new Join(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** What is asked for here but for the name. */
        public Join nameless() {
            return new Join(Optional.empty(), room, since, token, roomKey, claim, ref);
        }

        /** With the secret of the name. */
        public Join showing(Secret secret) {
            return new Join(name, room, since, token, roomKey, Optional.of(secret), ref);
        }

        /** What is asked for here but for the secret of the name. */
        public Join secretless() {
            return new Join(name, room, since, token, roomKey, Optional.empty(), ref);
        }

        /** What is asked for here, and what was asked for before where nothing is said here. */
        public Join or(Join before) {
            return new Join(
                    name.or(before::name),
                    room.or(before::room),
                    since.or(before::since),
                    token.or(before::token),
                    roomKey.or(before::roomKey),
                    claim.or(before::claim),
                    ref);
        }
    }

    /** To say something. */
    record Say(String text, Optional<String> key, Optional<String> ref) implements Command {}

    /** A line of the text dialect: a name as long as one has none, and something said afterwards. */
    record Line(String text) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /**
     * To be called otherwise.
     *
     * @param claim the secret of the name, if it is claimed
     */
    record Rename(String name, Optional<Secret> claim, Optional<String> ref) implements Command {
        /** Without a secret. */
        public Rename(String name, Optional<String> ref) {
            this(name, Optional.empty(), ref);
        }
    }

    /** To be called so from now on: a new name in a room, and the first one at the door. */
    record Nick(String name) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To be told who is here. */
    record Who(Optional<String> ref) implements Command {}

    /** To tell one person something. */
    record Whisper(String to, String text, Optional<String> ref) implements Command {}

    /** To tell one person something, as people write it: the longest name of somebody present with which it begins, and the text behind it. */
    record Aside(String toAndText) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** Something asked for by somebody who says where they are, or who they are. It is done only if they are right. */
    record Asserting(Optional<String> room, Optional<String> name, Command command) implements Command {
        @Override
        public Optional<String> ref() {
            return command.ref();
        }
    }

    /** To make the name that one has one's own. */
    record Claim(Optional<String> ref) implements Command {}

    /** To be called so from now on, which only those may who show the secret: as {@link Nick}. */
    record Prove(String name, Secret claim) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To give the name that one has up: it is nobody's from then on. */
    record Release(Optional<String> ref) implements Command {}

    /** To leave the room and stay connected. */
    record Leave(Optional<String> ref) implements Command {}

    /** To be told what was said last. */
    record Last(int limit) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To be told what one can say. */
    record Help() implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To end the connection. */
    record Quit() implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To be an operator from now on. */
    record Op(Secret token, Optional<String> ref) implements Command {}

    /**
     * To keep order, as an operator.
     *
     * @param room left out: where they are
     */
    record Perform(Act act, Optional<String> room, Optional<String> ref) implements Command {}

    /** Something that can't be read as a command. */
    record Unreadable(Reason reason, Optional<Fault> fault, Optional<String> ref) implements Command {
        public Unreadable(Reason reason, Optional<String> ref) {
            this(reason, Optional.empty(), ref);
        }
    }
}
