package prosa.application;

import java.util.Optional;

/**
 * What a client asks for, as it wrote it: nothing is validated yet.
 *
 * <p>{@code ref} is the client's own name for the command; a refusal carries it back.
 */
public sealed interface Command {
    Optional<String> ref();

    /** To enter a room, or move to another. What is left out stays: the room, or the name that the token knows. */
    record Join(
            Optional<String> name,
            Optional<String> room,
            Optional<String> since,
            Optional<String> token,
            Optional<String> ref)
            implements Command {}

    /** To say something. */
    record Say(String text, Optional<String> key, Optional<String> ref) implements Command {}

    /** A line of the text dialect: a name as long as one has none, and something said afterwards. */
    record Line(String text) implements Command {
        @Override
        public Optional<String> ref() {
            return Optional.empty();
        }
    }

    /** To be called otherwise. */
    record Rename(String name, Optional<String> ref) implements Command {}

    /** To be told who is here. */
    record Who(Optional<String> ref) implements Command {}

    /** To tell one person something. */
    record Whisper(String to, String text, Optional<String> ref) implements Command {}

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

    /** Something that can't be read as a command. */
    record Unreadable(prosa.domain.Reason reason, Optional<String> ref) implements Command {}
}
