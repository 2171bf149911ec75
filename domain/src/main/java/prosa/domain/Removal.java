package prosa.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What an operator wants to be gone from a room's part of the log, ready to be carried out. */
public sealed interface Removal {
    RoomName room();

    /** The operator. */
    Name by();

    /** When it was asked for, in whole milliseconds. */
    Instant at();

    /** The message at a place. */
    record One(RoomName room, Position of, Name by, Instant at) implements Removal {
        public One {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * The last messages of one person, whatever the spelling of the name: of what was said in the room, the newest {@link #WITHIN} are
     * looked at.
     *
     * @param count how many, 1 to {@link #MOST}; fewer go if there are fewer
     */
    record LastOf(RoomName room, Name author, int count, Name by, Instant at) implements Removal {
        /** The most that go at once: each is told to everybody. */
        public static final int MOST = 100;

        /** How many messages are looked at for those of one person: nobody else is kept waiting for longer than that takes. */
        public static final int WITHIN = 10_000;

        /** @throws Refused {@link Reason#MALFORMED} if there can't be so many */
        public LastOf {
            if (count < 1 || count > MOST) {
                throw new Refused(new Fault.NotNumber("count", 1, MOST));
            }
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** All that was said there. */
    record All(RoomName room, Name by, Instant at) implements Removal {
        public All {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
