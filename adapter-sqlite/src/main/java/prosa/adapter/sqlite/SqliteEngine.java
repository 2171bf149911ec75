package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import prosa.adapter.sqlite.Inbox.Removing;
import prosa.adapter.sqlite.Inbox.Saying;
import prosa.application.port.Bound;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.HouseClock;
import prosa.application.port.KeptListener;
import prosa.application.port.MessageEngine;
import prosa.application.port.Page;
import prosa.application.port.Register;
import prosa.application.port.Stretch;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.RoomName;

/**
 * The engine of one machine: everything that was said is in {@code prosa.db} in the data folder, but for what operators have taken away. The
 * {@linkplain SqliteRegister register} is beside it.
 *
 * <p>What is published waits in an {@link Inbox} for the thread of the {@link Writer}, and is acknowledged after the fsync; what
 * is asked for is read by {@link Reading}. So publishing and asking touch no disk. Only {@link #open} and
 * {@link #close} do.
 */
public final class SqliteEngine implements MessageEngine {
    /** The history, in the data folder. */
    public static final String FILE = "prosa.db";

    /** What is kept beside it, in the same folder. */
    public static final String REGISTER = SqliteRegister.FILE;

    private final FolderLock lock;
    private final SqliteRegister register;
    private final long epoch;
    private final Inbox inbox = new Inbox();
    private final Writer writer;
    private final Reading reading;

    // Guarded by this.
    private @Nullable Thread writing;
    private boolean closed;

    private SqliteEngine(
            FolderLock lock, Connections connections, Opening opening, SqliteRegister register, HouseClock clock)
            throws SQLException {
        this.lock = lock;
        this.register = register;
        this.epoch = opening.epoch();
        this.writer = new Writer(inbox, connections, opening, clock);
        this.reading = new Reading(sameFile(connections, opening.files()), epoch, writer::head);
    }

    /** What was put in the place of the database must not be read as if it were ours. */
    private static Connections sameFile(Connections connections, DatabaseFiles files) {
        return () -> {
            Connection connection = connections.open();
            Optional<String> problem = files.problem();
            if (problem.isPresent()) {
                connection.close();
                throw new SQLException(problem.get());
            }
            return connection;
        };
    }

    /**
     * Opens the history in this folder; makes what is missing, the folder too.
     *
     * @param clock gives a new history its epoch, and says when keys are over
     * @throws HistoryUnusable in one line that names the path: it can't be opened, is no history or a newer Prosa's, lacks its end, or
     *     another process has it open
     */
    public static SqliteEngine open(Path dataDir, HouseClock clock) throws HistoryUnusable {
        return open(
                dataDir,
                clock,
                Connections.to(dataDir.resolve(FILE)),
                Connections.to(dataDir.resolve(SqliteRegister.FILE)));
    }

    /**
     * @param connections to the history
     * @param toRegister connections to the register
     */
    static SqliteEngine open(Path dataDir, HouseClock clock, Connections connections, Connections toRegister)
            throws HistoryUnusable {
        FolderLock lock = FolderLock.take(dataDir);
        Path file = dataDir.resolve(FILE);
        try {
            SqliteArrival.requireWhole(dataDir);
            NativeLibrary.load(dataDir);
            SqliteRegister register = register(dataDir, toRegister);
            try {
                Opening opening = Opening.of(dataDir, file, connections, clock);
                return new SqliteEngine(lock, connections, opening, register, clock);
            } catch (SQLException | IOException e) {
                register.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            lock.close();
            throw HistoryUnusable.of(file, e);
        }
    }

    private static SqliteRegister register(Path dataDir, Connections connections) throws HistoryUnusable {
        Path file = dataDir.resolve(SqliteRegister.FILE);
        try {
            return SqliteRegister.open(file, connections);
        } catch (SQLException | IOException e) {
            throw HistoryUnusable.of(file, e);
        }
    }

    @Override
    public Register register() {
        return register;
    }

    @Override
    public synchronized void start(KeptListener listener) {
        if (writing != null || closed) {
            throw new IllegalStateException("started or closed already");
        }
        writing = Thread.ofPlatform().daemon().name("prosa-history-writer").start(() -> writer.run(listener));
    }

    @Override
    public CompletionStage<Message> publish(Draft draft, long origin) {
        CompletableFuture<Message> stage = new CompletableFuture<>();
        offer(new Saying(draft, origin, stage));
        return stage;
    }

    @Override
    public CompletionStage<List<Entry>> remove(Removal removal) {
        CompletableFuture<List<Entry>> stage = new CompletableFuture<>();
        offer(new Removing(removal, stage));
        return stage;
    }

    private void offer(Inbox.Waiting waiting) {
        if (!inbox.offer(waiting)) {
            waiting.stage().completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }
    }

    @Override
    public Optional<String> outage() {
        return writer.outage();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long head() {
        return writer.head();
    }

    @Override
    public long floor() {
        return 0;
    }

    @Override
    public CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return reading.after(rooms, after, upTo, bound);
    }

    @Override
    public CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return reading.entries(rooms, after, upTo, bound);
    }

    @Override
    public CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        return reading.last(rooms, upTo, bound);
    }

    @Override
    public CompletionStage<Set<RoomName>> rooms() {
        return reading.rooms();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The readers first: the writer is then the last to close, which empties the write-ahead log.
        reading.close();
        inbox.close();
        if (writing == null) {
            writer.run(batch -> {});
        } else {
            Threads.joinUninterruptibly(writing);
        }
        register.close();
        lock.close();
    }
}
