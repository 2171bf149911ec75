package prosa.domain;

import java.time.Instant;

/**
 * A message was taken away: at its place there is nothing any more.
 *
 * @param id this entry's own place in the log
 * @param of the place of the message that is gone
 * @param author who had said it
 * @param by the operator who took it away
 */
public record Removed(Position id, Position of, RoomName room, Name author, Name by, Instant at) implements Entry {}
