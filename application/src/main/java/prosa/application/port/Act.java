package prosa.application.port;

import java.util.Optional;

/** What an operator does to keep order in a room, as they wrote it: nothing is validated yet. */
public sealed interface Act {
    /** Puts somebody out of the room; they may come back. */
    record Kick(String name) implements Act {}

    /** Somebody says nothing in the room, for a while or until they may again. */
    record Mute(String name, Optional<String> time) implements Act {}

    /** They may speak again. */
    record Unmute(String name) implements Act {}

    /** Only operators speak in the room. */
    record Quiet() implements Act {}

    /** All speak again. */
    record Unquiet() implements Act {}

    /**
     * Somebody neither enters a room nor says anything, for a while.
     *
     * @param whom a name, or {@code @} and an address
     */
    record Ban(String whom, Optional<String> time) implements Act {}

    /** They may again. */
    record Unban(String whom) implements Act {}

    /** Shows who is banned. */
    record Bans() implements Act {}

    /** A name that is somebody's is nobody's any more. */
    record Release(String name) implements Act {}

    /** Makes a key for the room, without which nobody enters or reads it from now on. */
    record Close() implements Act {}

    /** The room needs no key any more. */
    record Open() implements Act {}

    /**
     * Takes a message away.
     *
     * @param id its position
     */
    record Remove(String id) implements Act {}

    /** Takes the last messages of somebody away, or the last one. */
    record RemoveLast(String name, Optional<String> count) implements Act {}

    /** Takes all away that was said in the room. */
    record Clear() implements Act {}

    /** Shows what operators did last. */
    record Acts() implements Act {}
}
