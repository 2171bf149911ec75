package prosa.application.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * What an operator has done, as the room is told. It says no address: who is banned by theirs has no name here.
 *
 * @param by the operator
 * @param name of whom it is about
 * @param until when it ends by itself
 */
public record Deed(Kind kind, RoomName room, Name by, Optional<Name> name, Optional<Instant> until, Instant at) {
    /** What it was. */
    public enum Kind {
        KICK,
        MUTE,
        UNMUTE,
        QUIET,
        UNQUIET,
        BAN,
        UNBAN,
        RELEASE,
        CLOSE,
        OPEN,
        /** As the log tells it, once for each message. */
        REMOVE,
        /** As the log tells it. */
        CLEAR;

        /** As it travels, and as an operator writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
