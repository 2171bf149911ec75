package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.Collapse;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removed;

/**
 * Overwrites in the stream what was taken away, so that no new copy ever has it. Each node does so for each removal that it reads, as who
 * asked for it may be gone; what another has done already costs one question.
 *
 * <p>On a thread of its own; any may ask.
 */
final class Erasing implements AutoCloseable {
    static final String THREAD = "prosa-nats-eraser";

    private static final long AGAIN = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final Supplier<Optional<Link>> link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** By its own offset. */
    private final TreeMap<Long, Entry> due = new TreeMap<>();

    private final TreeMap<Long, List<CompletableFuture<Void>>> waiting = new TreeMap<>();
    private @Nullable Thread thread;
    private long erasedUpTo;
    private long seenUpTo;
    private boolean news;
    private boolean closed;

    Erasing(Places places, Supplier<Optional<Link>> link) {
        this.places = places;
        this.link = link;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name(THREAD).start(this::run);
    }

    /** The copy is of another log, or was opened: all up to there was done, and these were not. */
    void begin(long erasedUpTo, List<Entry> left, long seenUpTo) {
        lock.lock();
        try {
            due.clear();
            this.erasedUpTo = erasedUpTo;
            this.seenUpTo = seenUpTo;
            left.forEach(entry -> due.put(entry.id().offset(), entry));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The copy has got there, and these were among what it has read. */
    void reach(List<Entry> entries, long upTo) {
        lock.lock();
        try {
            seenUpTo = upTo;
            for (Entry entry : entries) {
                if (!(entry instanceof Message)) {
                    due.put(entry.id().offset(), entry);
                    changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** All up to there is done. */
    long erasedUpTo() {
        lock.lock();
        try {
            return due.isEmpty() ? seenUpTo : Math.max(erasedUpTo, due.firstKey() - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Whether something was overwritten since this was asked last. */
    boolean takeNews() {
        lock.lock();
        try {
            boolean was = news;
            news = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when what this entry took away is overwritten; exceptionally if this is closed before. */
    CompletableFuture<Void> whenErased(Entry entry) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        lock.lock();
        try {
            long offset = entry.id().offset();
            if (closed) {
                stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
            } else if (offset <= seenUpTo && due.headMap(offset, true).isEmpty()) {
                stage.complete(null);
            } else {
                waiting.computeIfAbsent(offset, at -> new ArrayList<>(1)).add(stage);
            }
        } finally {
            lock.unlock();
        }
        return stage;
    }

    private void run() {
        try {
            for (Optional<Entry> next = next(); next.isPresent(); next = next()) {
                if (isErased(next.get())) {
                    done(next.get());
                } else {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            throw Collapse.of(THREAD, e);
        }
    }

    /** The oldest; empty once this is closed. */
    private Optional<Entry> next() throws InterruptedException {
        lock.lock();
        try {
            while (due.isEmpty() && !closed) {
                changed.await();
            }
            return closed ? Optional.empty() : Optional.of(due.firstEntry().getValue());
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            if (!closed) {
                changed.awaitNanos(AGAIN);
            }
        } finally {
            lock.unlock();
        }
    }

    private void done(Entry entry) {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        lock.lock();
        try {
            due.remove(entry.id().offset(), entry);
            news = true;
            var upTo = waiting.headMap(due.isEmpty() ? seenUpTo : due.firstKey() - 1, true);
            upTo.values().forEach(told::addAll);
            upTo.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(stage -> stage.complete(null));
    }

    private boolean isErased(Entry entry) {
        Optional<Link> open = link.get();
        if (open.isEmpty()) {
            return false;
        }
        try {
            switch (entry) {
                case Message message -> {}
                case Removed removed -> erase(open.get(), removed.of().offset());
                case Cleared cleared -> erase(open.get(), cleared);
            }
            return true;
        } catch (IOException | JetStreamApiException e) {
            LOG.debug("What was removed is not overwritten yet: {}", e.getMessage());
            return false;
        }
    }

    private void erase(Link open, Cleared cleared) throws IOException, JetStreamApiException {
        String subject = places.subject(cleared.room());
        for (long from = 1; ; ) {
            Optional<MessageInfo> next = open.next(places.stream(), from, subject);
            if (next.isEmpty() || next.get().getSeq() >= cleared.id().offset()) {
                return;
            }
            erase(open, next.get().getSeq());
            from = next.get().getSeq() + 1;
        }
    }

    private void erase(Link open, long sequence) throws IOException, JetStreamApiException {
        try {
            open.management().deleteMessage(places.stream(), sequence, true);
        } catch (JetStreamApiException e) {
            // One number stands for all that goes wrong here, and for that there is none.
            if (open.find(places.stream(), sequence).isPresent()) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<CompletableFuture<Void>> left = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            waiting.values().forEach(left::addAll);
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(stage -> stage.completeExceptionally(new Refused(Reason.UNAVAILABLE)));
        Thread running = thread;
        if (running != null) {
            running.join();
        }
    }
}
