package prosa.adapter.sqlite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import prosa.domain.Draft;
import prosa.domain.Message;

/** What waits to be written, in its order. Any thread puts in, the writer thread takes out; {@link #lock} owns the state. */
final class Inbox {
    /** The most messages that wait. Together with the next it bounds the memory that a stalled disk can cost: some 100 MB. */
    static final int CAPACITY = 100_000;

    /** The most text that waits, in UTF-16 units. */
    static final int CAPACITY_CHARS = 20_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int chars;
    private boolean closed;

    /** A message that waits, and who waits for it. */
    record Waiting(Draft draft, long origin, CompletableFuture<Message> stage) {
        private int chars() {
            return draft.text().value().length();
        }
    }

    /** False if too many wait already, or after {@link #close}. */
    boolean offer(Waiting message) {
        lock.lock();
        try {
            if (closed || waiting.size() >= CAPACITY || chars + message.chars() > CAPACITY_CHARS) {
                return false;
            }
            waiting.add(message);
            chars += message.chars();
            if (waiting.size() == 1) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something waits, or this is closed: not for longer than that. False if neither came. */
    boolean await(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !waiting.isEmpty() || closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, at most {@code limit}; waits for the first. Empty only if closed and nothing is left. */
    List<Waiting> take(int limit) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Waiting> taken = new ArrayList<>(Math.min(limit, waiting.size()));
            while (taken.size() < limit && !waiting.isEmpty()) {
                Waiting message = waiting.remove();
                chars -= message.chars();
                taken.add(message);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more in. What is in can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
