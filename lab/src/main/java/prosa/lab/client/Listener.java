package prosa.lab.client;

import java.io.IOException;
import java.util.Optional;

/** Is told what reaches a client, on the thread that reads its connection: whoever takes long here reads late. */
@FunctionalInterface
public interface Listener {
    /** Does nothing with anything. */
    Listener DEAF = said -> {};

    void said(Said said);

    /** The server kept a message of this connection (WebSocket and TCP) as {@code id}. */
    default void acknowledged(String id) {}

    /** Anything else that the server tells, by its {@code type}: {@code joined}, {@code gap}, {@code refused}, ... */
    default void told(String type) {}

    /** The server refused something that this connection asked for. */
    default void refused(String reason) {}

    /** The server closes a WebSocket with this code and reason (RFC 6455 §5.5.1); 1005 if it gave none. */
    default void closing(int code, String reason) {}

    /** The connection sent something that only says that it lives. */
    default void heartbeat() {}

    /**
     * The connection has ended, and nothing more comes.
     *
     * @param why empty if the server ended it in good order, or this client did
     */
    default void ended(Optional<IOException> why) {}
}
