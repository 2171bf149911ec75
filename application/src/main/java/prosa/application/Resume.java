package prosa.application;

import java.util.Optional;
import prosa.application.port.MessageHistory;
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
     * @param head the offset up to which everything was delivered
     */
    static Resume at(Position asked, MessageHistory history, long head) {
        if (asked.epoch() == history.epoch() && asked.offset() > head) {
            return from(head, head, history, Optional.of(asked));
        }
        if (asked.epoch() != history.epoch() || asked.offset() < history.floor()) {
            return from(history.floor(), head, history, Optional.of(asked));
        }
        return from(asked.offset(), head, history, Optional.empty());
    }

    /** Whether nothing lies between that and the feed's log: the history needn't be asked. */
    boolean isUpToDate() {
        return backlog.after() == backlog.upTo() && backlog.missed().isEmpty();
    }

    private static Resume from(long after, long head, MessageHistory history, Optional<Position> missed) {
        return new Resume(new Position(history.epoch(), after), new Backlog.After(after, head, missed));
    }
}
