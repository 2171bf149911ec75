package prosa.application.port;

/** Port: a WebSocket beside the chat's, on the same server. It has a word for whoever comes, hears what they say, and never answers. */
public interface TextSocket {
    /** Where it is found, such as {@code /testing}. */
    String path();

    /** What whoever comes is told first. */
    String greeting();

    /**
     * Somebody has said something, of 64 KiB at most. Must not block.
     *
     * <p>Any thread, and several at a time.
     */
    void heard(String text);
}
