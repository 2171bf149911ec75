package prosa.adapter.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.MessageEngine;
import prosa.application.port.Page;
import prosa.application.port.RecentKeys;
import prosa.application.port.Register;
import prosa.application.port.Stretch;
import prosa.application.port.Timeline;
import prosa.delivery.Collapse;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * An engine that keeps the last that was said in memory, and forgets the oldest over all rooms when that grows beyond a bound:
 * {@link #floor()} then rises. The key of a forgotten message is forgotten with it.
 *
 * <p>A message is kept at once, on its publisher's thread, and all state is under {@link #lock}. The lock is never held while
 * the listener is called: one publisher at a time, the {@link #teller}, tells it in the log's order; the others leave their
 * messages to that one and go. So a publisher may hold a lock of its own that the listener takes as well.
 */
public final class MemoryEngine implements MessageEngine {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryEngine.class);

    private final HouseClock clock;
    private final long epoch;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition silence = lock.newCondition();
    private final BoundedLog log;
    private final RecentKeys keys = new RecentKeys();
    private final Timeline timeline;
    private final MemoryRegister register = new MemoryRegister();
    private List<Told> due = new ArrayList<>();
    private @Nullable KeptListener listener;
    private @Nullable Thread teller;
    private boolean closed;

    // Written under the lock. Read without it: neither may wait for anything.
    private volatile long head;
    private volatile long floor;

    /**
     * An empty log.
     *
     * @param clock gives the log its epoch, now, and says when keys are over
     * @param maxBytes about how much memory the log may take; the newest message is kept whatever its size
     */
    public MemoryEngine(HouseClock clock, long maxBytes) {
        this.clock = clock;
        this.epoch = clock.millis();
        this.log = new BoundedLog(maxBytes);
        this.timeline = new Timeline(clock, Instant.EPOCH);
    }

    @Override
    public void start(KeptListener listener) {
        lock.lock();
        try {
            this.listener = listener;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Register register() {
        return register;
    }

    /** {@inheritDoc} The stage is complete on return, unless another publisher is just telling the listener. */
    @Override
    public CompletionStage<Message> publish(Draft draft, long origin) {
        CompletableFuture<Message> stage = new CompletableFuture<>();
        lock.lock();
        try {
            if (isClosed()) {
                return refused();
            }
            Told told = keep(draft, origin, stage);
            if (told == null || !isToTell(told)) {
                return stage;
            }
        } finally {
            lock.unlock();
        }
        tell();
        return stage;
    }

    @Override
    public CompletionStage<List<Entry>> remove(Removal removal) {
        CompletableFuture<List<Entry>> stage = new CompletableFuture<>();
        lock.lock();
        try {
            if (isClosed()) {
                return refused();
            }
            Told told = keep(removal, stage);
            if (told == null || !isToTell(told)) {
                return stage;
            }
        } finally {
            lock.unlock();
        }
        tell();
        return stage;
    }

    private boolean isClosed() {
        if (!closed && listener == null) {
            throw new IllegalStateException("not started");
        }
        return closed;
    }

    /** Leaves it to the teller, if there is one; else this thread is the teller from now on. */
    private boolean isToTell(Told told) {
        due.add(told);
        if (teller != null) {
            return false;
        }
        teller = Thread.currentThread();
        return true;
    }

    /** Null if it is refused: then the stage says so. */
    private @Nullable Told keep(Draft draft, long origin, CompletableFuture<Message> stage) {
        long now = clock.nanoTime();
        OptionalLong earlier = keys.find(draft, now);
        if (earlier.isPresent()) {
            Message before = log.at(earlier.getAsLong());
            if (before == null) {
                stage.completeExceptionally(new Refused(Reason.REMOVED));
                return null;
            }
            return new Told.Said(before, origin, false, stage);
        }
        Message message = timeline.keep(draft, next());
        append(message);
        keys.remember(draft, message.id().offset(), now);
        keys.forgetUpTo(floor);
        return new Told.Said(message, origin, true, stage);
    }

    /** Null if it is refused: then the stage says so. */
    private @Nullable Told keep(Removal removal, CompletableFuture<List<Entry>> stage) {
        List<Message> targets = log.targets(removal);
        if (targets.isEmpty()) {
            stage.completeExceptionally(new Refused(Reason.NO_MESSAGE));
            return null;
        }
        Instant at = timeline.keep(removal.at());
        List<Entry> entries = new ArrayList<>();
        if (removal instanceof Removal.All) {
            log.clear(removal.room());
            entries.add(new Cleared(next(), removal.room(), removal.by(), at));
            append(entries.getFirst());
        } else {
            for (Message gone : targets) {
                log.drop(gone);
                Removed removed = new Removed(next(), gone.id(), gone.room(), gone.by(), removal.by(), at);
                entries.add(removed);
                append(removed);
            }
        }
        keys.forgetUpTo(floor);
        return new Told.Gone(List.copyOf(entries), stage);
    }

    private Position next() {
        return new Position(epoch, head + 1);
    }

    private void append(Entry entry) {
        log.append(entry);
        head = entry.id().offset();
        floor = log.floor();
    }

    private void tell() {
        KeptListener listener = Objects.requireNonNull(this.listener, "not started");
        for (List<Told> batch = takeDue(); !batch.isEmpty(); batch = takeDue()) {
            List<Kept> news = new ArrayList<>(batch.size());
            batch.forEach(told -> told.addTo(news));
            if (!news.isEmpty()) {
                try {
                    listener.kept(news);
                } catch (RuntimeException e) {
                    LOG.error("A listener failed: {}", e.toString());
                } catch (Error e) {
                    // It would stay the teller, and nobody would be told anything any more.
                    throw Collapse.of("the history's teller", e);
                }
            }
            batch.forEach(Told::complete);
        }
    }

    /** What is due now; if that is nothing, the caller is the teller no more. */
    private List<Told> takeDue() {
        lock.lock();
        try {
            if (due.isEmpty()) {
                teller = null;
                silence.signalAll();
                return List.of(); // not the list itself, which is the others' from now on
            }
            List<Told> batch = due;
            due = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public long floor() {
        return floor;
    }

    @Override
    public CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return read(() -> log.after(rooms, after, upTo, bound));
    }

    @Override
    public CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return read(() -> log.entries(rooms, after, upTo, bound));
    }

    @Override
    public CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        return read(() -> log.last(rooms, upTo, bound));
    }

    @Override
    public CompletionStage<Set<RoomName>> rooms() {
        return read(log::rooms);
    }

    private <T> CompletionStage<T> read(Supplier<T> query) {
        lock.lock();
        try {
            return closed ? refused() : CompletableFuture.completedStage(query.get());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            register.close();
            while (teller != null && teller != Thread.currentThread()) {
                silence.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static <T> CompletionStage<T> refused() {
        return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
    }
}
