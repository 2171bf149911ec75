package prosa.domain;

/**
 * Somebody who is in a room.
 *
 * @param seat tells two participants of the same name apart, who came one after the other; never reused in a room
 * @param name unique in the room by its {@link Name#key()}
 * @param via the wire over which they came
 * @param claimed whether they have shown that the name is theirs
 */
public record Participant(long seat, Name name, Via via, boolean claimed) {
    /** Somebody who has shown nothing. */
    public Participant(long seat, Name name, Via via) {
        this(seat, name, via, false);
    }

    Participant marked(boolean claimed) {
        return new Participant(seat, name, via, claimed);
    }
}
