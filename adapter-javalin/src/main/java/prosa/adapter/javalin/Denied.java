package prosa.adapter.javalin;

import java.util.Optional;

/** HTTP's own no. */
final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Denial denial;
    private final transient Optional<String> option;

    Denied(Denial denial) {
        this(denial, Optional.empty());
    }

    /** @param option of the command line that would let it in */
    Denied(Denial denial, Optional<String> option) {
        super(denial.word(), null, false, false);
        this.denial = denial;
        this.option = option;
    }

    Denial denial() {
        return denial;
    }

    Optional<String> option() {
        return option;
    }
}
