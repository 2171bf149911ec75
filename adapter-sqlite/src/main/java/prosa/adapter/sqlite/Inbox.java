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
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removal;

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

    /** What waits, and who waits for it. */
    sealed interface Waiting {
        CompletableFuture<?> stage();

        int chars();
    }

    /** A message that waits. */
    record Saying(Draft draft, long origin, CompletableFuture<Message> stage) implements Waiting {
        @Override
        public int chars() {
            return draft.text().value().length();
        }
    }

    /** A removal that waits. */
    record Removing(Removal removal, CompletableFuture<List<Entry>> stage) implements Waiting {
        @Override
        public int chars() {
            return 0;
        }
    }

    /** What is taken out together. */
    sealed interface Taken {}

    /** Messages, in their order. */
    record Group(List<Saying> sayings) implements Taken {}

    /** A removal, which is alone: what it takes away must be in the file before it, and what comes after it is none of its business. */
    record Alone(Removing removing) implements Taken {}

    /** Nothing is left, and nothing more comes. */
    record End() implements Taken {}

    /** False if too many wait already, or after {@link #close}. */
    boolean offer(Waiting what) {
        lock.lock();
        try {
            if (closed || waiting.size() >= CAPACITY || chars + what.chars() > CAPACITY_CHARS) {
                return false;
            }
            waiting.add(what);
            chars += what.chars();
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

    /** The messages that wait, at most {@code limit}, or the removal that is next; waits for the first. */
    Taken take(int limit) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (waiting.peek() instanceof Removing removing) {
                waiting.remove();
                return new Alone(removing);
            }
            List<Saying> taken = new ArrayList<>(Math.min(limit, waiting.size()));
            while (taken.size() < limit && waiting.peek() instanceof Saying saying) {
                waiting.remove();
                chars -= saying.chars();
                taken.add(saying);
            }
            return taken.isEmpty() ? new End() : new Group(taken);
        } finally {
            lock.unlock();
        }
    }

    /** All that is left, to be refused. */
    List<Waiting> takeRest() {
        lock.lock();
        try {
            List<Waiting> rest = List.copyOf(waiting);
            waiting.clear();
            chars = 0;
            return rest;
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
