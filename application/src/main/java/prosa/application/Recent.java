package prosa.application;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Bound;
import prosa.application.port.MessageHistory;
import prosa.application.port.Page;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * The last messages of a room in memory, so that a crowd that arrives does not read the history once each. Read from the history
 * when the first one asks.
 */
@OwnedByTurn
final class Recent {
    private final RoomName room;
    /** The longest texts would make a welcome of 800 KB. */
    private static final int BYTES = 64 << 10;

    private static final Bound BOUND = new Bound(Visitor.RECENT_LIMIT, BYTES);

    private final MessageHistory history;
    private final Reads reads;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final List<Consumer<Optional<Reason>>> waiting = new ArrayList<>();
    private long bytes;
    private int toBeCalled;
    private boolean loading;
    private boolean loaded;
    private boolean outdated;

    Recent(RoomName room, MessageHistory history, Reads reads) {
        this.room = room;
        this.history = history;
        this.reads = reads;
    }

    /**
     * Calls back when the messages are here: at once, or after they were read.
     *
     * @param upTo the offset that was delivered last: what comes later is {@link #add}ed
     * @param then gets the reason if they can't be read
     */
    void whenLoaded(long upTo, Consumer<Optional<Reason>> then) {
        assert DeliveryThread.hasTurn();
        if (loaded) {
            then.accept(Optional.empty());
            return;
        }
        waiting.add(then);
        if (!loading) {
            loading = true;
            reads.forJoin(() -> history.last(Set.of(room), upTo, BOUND), this::arrived);
        }
    }

    private void arrived(@Nullable Page page, @Nullable Reason failure) {
        if (outdated) {
            // Nothing was said in the new log when it began, and all since is here.
            outdated = false;
            arrived(new Page(List.of(), false), null);
            return;
        }
        loading = false;
        if (page == null) {
            messages.clear(); // the next read brings them
            bytes = 0;
        } else {
            loaded = true;
            for (Message message : page.messages().reversed()) {
                messages.addFirst(message);
                bytes += Bound.weight(message);
            }
            trim();
        }
        Optional<Reason> reason = Optional.ofNullable(failure);
        List<Consumer<Optional<Reason>>> all = List.copyOf(waiting);
        waiting.clear();
        toBeCalled += all.size();
        for (Consumer<Optional<Reason>> then : all) {
            toBeCalled--;
            then.accept(reason);
        }
    }

    void add(Message message) {
        assert DeliveryThread.hasTurn();
        if (loaded || loading) {
            messages.addLast(message);
            bytes += Bound.weight(message);
            trim();
        }
    }

    /** The log is another one. What is being read of the one before is read again, in the new one. */
    void beginAnew() {
        assert DeliveryThread.hasTurn();
        messages.clear();
        bytes = 0;
        loaded = false;
        outdated = loading;
    }

    /** Something was taken away. What is left is read when it is asked for: what came before it may be among the last now. */
    void forget(Entry entry) {
        assert DeliveryThread.hasTurn();
        boolean changed = switch (entry) {
            case Message message -> false;
            case Removed removed -> messages.removeIf(message -> message.id().equals(removed.of()));
            case Cleared cleared -> messages.removeIf(message -> true);
        };
        if (changed && loaded) {
            messages.clear();
            loaded = false;
        }
        bytes = messages.stream().mapToLong(Bound::weight).sum();
    }

    private void trim() {
        while (messages.size() > Visitor.RECENT_LIMIT || bytes > BYTES && messages.size() > 1) {
            bytes -= Bound.weight(messages.removeFirst());
        }
    }

    /** Whether somebody who waits for the messages may still enter the room. */
    boolean isAwaited() {
        assert DeliveryThread.hasTurn();
        return loading || toBeCalled > 0;
    }

    boolean isEmpty() {
        assert DeliveryThread.hasTurn();
        return messages.isEmpty();
    }

    /** The last messages, oldest first, at most {@link Visitor#RECENT_LIMIT} and 64 KiB, without those after a place. */
    List<Message> upTo(long offset) {
        assert DeliveryThread.hasTurn();
        return messages.stream()
                .filter(message -> message.id().offset() <= offset)
                .toList();
    }
}
