package prosa.domain;

import java.util.Objects;

/**
 * The one way in which the house says no. It carries a {@link Reason} and nothing else; a codec turns the reason into words.
 *
 * <p>It has no stack trace: refusals are answers to clients, thousands a second if somebody wishes, and not faults of ours.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public Refused(Reason reason) {
        super(Objects.requireNonNull(reason).word(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
