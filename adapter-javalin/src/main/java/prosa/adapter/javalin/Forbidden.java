package prosa.adapter.javalin;

/** What HTTP itself does not allow, before the chat is asked. */
final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String sentence;

    Forbidden(String reason, String sentence) {
        super(reason, null, false, false);
        this.reason = reason;
        this.sentence = sentence;
    }

    String reason() {
        return reason;
    }

    String sentence() {
        return sentence;
    }
}
