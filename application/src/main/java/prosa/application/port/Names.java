package prosa.application.port;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.RoomName;

/**
 * Port: who is called how in which room. Asynchronous, as several machines that share rooms have to agree on it; whoever asks waits, and
 * other people too. On one machine the answer is there at once ({@code LocalNames}).
 */
public interface Names {
    /**
     * A name that somebody wants to have.
     *
     * @param token that they show: whoever is there under that name at another machine is they, if it is theirs
     * @param own whether they have shown that the name is theirs: the same, if that was known there
     */
    record Wanted(RoomName room, Name name, Optional<String> token, boolean own) {}

    /**
     * Asks for a name, before anything is done that costs. Called on the delivery thread; never blocks.
     *
     * @return completes, on any thread, once the name is taken for whoever asked; exceptionally with {@link prosa.domain.Refused}:
     *     {@link prosa.domain.Reason#NAME_TAKEN} if it is another's, {@link prosa.domain.Reason#UNAVAILABLE} if nobody can tell
     */
    CompletionStage<Hold> take(Wanted wanted);

    /**
     * Whether a name is held by somebody on another machine, as far as is known. Any thread; never blocks.
     *
     * @throws prosa.domain.Refused {@link prosa.domain.Reason#UNAVAILABLE} if nobody can tell now
     */
    default boolean isTakenElsewhere(RoomName room, Name name) {
        return false;
    }

    /** Whether somebody on another machine holds a name, in whichever room, as far as is known. Any thread; never blocks. */
    default boolean isTakenElsewhere(Name name) {
        return false;
    }

    /** Why a name is theirs no more who had it here. */
    enum Loss {
        /** It is another's, as this machine was not heard of for too long. */
        TO_ANOTHER,
        /** They are at another machine, and have taken it along. */
        MOVED
    }

    /** A name that is taken. All but {@link #whenLost} is called on the delivery thread, and never blocks. */
    @FunctionalInterface
    interface Hold {
        /** Where there was nothing to ask for. */
        Hold NONE = () -> {};

        /** Gives the name back, once. */
        void release();

        /** Whether they were at another machine until now: nobody notices that they come. */
        default boolean isFromElsewhere() {
            return false;
        }

        /**
         * Whoever asked is in the room now, or something about them is otherwise.
         *
         * @param token by which they come back
         * @param before what they were called until now, if it was another name
         */
        default void show(Participant participant, Supplier<String> token, Optional<Name> before) {}

        /** Calls back if the name is theirs no more in spite of the hold. On any thread, once. */
        default void whenLost(Consumer<Loss> then) {}
    }
}
