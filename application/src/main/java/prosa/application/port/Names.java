package prosa.application.port;

import java.util.concurrent.CompletionStage;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * Port: who is called how, in a room of which other machines may have people too. On one machine the answer is there at once ({@code
 * LocalNames}).
 */
public interface Names {
    /**
     * Asks for a name, before anything is done that costs. Called on the delivery thread; never blocks.
     *
     * @return completes, on any thread, once the name is taken for whoever asked; exceptionally with {@link prosa.domain.Refused}:
     *     {@link prosa.domain.Reason#NAME_TAKEN} if it is another's, {@link prosa.domain.Reason#UNAVAILABLE} if nobody can tell
     */
    CompletionStage<Hold> take(RoomName room, Name name);

    /** Whether a name is held by somebody on another machine, as far as is known. Any thread; never blocks. */
    default boolean isTakenElsewhere(RoomName room, Name name) {
        return false;
    }

    /** A name that is taken. */
    @FunctionalInterface
    interface Hold {
        /** Where there was nothing to ask for. */
        Hold NONE = () -> {};

        /** Gives the name back. Called on the delivery thread, once; never blocks. */
        void release();

        /** Calls back if the name is another's in spite of the hold, as this machine was not heard of for too long. On any thread, once. */
        default void whenLost(Runnable then) {}
    }
}
