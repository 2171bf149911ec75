package prosa.application.port;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * Port: the few facts that the house keeps beside its history, and that outlive a restart if the history does. Each has a kind and a
 * key, by which a later one takes its place. What keys and values mean is known to the one class that keeps facts of that kind; neither
 * ever holds a secret, only what a secret can be compared with.
 *
 * <p>On several machines they share them: one may keep a fact of which another has not heard yet ({@link #replace}), and each is told what
 * the others do ({@link #watch}).
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

    /** What is kept now by that key. */
    default Optional<String> find(Kind kind, String key) {
        return Optional.ofNullable(read(kind).get(key));
    }

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

    /**
     * Keeps a fact, or forgets it, unless another machine was faster.
     *
     * @param known what whoever asks takes for kept; empty for nothing
     * @param next what is to be kept instead; empty if the fact is to be forgotten
     * @return completes as {@link #keep} does, with whether it is so; if not, what another has kept stays, and is told. Where no other
     *     machine keeps facts it always is
     */
    default CompletionStage<Boolean> replace(Kind kind, String key, Optional<String> known, Optional<String> next) {
        return next.map(value -> keep(kind, key, value))
                .orElseGet(() -> forget(kind, key))
                .thenApply(done -> true);
    }

    /** Hears what is kept and forgotten. */
    @FunctionalInterface
    interface Watcher {
        /**
         * On the register's thread, one call after the other, in the order in which it is so for all machines. Must not block.
         *
         * @param value empty if there is no such fact any more
         */
        void changed(Kind kind, String key, Optional<String> value);
    }

    /**
     * From now on tells what changes, by other machines, and it may be also by this one: then before that completes. Called once, before
     * the first {@link #read}, so that nothing is missed. Where no other machine keeps facts nothing is told.
     */
    default void watch(Watcher watcher) {}
}
