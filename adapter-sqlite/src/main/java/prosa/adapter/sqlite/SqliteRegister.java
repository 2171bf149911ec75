package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Register;
import prosa.delivery.Collapse;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * The facts beside the history, in a file in the data folder, which is made with the first of them: {@code house.db}, or a copy of what
 * several machines share. They are in memory as well, as they are few and asked for without waiting.
 *
 * <p>Changes wait under {@link #lock} for a thread of their own, which starts with the first of them.
 */
final class SqliteRegister implements Register, AutoCloseable {
    static final String FILE = "house.db";

    /** Of what is kept elsewhere. */
    static final String COPY = "house-copy.db";

    /** The most changes that wait for a disk. */
    static final int CAPACITY = 10_000;

    private static final String THREAD = "prosa-register-writer";
    private static final long BETWEEN_TRIES = TimeUnit.SECONDS.toNanos(1);

    private final Facts facts = new Facts();
    private final RegisterWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Change> waiting = new ArrayList<>();
    private @Nullable Thread writing;
    private boolean closed;

    /**
     * A fact that is to be otherwise, and who waits for it.
     *
     * @param value empty if it is to be forgotten
     */
    record Change(Fact fact, Optional<String> value, CompletableFuture<Void> stage) {}

    private SqliteRegister(Path file, Connections connections) {
        this.writer = new RegisterWriter(file, connections, facts);
    }

    /**
     * Reads what is there.
     *
     * @param file in a folder that is locked
     * @throws IOException if the file is there and is not to be used
     */
    static SqliteRegister open(Path file, Connections connections) throws SQLException, IOException {
        SqliteRegister register = new SqliteRegister(file, connections);
        register.writer.open();
        return register;
    }

    @Override
    public SortedMap<String, String> read(Kind kind) {
        return facts.copy(kind);
    }

    @Override
    public Optional<String> find(Kind kind, String key) {
        return facts.find(new Fact(kind, key));
    }

    @Override
    public CompletionStage<Void> keep(Kind kind, String key, String value) {
        return change(new Fact(kind, key), Optional.of(value));
    }

    @Override
    public CompletionStage<Void> forget(Kind kind, String key) {
        return change(new Fact(kind, key), Optional.empty());
    }

    private CompletionStage<Void> change(Fact fact, Optional<String> value) {
        lock.lock();
        try {
            if (closed || waiting.size() >= CAPACITY) {
                return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
            }
            Change change = new Change(fact, value, new CompletableFuture<>());
            waiting.add(change);
            changed.signal();
            if (writing == null) {
                writing = Thread.ofPlatform().daemon().name(THREAD).start(this::run);
            }
            return change.stage();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (List<Change> group = take(); !group.isEmpty() || !isClosed(); group = take()) {
                if (group.isEmpty()) {
                    writer.repair();
                } else {
                    writer.write(group);
                }
            }
        } catch (RuntimeException | Error e) {
            throw Collapse.of(THREAD, e);
        } finally {
            refuse(end());
        }
    }

    /** All that waits; waits for the first, but for a second at most if there is something to repair. Empty then, and if closed. */
    private List<Change> take() {
        lock.lock();
        try {
            long left = BETWEEN_TRIES;
            while (waiting.isEmpty() && !closed && left > 0) {
                if (writer.isSuspect()) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.awaitUninterruptibly();
                }
            }
            List<Change> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more in, and gives back what still waits. */
    private List<Change> end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<Change> left = waiting;
            waiting = new ArrayList<>();
            return left;
        } finally {
            lock.unlock();
        }
    }

    private static void refuse(List<Change> changes) {
        changes.forEach(change -> change.stage().completeExceptionally(new Refused(Reason.UNAVAILABLE)));
    }

    /** Keeps what waits, then lets go of the file. Blocks. */
    @Override
    public void close() {
        Thread thread;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            thread = writing;
        } finally {
            lock.unlock();
        }
        if (thread != null) {
            Threads.joinUninterruptibly(thread);
        }
        writer.close();
    }
}
