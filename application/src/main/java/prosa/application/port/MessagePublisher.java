package prosa.application.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removal;

/**
 * Port: hands a message to the engine that orders and keeps it, or has one taken away.
 *
 * <p>What it keeps reaches every node's {@link KeptListener} in one order, whichever node published it. There is no second
 * path: what was not kept is not shown.
 */
public interface MessagePublisher {
    /** The origin of what was said over no connection. */
    long NO_CONNECTION = 0;

    /**
     * Keeps a message. May be called on any thread, is mostly called on the delivery thread, and never blocks.
     *
     * <p>A draft with a key that the same person (room and {@link prosa.domain.Name#key()}) has used within the last 10
     * minutes ({@link RecentKeys#LIFETIME}) is not kept again: the stage completes with the message of the first time, also
     * after a restart if the engine outlives one, and the listener does not hear of it again.
     *
     * <p>The stage completes on the engine's thread, or on this one: what depends on it must not block.
     *
     * @param origin the connection that says it, or {@link #NO_CONNECTION}; handed on with the message on this node only, and never kept
     * @return completes with the kept message once it is durable and the listener has it; exceptionally with
     *     {@link prosa.domain.Refused} {@link prosa.domain.Reason#UNAVAILABLE} if it could not be kept, or if too much waits to be
     *     kept already; {@link prosa.domain.Reason#REMOVED} if what was said with this key was taken away
     */
    CompletionStage<Message> publish(Draft draft, long origin);

    /**
     * Takes messages away. May be called on any thread, and never blocks. That they are gone is an entry of the log for each, or one for
     * all that was said in a room ({@link Removal.All}, which takes the entries of earlier removals with it): the engine gives it its
     * place, and whoever reads the log finds it there, and nothing at the places of the messages. What was published before is kept
     * before.
     *
     * <p>The texts are gone for good: from then on no read gives them, and they are overwritten in what the engine keeps. Their keys are
     * remembered for as long as those of other messages.
     *
     * <p>The stage completes on the engine's thread, or on this one: what depends on it must not block.
     *
     * @return completes with what was kept, in the log's order and one at least, once it is durable and the listener has it; exceptionally
     *     with {@link prosa.domain.Refused} {@link prosa.domain.Reason#NO_MESSAGE} if there is no such message (any more) in that room, or
     *     {@link prosa.domain.Reason#UNAVAILABLE} as for {@link #publish}
     */
    CompletionStage<List<Entry>> remove(Removal removal);

    /** Why messages can't be kept at the moment, in words for an operator; empty if they can, as far as is known. Any thread. */
    default Optional<String> outage() {
        return Optional.empty();
    }
}
