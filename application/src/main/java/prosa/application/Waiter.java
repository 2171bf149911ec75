package prosa.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/**
 * One that waits until something is said in a room. What is said while the history is still being read for it is kept here, so
 * that nothing is lost between the two.
 *
 * <p>Owned by the delivery thread, but for the stage.
 */
final class Waiter {
    private final RoomName room;
    private final int limit;
    private final long deadline;
    private final Position start;
    private final CompletableFuture<News> news;
    private final List<Message> heard = new ArrayList<>();
    private boolean reading;

    /**
     * @param limit the most messages that it is told
     * @param deadline on {@link System#nanoTime()}'s clock
     * @param start the place from which on it hears
     * @param news what it waits for
     */
    Waiter(RoomName room, int limit, long deadline, Position start, CompletableFuture<News> news) {
        this.room = room;
        this.limit = limit;
        this.deadline = deadline;
        this.start = start;
        this.news = news;
    }

    RoomName room() {
        return room;
    }

    long deadline() {
        return deadline;
    }

    /** The history is being read for it, and comes before all that it hears. */
    void expectPast() {
        reading = true;
    }

    /** @param past the first that was said after the start: as many as the limit, or all */
    void hearPast(List<Message> past) {
        reading = false;
        heard.addAll(0, past);
    }

    /** Hears a message. More than the limit are for the next time. */
    void hear(Message message) {
        if (heard.size() < limit) {
            heard.add(message);
        }
    }

    boolean isReading() {
        return reading;
    }

    /** Whether there is something to tell: nothing is, before the past. */
    boolean hasNews() {
        return !reading && !heard.isEmpty();
    }

    /** @param now the place up to which everything was delivered */
    void answer(Position now) {
        if (hasNews()) {
            List<Message> told = heard.subList(0, Math.min(limit, heard.size()));
            news.complete(new News(told, told.getLast().id()));
        } else {
            news.complete(new News(List.of(), reading ? start : now));
        }
    }

    void fail(Throwable failure) {
        news.completeExceptionally(failure);
    }
}
