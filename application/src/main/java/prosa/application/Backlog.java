package prosa.application;

import java.util.Optional;
import prosa.domain.Position;

/** What a follower has to be told of the past before its feed goes on. */
sealed interface Backlog {
    /** The history's offset up to which the past goes; the feed's log has what comes after it. */
    long upTo();

    /**
     * What was said after a place.
     *
     * @param missed where the client said it was, if something may be missing between there and {@code after}
     */
    record After(long after, long upTo, Optional<Position> missed) implements Backlog {}

    /** The last that was said. */
    record Last(int limit, long upTo) implements Backlog {}
}
