package prosa.adapter.javalin;

/** HTTP's own no. */
final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Denial denial;

    Denied(Denial denial) {
        super(denial.word(), null, false, false);
        this.denial = denial;
    }

    Denial denial() {
        return denial;
    }
}
