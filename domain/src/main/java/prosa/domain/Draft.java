package prosa.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A message that the room has let through and that nobody has kept yet: it has no position.
 *
 * @param at when it was said, in whole milliseconds
 * @param key the client's own name for it; the same key by the same person within 10 minutes is kept once
 */
public record Draft(RoomName room, Name by, Via via, Instant at, Text text, Optional<Key> key) {
    public Draft {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The message that this becomes when it is kept at {@code id}. */
    public Message keptAt(Position id) {
        return keptAt(id, at);
    }

    /** The same, as said at another time: whoever gives the order sees to it that times don't go back. */
    public Message keptAt(Position id, Instant at) {
        return new Message(id, room, by, via, at, text);
    }
}
