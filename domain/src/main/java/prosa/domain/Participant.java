package prosa.domain;

/**
 * Somebody who is in a room.
 *
 * @param seat tells two participants of the same name apart, who came one after the other; never reused in a room
 * @param name unique in the room by its {@link Name#key()}
 * @param via the wire over which they came
 */
public record Participant(long seat, Name name, Via via) {}
