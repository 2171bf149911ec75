package prosa.application;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/**
 * Tells one follower its backlog, page by page: the next page is read when the last was written, so that a long history costs
 * a page of memory and a slow reader slows nobody but itself.
 *
 * <p>Owned by the delivery thread; reads complete on the history's threads and come back as tasks.
 */
final class Replay {
    private static final int PAGE = 100;

    private final Follower follower;
    private final Set<RoomName> rooms;
    private final MessageHistory history;
    private final Executor deliveryThread;
    private Backlog backlog;
    private boolean reading;
    private boolean done;

    Replay(Follower follower, Set<RoomName> rooms, Backlog backlog, MessageHistory history, Executor deliveryThread) {
        this.follower = follower;
        this.rooms = rooms;
        this.backlog = backlog;
        this.history = history;
        this.deliveryThread = deliveryThread;
    }

    /** What was told so far is written: reads on. */
    void more() {
        if (!reading && !done) {
            reading = true;
            read().whenComplete((page, failure) -> deliveryThread.execute(() -> {
                reading = false;
                if (!follower.isAt(this)) {
                    return; // it moved on to another room, or is gone
                }
                if (failure == null) {
                    tell(page);
                } else {
                    follower.unreplayable();
                }
            }));
        }
    }

    /** The history's offset up to which the past was told. */
    long reached() {
        return switch (backlog) {
            case Backlog.After after -> after.after();
            case Backlog.Last last -> last.upTo();
        };
    }

    private CompletionStage<List<Message>> read() {
        return switch (backlog) {
            case Backlog.After after -> history.after(rooms, after.after(), after.upTo(), PAGE);
            case Backlog.Last last -> history.last(rooms, last.upTo(), last.limit());
        };
    }

    private void tell(List<Message> page) {
        switch (backlog) {
            case Backlog.After after -> {
                after.missed().or(() -> forgottenAfter(after.after())).ifPresent(missed -> tellGap(missed, page));
                done = page.size() < PAGE;
                long reached = done ? after.upTo() : page.getLast().id().offset();
                backlog = new Backlog.After(reached, after.upTo(), Optional.empty());
            }
            case Backlog.Last last -> {
                // Resuming from here must bring these again, should the connection be cut before they arrive.
                long before =
                        page.isEmpty() ? last.upTo() : page.getFirst().id().offset() - 1;
                follower.tellAgain(new Event.Opening(new Position(history.epoch(), before)));
                done = true;
            }
        }
        page.forEach(follower::tellAgain);
        follower.replayed(done);
    }

    /** A bounded history goes on forgetting while a slow reader reads it. */
    private Optional<Position> forgottenAfter(long offset) {
        return offset < history.floor() ? Optional.of(new Position(history.epoch(), offset)) : Optional.empty();
    }

    private void tellGap(Position missed, List<Message> page) {
        Optional<Position> next = page.stream().findFirst().map(Message::id);
        rooms.forEach(room -> follower.tellAgain(new Event.Gap(room, missed, next)));
    }
}
