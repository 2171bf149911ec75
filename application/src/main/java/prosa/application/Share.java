package prosa.application;

import prosa.application.port.Command;
import prosa.domain.Reason;

/** What one client may ask for, and how much of it may be refused, before it is sent away. Owned by whoever made it. */
final class Share {
    private final Budget asking = Budget.ofAsking();
    /** What was too much at once is only said: a text that was pasted line by line ends no connection, and a loop does. */
    private final Budget haste = Budget.ofSilence();

    private final LongTexts longTexts = new LongTexts();

    /** Whether it may ask for this now. */
    boolean allows(Command command) {
        return !isAsking(command) || asking.take(1, System.nanoTime());
    }

    /** Whether it may be refused this now, of what is its own fault. */
    boolean allows(Command command, Reason reason) {
        long now = System.nanoTime();
        return switch (reason) {
            case UNAVAILABLE, BUSY -> true;
            case TOO_FAST -> isAsking(command) || haste.take(1, now);
            case TEXT_TOO_LONG -> !longTexts.isTooMany(now) && asking.take(1, now);
            case NAME_TAKEN,
                    NAME_INVALID,
                    TEXT_EMPTY,
                    MALFORMED,
                    UNKNOWN_COMMAND,
                    ROOM_INVALID,
                    NOT_JOINED,
                    NOT_HERE,
                    TOO_SLOW,
                    ROOM_CLOSED,
                    NAME_CLAIMED,
                    NOT_OPERATOR,
                    MUTED,
                    BANNED,
                    REMOVED,
                    NO_MESSAGE -> isAsking(command) || asking.take(1, now);
        };
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
            case Command.Op op -> true;
            case Command.Perform perform -> true;
            case Command.Claim claim -> true;
            case Command.Prove prove -> true;
            case Command.Release release -> true;
            case Command.Asserting asserting -> isAsking(asserting.command());
            case Command.Line line -> false;
            case Command.Say say -> false;
            case Command.Last last -> false;
            case Command.Whisper whisper -> false;
            case Command.Aside aside -> false;
            case Command.Quit quit -> false;
            case Command.Unreadable unreadable -> false;
        };
    }
}
