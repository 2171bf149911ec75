package prosa.domain;

import java.time.Instant;

/** What the log consists of: what was said, and that some of it was taken away. */
public sealed interface Entry permits Message, Removed, Cleared {
    /** Its place in the log; entries are told in this order everywhere. */
    Position id();

    RoomName room();

    /** When it happened, in whole milliseconds. */
    Instant at();
}
