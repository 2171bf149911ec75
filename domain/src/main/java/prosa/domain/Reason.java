package prosa.domain;

import java.util.Locale;

/** Why something was refused. The same words on every wire: {@link #word()} is what a client sees. */
public enum Reason {
    NAME_TAKEN,
    NAME_INVALID,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    MALFORMED,
    UNKNOWN_COMMAND,
    ROOM_INVALID,
    NOT_JOINED,
    NOT_HERE,
    UNAVAILABLE,
    TOO_SLOW,
    TOO_FAST,
    BUSY,
    ROOM_CLOSED,
    NAME_CLAIMED,
    NOT_OPERATOR,
    MUTED,
    BANNED,
    REMOVED,
    NO_MESSAGE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason as it travels, for example {@code name-taken}. */
    public String word() {
        return word;
    }
}
