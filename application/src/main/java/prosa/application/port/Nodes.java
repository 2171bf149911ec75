package prosa.application.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Port: the other machines that have people in the same rooms. Who is here they learn by {@link Names}. On one machine there are none.
 *
 * <p>All may be called on any thread, and never blocks.
 */
public interface Nodes {
    /** There are no others. */
    Nodes NONE = new Nodes() {};

    /** What others tell from now on. To be called once, before people come. */
    default void start(Listener listener) {}

    /**
     * Where somebody is or was a while ago, at another machine.
     *
     * @param token that they had there
     */
    default Optional<Seat> find(String token) {
        return Optional.empty();
    }

    /** Somebody's place in a room, under the name that they had there. */
    record Seat(RoomName room, Name name) {}

    /**
     * Tells somebody at another machine what nobody else hears.
     *
     * @return completes once it is on its way to them, on any thread; exceptionally with {@link Refused}: {@link Reason#NOT_HERE}, {@link
     *     Reason#BUSY} if too much waits for them already, {@link Reason#UNAVAILABLE} if nobody answers
     */
    default CompletionStage<Void> tell(RoomName room, Event.Whisper whisper) {
        return CompletableFuture.failedStage(new Refused(Reason.NOT_HERE));
    }

    /**
     * Has done what an operator wants of somebody, at the machine where they are: that keeps it, and all hear of it by the register.
     *
     * @param name of whom
     * @param by the operator
     * @return completes with what was done, on any thread; exceptionally with {@link Refused}: why it could not be, {@link
     *     Reason#UNAVAILABLE} if nobody answers
     */
    default CompletionStage<Deed> perform(RoomName room, Name name, Name by, Act act) {
        return CompletableFuture.failedStage(new Refused(Reason.NOT_HERE));
    }

    /** What other machines tell and ask. One call comes after the other; none may block. */
    interface Listener {
        /**
         * Somebody is in a room there, came just now, or something about them is otherwise.
         *
         * @param before what they were called until now, if it was another name
         */
        void present(RoomName room, Participant there, Optional<Name> before);

        /** They have left. */
        void absent(RoomName room, Name name);

        /** As {@link Nodes#tell(RoomName, Event.Whisper)}, of somebody here. */
        CompletionStage<Void> told(RoomName room, Event.Whisper whisper);

        /** As {@link Nodes#perform}, of somebody here. */
        CompletionStage<Deed> asked(RoomName room, Name by, Act act);
    }
}
