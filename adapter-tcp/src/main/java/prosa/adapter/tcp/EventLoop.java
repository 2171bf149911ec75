package prosa.adapter.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.Collapse;

/**
 * The one thread that watches all sockets of this wire. What is watched is owned by it and needs no locks; nothing on it may
 * block.
 *
 * <p>{@link #execute}, {@link #start} and {@link #end} may be called on any thread, everything else on the loop's own, or before
 * it starts.
 */
final class EventLoop implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** Bounds the work for one client's turn: so many bytes are read at once, and so many lines heard at most. Whatever was sealed in so many fits, too. */
    private static final int READ_AT_ONCE = TlsBuffers.SIZE;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_AT_ONCE);
    private final Thread thread;
    private boolean ending;
    private long endBy;
    private volatile boolean ended;

    /** Something with a channel. */
    interface Watched {
        /** The channel is ready for {@link SelectionKey}'s operations. */
        void ready(int operations);

        /** Lets go of the channel at once. */
        void drop();
    }

    private record Alarm(long at, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return Long.signum(at - other.at); // nanoTime may wrap around
        }
    }

    /** @param name of the loop's thread */
    EventLoop(String name) throws IOException {
        thread = new Thread(this::run, name);
        selector = Selector.open();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on the loop's thread, in the order of the calls; on the caller's, if the loop has ended. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
        if (ended) {
            runTasks();
        }
    }

    /** Runs a task after a while. */
    void after(Duration delay, Runnable task) {
        alarms.add(new Alarm(System.nanoTime() + delay.toNanos(), task));
    }

    SelectionKey watch(SelectableChannel channel, int operations, Watched watched) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, watched);
    }

    /** All that is watched now. */
    List<Watched> watched() {
        return selector.keys().stream().map(key -> (Watched) key.attachment()).toList();
    }

    /** A cleared buffer for what is done now; the next one who asks gets the same. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** Ends the loop as soon as nothing is watched any more, at the latest after the grace, and waits for that. */
    void end(Duration grace) throws InterruptedException {
        execute(() -> {
            ending = true;
            endBy = System.nanoTime() + grace.toNanos();
        });
        thread.join();
    }

    private void run() {
        try {
            while (!isDone()) {
                selector.select(EventLoop::dispatch, millisToNextAlarm());
                runTasksOfATurn();
                runAlarms();
            }
        } catch (IOException | RuntimeException | Error e) {
            throw Collapse.of(thread.getName(), e);
        } finally {
            close();
        }
    }

    /** Closes for good what was dropped: the JDK keeps a channel's socket open until its selector has looked again. */
    void letGo() {
        if (selector.isOpen()) {
            try {
                selector.selectNow(EventLoop::dispatch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean isDone() {
        if (!ending) {
            return false;
        }
        letGo();
        return selector.keys().isEmpty() || System.nanoTime() - endBy >= 0;
    }

    private static void dispatch(SelectionKey key) {
        Watched watched = (Watched) key.attachment();
        try {
            if (key.isValid()) {
                watched.ready(key.readyOps());
            }
        } catch (RuntimeException | Error e) {
            Collapse.ifOutOfMemory(e);
            // A fault of ours in one connection's turn: the others go on, and nobody gets to fill the log.
            LOG.warn("A TCP connection is closed because of {}", e.toString());
            watched.drop();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    /** Those that are there now: one that brings the next must not keep the sockets waiting. */
    private void runTasksOfATurn() {
        for (int i = tasks.size(); i > 0; i--) {
            run(tasks.remove());
        }
    }

    private void runAlarms() {
        long now = System.nanoTime();
        for (Alarm next = alarms.peek(); next != null && next.at() - now <= 0; next = alarms.peek()) {
            run(alarms.remove().task());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Collapse.ifOutOfMemory(e);
            LOG.warn("A task of the TCP wire failed: {}", e.toString());
        }
    }

    /** 0, which is for ever, if there is none. */
    private long millisToNextAlarm() {
        Alarm next = alarms.peek();
        long now = System.nanoTime();
        long at = next == null ? now : next.at();
        if (ending) {
            at = next == null || endBy - at < 0 ? endBy : at;
        } else if (next == null) {
            return 0;
        }
        return Math.max(1, Duration.ofNanos(at - now).toMillis() + 1);
    }

    private void close() {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            ((Watched) key.attachment()).drop();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("Closing the selector failed", e);
        }
        ended = true;
        runTasks();
    }
}
