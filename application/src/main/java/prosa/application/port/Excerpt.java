package prosa.application.port;

import java.util.List;
import java.util.Optional;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/**
 * What was found of a room's past, to be shown or, if it is long, to be told page by page ({@code Chat.tell}): then nobody holds
 * all of it in memory.
 *
 * @param after the place after which it lies
 * @param upTo the place up to which it goes
 * @param first the offset of its first message; 0 if there is none
 * @param count how many messages it has
 * @param more whether there would be more: after it if it was asked for from a place on, else before it, of those asked for
 * @param messages oldest first; empty if they are too many to be held
 * @param position where to ask from next: nothing of the room lies between the last message and it
 */
public record Excerpt(
        RoomName room,
        long after,
        long upTo,
        long first,
        int count,
        boolean more,
        Optional<List<Message>> messages,
        Position position) {
    /** What one answer may weigh at the most, in bytes: a thousand of the longest texts would be 16 MB. */
    public static final int BYTES = 1_000_000;
}
