package prosa.delivery;

/** Why we end a connection. */
public enum CloseReason {
    /** The client said good-bye. */
    QUIT,
    /** The same person came back on another connection. */
    REPLACED,
    /** The client is gone: there is nobody to tell. */
    GONE,
    /** One write has not finished for {@code Follower.WRITE_DEADLINE}, or too much waits for the client to read it. */
    TOO_SLOW,
    /** The client asked for more than its share ({@code too-fast}): it may come back after a while. */
    TOO_FAST,
    /** The client has never had a name, and has been asked for one twice. */
    NAMELESS,
    /** The client may not be here any more: it was told who said so. */
    EXPELLED,
    /** What the client has to be told next can't be had. It may come back and resume. */
    UNAVAILABLE,
    /** The server stops. */
    SHUTDOWN
}
