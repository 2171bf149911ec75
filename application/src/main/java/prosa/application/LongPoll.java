package prosa.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import prosa.application.port.Bound;
import prosa.application.port.Excerpt;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * One that waits until something is said in a room. What is said while the history is still being read for it is kept here, so
 * that nothing is lost between the two.
 *
 * <p>Owned by the delivery thread, but for the stage.
 */
@OwnedByTurn
final class LongPoll {
    private final RoomName room;
    private final int limit;
    private final long deadline;
    private final Position start;
    private final CompletableFuture<Excerpt> excerpt;
    private final List<Message> heard = new ArrayList<>();
    private int bytes;
    private boolean reading;
    /** Whether more was said than it can be told now. */
    private boolean more;

    /**
     * @param limit the most messages that it is told
     * @param deadline on {@link System#nanoTime()}'s clock
     * @param start the place from which on it hears
     * @param excerpt what it waits for
     */
    LongPoll(RoomName room, int limit, long deadline, Position start, CompletableFuture<Excerpt> excerpt) {
        this.room = room;
        this.limit = limit;
        this.deadline = deadline;
        this.start = start;
        this.excerpt = excerpt;
    }

    RoomName room() {
        return room;
    }

    long deadline() {
        return deadline;
    }

    /** The history is being read for it, and comes before all that it hears. */
    void expectPast() {
        assert DeliveryThread.hasTurn();
        reading = true;
    }

    /** @param past the first that was said after the start: as much as one answer takes, or all */
    void hearPast(Measure.Extent past) {
        assert DeliveryThread.hasTurn();
        reading = false;
        if (past.messages().isEmpty()) {
            excerpt.complete(past.of(room, new Position(start.epoch(), past.upTo())));
            return;
        }
        if (past.more()) {
            heard.clear(); // what lies between was not read
            more = true;
        }
        heard.addAll(0, past.messages().get());
    }

    /** Hears a message, unless whoever waits has heard it on another node. More than the limit, or a page, are for the next time. */
    void hear(Message message) {
        assert DeliveryThread.hasTurn();
        if (message.id().offset() <= start.offset()) {
            return;
        }
        int weight = Bound.weight(message);
        if (heard.size() < limit && (bytes == 0 || bytes + weight <= EncodedPage.BYTES)) {
            heard.add(message);
            bytes += weight;
        } else {
            more = true;
            bytes = EncodedPage.BYTES; // a lighter one must not slip in behind it
        }
    }

    /** Something was taken away: it is not told that, but it is not told what is gone either. */
    void forget(Entry entry) {
        assert DeliveryThread.hasTurn();
        switch (entry) {
            case Message message -> {}
            case Removed removed -> heard.removeIf(message -> message.id().equals(removed.of()));
            case Cleared cleared -> heard.clear();
        }
        if (!more) {
            bytes = heard.stream().mapToInt(Bound::weight).sum();
        }
    }

    boolean isDone() {
        assert DeliveryThread.hasTurn();
        return excerpt.isDone();
    }

    boolean isReading() {
        assert DeliveryThread.hasTurn();
        return reading;
    }

    /** Whether there is something to tell: nothing is, before the past. If all that it heard is gone, and there was more, it asks again. */
    boolean hasNews() {
        assert DeliveryThread.hasTurn();
        return !reading && (more || !heard.isEmpty());
    }

    /** @param now the place up to which everything was delivered */
    void answer(Position now) {
        assert DeliveryThread.hasTurn();
        if (!reading && !heard.isEmpty()) {
            List<Message> told = List.copyOf(heard.subList(0, Math.min(limit, heard.size())));
            Position last = told.getLast().id();
            long first = told.getFirst().id().offset();
            boolean cut = more || told.size() < heard.size();
            excerpt.complete(
                    new Excerpt(room, start.offset(), last.offset(), first, told.size(), cut, Optional.of(told), last));
        } else {
            Position reached = reading || more ? start : now;
            excerpt.complete(
                    new Excerpt(room, start.offset(), reached.offset(), 0, 0, false, Optional.of(List.of()), reached));
        }
    }

    void fail(Throwable failure) {
        assert DeliveryThread.hasTurn();
        excerpt.completeExceptionally(failure);
    }
}
