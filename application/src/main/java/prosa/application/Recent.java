package prosa.application;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The last messages of a room in memory, so that a crowd that arrives does not read the history once each. Read from the history
 * when the first one asks.
 *
 * <p>Owned by the delivery thread.
 */
final class Recent {
    private final RoomName room;
    private final MessageHistory history;
    private final Executor deliveryThread;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final List<Consumer<Optional<Reason>>> waiting = new ArrayList<>();
    private int toBeCalled;
    private boolean loading;
    private boolean loaded;

    Recent(RoomName room, MessageHistory history, Executor deliveryThread) {
        this.room = room;
        this.history = history;
        this.deliveryThread = deliveryThread;
    }

    /**
     * Calls back when the messages are here: at once, or after they were read.
     *
     * @param upTo the offset that was delivered last: what comes later is {@link #add}ed
     * @param then gets the reason if they can't be read
     */
    void whenLoaded(long upTo, Consumer<Optional<Reason>> then) {
        if (loaded) {
            then.accept(Optional.empty());
            return;
        }
        waiting.add(then);
        if (!loading) {
            loading = true;
            history.last(Set.of(room), upTo, Visitor.RECENT_LIMIT)
                    .whenComplete((read, failure) -> deliveryThread.execute(() -> arrived(read, failure)));
        }
    }

    private void arrived(List<Message> read, Throwable failure) {
        loading = false;
        Optional<Reason> reason = Optional.empty();
        if (failure == null) {
            loaded = true;
            for (int i = read.size() - 1; i >= 0; i--) {
                messages.addFirst(read.get(i));
            }
            trim();
        } else {
            messages.clear(); // the next read brings them
            reason = Optional.of(failure instanceof Refused refused ? refused.reason() : Reason.UNAVAILABLE);
        }
        List<Consumer<Optional<Reason>>> all = List.copyOf(waiting);
        waiting.clear();
        toBeCalled += all.size();
        for (Consumer<Optional<Reason>> then : all) {
            toBeCalled--;
            then.accept(reason);
        }
    }

    void add(Message message) {
        if (loaded || loading) {
            messages.addLast(message);
            trim();
        }
    }

    private void trim() {
        while (messages.size() > Visitor.RECENT_LIMIT) {
            messages.removeFirst();
        }
    }

    /** Whether somebody who waits for the messages may still enter the room. */
    boolean isAwaited() {
        return loading || toBeCalled > 0;
    }

    /** The last messages, oldest first, at most {@link Visitor#RECENT_LIMIT}, without those after a place. */
    List<Message> upTo(long offset) {
        return messages.stream()
                .filter(message -> message.id().offset() <= offset)
                .toList();
    }
}
