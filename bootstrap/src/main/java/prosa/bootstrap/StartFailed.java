package prosa.bootstrap;

/** Prosa can't start. The message is one line that names what is wrong, as a person gave it. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    StartFailed(String line) {
        super(line, null, false, false);
    }
}
