package prosa.adapter.nats;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Something that was published, or is about to be, and is not in the copy yet. Any thread. */
final class Pending {
    private final long number;
    private final Optional<Draft> draft;
    private final long origin;
    private final long deadline;
    private final CompletableFuture<Entry> outcome = new CompletableFuture<>();

    /** The number of the link over which it went; 0 as long as it waits. */
    private volatile int link;

    /** Whether the engine has named its place. */
    private volatile boolean answered;

    /**
     * @param number of those that this Prosa publishes
     * @param draft what is said, if it is that
     * @param deadline on {@link System#nanoTime}'s clock
     */
    Pending(long number, Optional<Draft> draft, long origin, long deadline) {
        this.number = number;
        this.draft = draft;
        this.origin = origin;
        this.deadline = deadline;
    }

    long number() {
        return number;
    }

    Optional<Draft> draft() {
        return draft;
    }

    long origin() {
        return origin;
    }

    /** Completes with the entry as it is kept, or with {@link Refused}. */
    CompletableFuture<Entry> outcome() {
        return outcome;
    }

    int chars() {
        return draft.map(said -> said.text().value().length()).orElse(0);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    boolean isOver(long now) {
        return now - deadline >= 0;
    }

    void sentOver(Link link) {
        this.link = link.number();
    }

    boolean wasSent() {
        return link != 0;
    }

    void markAnswered() {
        answered = true;
    }

    /** Whether it went over a link that was before that one, and nobody knows what became of it. */
    boolean wasLostBefore(Link now) {
        return link != 0 && link < now.number() && !answered;
    }

    void refuse(Reason reason) {
        outcome.completeExceptionally(new Refused(reason));
    }
}
