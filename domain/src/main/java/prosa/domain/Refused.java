package prosa.domain;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the house says no. It carries a {@link Reason}, and which part of what was sent is wrong if that is known; a codec
 * turns them into words.
 *
 * <p>It has no stack trace: refusals are answers to clients, thousands a second if somebody wishes, and not faults of ours.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final transient @Nullable Fault fault;

    public Refused(Reason reason) {
        this(reason, Optional.empty());
    }

    /** For {@link Reason#MALFORMED}. */
    public Refused(Fault fault) {
        this(Reason.MALFORMED, Optional.of(fault));
    }

    public Refused(Reason reason, Optional<Fault> fault) {
        super(Objects.requireNonNull(reason).word(), null, false, false);
        this.reason = reason;
        this.fault = fault.orElse(null);
    }

    public Reason reason() {
        return reason;
    }

    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }
}
