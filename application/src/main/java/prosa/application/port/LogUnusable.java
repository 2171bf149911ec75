package prosa.application.port;

import java.util.List;

/** A shared log is there, and not to be used. The message is one line in English; the reason can be told in any language. */
public final class LogUnusable extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong, with the details that it has. */
    public enum Reason {
        /** What it is, which setting differs, how it is, and how it is asked for. */
        DIFFERS("%s has %s %s, and %s is asked for"),
        /** What it is called. */
        MOVING("%s: a move to it has not ended: start that move again, or take another --nats-prefix"),
        /** What it is called. */
        MISSING("%s: there is no such stream"),
        /** What it is called. */
        NOT_EMPTY("%s: has a history already"),
        /** What it is called. */
        IN_USE("%s: in use by a Prosa, or by another move"),
        /** What the engine said. */
        SAID("%s");

        private final String english;

        Reason(String english) {
            this.english = english;
        }
    }

    private final Reason reason;
    private final transient List<Object> details;

    /** @param details as the reason has them */
    public LogUnusable(Reason reason, Object... details) {
        super(reason.english.formatted(details));
        this.reason = reason;
        this.details = List.of(details);
    }

    public Reason reason() {
        return reason;
    }

    public List<Object> details() {
        return details;
    }
}
