package prosa.domain;

import java.time.Instant;

/**
 * What somebody said in a room, kept.
 *
 * @param id its place in the log; messages are shown in this order everywhere
 * @param at when it was said, in whole milliseconds
 */
public record Message(Position id, RoomName room, Name by, Via via, Instant at, Text text) implements Entry {}
