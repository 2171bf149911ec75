package prosa.application.port;

import java.util.Optional;
import prosa.delivery.Heartbeat;

/**
 * Port: how a wire writes an {@link Event} down. There is one instance per way of writing (JSON in WebSocket frames, English
 * lines with CRLF, ...), shared by all connections that use it: followers of equal codecs share one log of encoded bytes.
 *
 * <p>Without state: live events are encoded on the delivery thread, those of the past on the history's threads.
 */
public interface Codec {
    /** The event as whole wire units; empty if this way of writing has nothing to say of it. */
    byte[] encode(Event event);

    /** How the past is told to somebody who looks back at it: with more than those were told who heard it, where that helps. */
    default Codec past() {
        return this;
    }

    /** Whether a welcome says the token, so that somebody may come back by it. */
    default boolean tellsToken() {
        return true;
    }

    /** What keeps the connection alive in silence, and how often; empty if this wire needs nothing. */
    default Optional<Heartbeat> heartbeat() {
        return Optional.empty();
    }
}
