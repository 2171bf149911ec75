package prosa.application.port;

import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * Port: the few facts that the house keeps beside its history, and that outlive a restart if the history does. Each has a kind and a
 * key, by which a later one takes its place. What keys and values mean is known to the one class that keeps facts of that kind; neither
 * ever holds a secret, only what a secret can be compared with.
 *
 * <p>It belongs to a {@link MessageEngine}, and is closed with it. All methods may be called on any thread and never block.
 */
public interface Register {
    /** What facts are about. */
    enum Kind {
        /** A name is somebody's. */
        CLAIM,
        /** A room is closed. */
        CLOSING,
        /** Somebody may not come in. */
        BAN,
        /** Somebody is not heard. */
        MUTE,
        /** A room hears few. */
        QUIET,
        /** An operator did something. */
        ACT
    }

    /** The facts of a kind that are kept now, in the order of their keys (of their UTF-16 units). */
    SortedMap<String, String> read(Kind kind);

    /**
     * Keeps a fact, in place of the one with that key. What is asked for first is done first.
     *
     * @return completes once it is durable and {@link #read} gives it, on the register's thread or on this one: what depends on it must
     *     not block. Exceptionally with {@link prosa.domain.Refused} {@link prosa.domain.Reason#UNAVAILABLE} if it can't be kept, if
     *     too much waits to be kept already, or once the engine is closed: then all is as it was before, after a restart as well
     */
    CompletionStage<Void> keep(Kind kind, String key, String value);

    /** Forgets a fact, if there is one. Completes as {@link #keep} does. */
    CompletionStage<Void> forget(Kind kind, String key);
}
