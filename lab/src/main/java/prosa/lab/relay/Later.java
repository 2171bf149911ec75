package prosa.lab.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written at a later time, in order. A thread of its own writes it, and is begun only when there is something.
 *
 * <p>May be used by any thread; its lock owns all of it, and is not held while something is written.
 */
final class Later {
    private static final int MAX_BYTES = 16 << 20;

    private final Writer writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Due> waiting = new ArrayDeque<>();
    private long bytes;
    private long lastNanos = System.nanoTime();
    private boolean hasThread;
    private boolean stopped;

    /** Where it is written to. Called by the one thread. */
    interface Writer {
        void write(ByteBuffer bytes) throws IOException;

        void end() throws IOException;

        /** It could not be written: there is no point in going on. */
        void failed();
    }

    /** Something to be written at a time of {@link System#nanoTime()}; nothing at all is the stream's end. */
    private record Due(ByteBuffer bytes, int size, long nanos) {}

    Later(Writer writer) {
        this.writer = writer;
    }

    /** Whether all of it has been written: what is being written still counts as waiting. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Copies the bytes. */
    void add(ByteBuffer next, long nanos) {
        int size = next.remaining();
        add(new Due(ByteBuffer.allocate(size).put(next).flip(), size, nanos));
    }

    /** The stream's end, after all that waits. */
    void addEnd() {
        lock.lock();
        try {
            add(new Due(ByteBuffer.allocate(0), 0, lastNanos));
        } finally {
            lock.unlock();
        }
    }

    private void add(Due due) {
        lock.lock();
        try {
            waiting.add(due);
            bytes += due.size();
            lastNanos = due.nanos();
            if (!hasThread) {
                hasThread = true;
                Thread.ofVirtual().name("relay-later").start(this::run);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks while more waits than may. */
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (bytes > MAX_BYTES && !stopped) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all of it, and ends the thread. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (Due due = awaitDue(); due != null; due = awaitDue()) {
                if (due.size() == 0) {
                    writer.end();
                } else {
                    writer.write(due.bytes());
                }
                forgetFirst();
            }
        } catch (IOException e) {
            writer.failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.failed();
        }
    }

    /** The next one to be written, which goes on standing there meanwhile; null if there will be none. */
    private @Nullable Due awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!stopped) {
                long wait =
                        waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().nanos() - System.nanoTime();
                if (wait <= 0) {
                    return waiting.getFirst();
                }
                long unused = changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void forgetFirst() {
        lock.lock();
        try {
            if (!stopped) {
                bytes -= waiting.removeFirst().size();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
