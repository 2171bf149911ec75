package prosa.adapter.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import prosa.application.port.Timeline;
import prosa.delivery.Collapse;
import prosa.domain.Draft;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
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
     * What is to be told next.
     *
     * @param news whether the listener has not heard of it: false for a key that was used before
     */
    private record Told(Message message, long origin, boolean news, CompletableFuture<Message> stage) {}

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
        KeptListener told;
        lock.lock();
        try {
            if (closed) {
                return refused();
            }
            if (listener == null) {
                throw new IllegalStateException("not started");
            }
            due.add(keep(draft, origin, stage));
            if (teller != null) {
                return stage;
            }
            teller = Thread.currentThread();
            told = listener;
        } finally {
            lock.unlock();
        }
        tell(told);
        return stage;
    }

    private Told keep(Draft draft, long origin, CompletableFuture<Message> stage) {
        long now = clock.nanoTime();
        OptionalLong earlier = keys.find(draft, now);
        if (earlier.isPresent()) {
            return new Told(log.at(earlier.getAsLong()), origin, false, stage);
        }
        long offset = head + 1;
        Message message = timeline.keep(draft, new Position(epoch, offset));
        log.append(message);
        keys.remember(draft, offset, now);
        keys.forgetUpTo(log.floor());
        head = offset;
        floor = log.floor();
        return new Told(message, origin, true, stage);
    }

    private void tell(KeptListener listener) {
        for (List<Told> batch = takeDue(); !batch.isEmpty(); batch = takeDue()) {
            List<Kept> news = batch.stream()
                    .filter(Told::news)
                    .map(told -> new Kept(told.message, told.origin))
                    .toList();
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
            batch.forEach(told -> told.stage.complete(told.message));
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
