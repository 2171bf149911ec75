package prosa.application;

import java.util.Optional;
import prosa.domain.Position;

/**
 * Where a client goes on that says where it was.
 *
 * @param start the place after which it is told everything
 * @param backlog what lies between that and the feed's log
 */
record Resume(Position start, Backlog.After backlog) {
    /**
     * @param asked where the client says it was
     * @param head the place up to which everything was delivered
     * @param floor what lies before it may be gone
     */
    static Resume at(Position asked, Position head, long floor) {
        if (asked.epoch() == head.epoch() && asked.offset() > head.offset()) {
            return from(head.offset(), head, Optional.of(asked));
        }
        if (asked.epoch() != head.epoch() || asked.offset() < floor) {
            return from(floor, head, Optional.of(asked));
        }
        return from(asked.offset(), head, Optional.empty());
    }

    /** Whether nothing lies between that and the feed's log: the history needn't be asked. */
    boolean isUpToDate() {
        return backlog.after() == backlog.upTo() && backlog.missed().isEmpty();
    }

    private static Resume from(long after, Position head, Optional<Position> missed) {
        return new Resume(new Position(head.epoch(), after), new Backlog.After(after, head.offset(), missed));
    }
}
