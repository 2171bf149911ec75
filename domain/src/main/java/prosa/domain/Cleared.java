package prosa.domain;

import java.time.Instant;

/**
 * All that was said in a room before was taken away.
 *
 * @param id this entry's own place in the log
 * @param by the operator who took it away
 */
public record Cleared(Position id, RoomName room, Name by, Instant at) implements Entry {}
