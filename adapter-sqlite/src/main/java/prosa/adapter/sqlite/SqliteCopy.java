package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.sqlite.Readers.Query;
import prosa.application.port.Bound;
import prosa.application.port.HistoryCopy;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Page;
import prosa.application.port.RecentKeys;
import prosa.application.port.Register;
import prosa.application.port.Stretch;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.RoomName;

/**
 * A copy of somebody else's log, in {@code copy.db} in the data folder, and beside it one of the facts that are kept there ({@link
 * SqliteRegister#COPY}). A history that is in {@code prosa.db} there is not touched, and neither is its register.
 *
 * <p>It is read as the engine of one machine is ({@link Reading}).
 */
public final class SqliteCopy implements HistoryCopy {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCopy.class);

    private final FolderLock lock;
    private final SqliteRegister register;
    private final Path file;
    private final Connections connections;
    private final InstantSource clock;
    private final Folding folding = new Folding(Duration.ofSeconds(1));

    /** Swapped when it becomes a copy of another log. */
    private volatile Optional<Opened> opened = Optional.empty();

    private volatile long head;
    private volatile boolean closed;

    // Owned by who fills it.
    private @Nullable CopyConnection filling;
    private Optional<Undecided> undecided = Optional.empty();

    private record Opened(Source source, Reading reading) {}

    /** What failed at the last moment, and may be in the file. */
    private record Undecided(long upTo, List<Entry> counting) {}

    private SqliteCopy(
            FolderLock lock, SqliteRegister register, Path file, Connections connections, InstantSource clock) {
        this.lock = lock;
        this.register = register;
        this.file = file;
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * Opens the copy in this folder, if there is one; makes the folder if it is missing.
     *
     * @param clock says when keys are over
     * @throws HistoryUnusable in one line that names the path: it can't be opened, is another program's, or another process has it open
     */
    public static SqliteCopy open(Path dataDir, InstantSource clock) throws HistoryUnusable {
        return open(dataDir, clock, Connections.to(dataDir.resolve(CopySchema.FILE)));
    }

    static SqliteCopy open(Path dataDir, InstantSource clock, Connections connections) throws HistoryUnusable {
        FolderLock lock = FolderLock.take(dataDir);
        Path file = dataDir.resolve(CopySchema.FILE);
        try {
            NativeLibrary.load(dataDir);
            SqliteRegister register = register(dataDir.resolve(SqliteRegister.COPY));
            SqliteCopy copy = new SqliteCopy(lock, register, file, connections, clock);
            try {
                copy.openIfThere();
                return copy;
            } catch (SQLException | IOException e) {
                register.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            lock.close();
            throw HistoryUnusable.of(file, e);
        }
    }

    private static SqliteRegister register(Path file) throws HistoryUnusable {
        try {
            return SqliteRegister.open(file, Connections.to(file));
        } catch (SQLException | IOException e) {
            throw HistoryUnusable.of(file, e);
        }
    }

    private void openIfThere() throws SQLException, IOException {
        if (!Files.exists(file)) {
            return;
        }
        Optional<Source> source;
        try (Connection connection = connections.open()) {
            source = CopySchema.source(file, connection);
        }
        if (source.isPresent()) {
            opened = Optional.of(opened(source.get()));
        } else {
            LOG.info("{} is of another version, and is made anew", file);
        }
    }

    private Opened opened(Source source) throws SQLException {
        head = filling().head();
        return new Opened(source, new Reading(connections, source.epoch(), () -> head));
    }

    /** The copy of the facts. */
    public Register register() {
        return register;
    }

    @Override
    public Optional<Source> source() {
        return opened.map(Opened::source);
    }

    @Override
    public void begin(Source source) throws IOException {
        if (closed || source().equals(Optional.of(source))) {
            return;
        }
        source().ifPresent(before -> LOG.info("{} is made anew", file));
        opened.ifPresent(before -> before.reading().close());
        letGo();
        try {
            Path name = file.getFileName();
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(name + "-wal"));
            Files.deleteIfExists(file.resolveSibling(name + "-shm"));
            PrivateFiles.make(file);
            try (Connection connection = connections.open()) {
                CopySchema.create(connection, source);
            }
            opened = Optional.of(opened(source));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public List<Entry> copy(List<Copied> next, long upTo) throws IOException {
        try {
            CopyConnection connection = filling();
            List<Entry> counting = counting(connection, next, upTo);
            undecided = Optional.empty();
            head = upTo;
            boolean removed = next.stream().anyMatch(copied -> !(copied.entry() instanceof Message));
            if (removed) {
                connection.fold(folding);
            } else if (folding.isTimeToTry()) {
                connection.foldAgain(folding);
            }
            return counting;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private List<Entry> counting(CopyConnection connection, List<Copied> next, long upTo) throws SQLException {
        if (undecided.isPresent() && undecided.get().upTo() == upTo && connection.head() == upTo) {
            return undecided.get().counting();
        }
        List<Entry> counting = connection.write(next, upTo, clock.instant());
        undecided = Optional.of(new Undecided(upTo, counting));
        connection.commit();
        return counting;
    }

    @Override
    public Instant lastAt() throws IOException {
        return ask(CopyConnection::lastAt);
    }

    @Override
    public RecentKeys recentKeys(Instant now, long nanoTime) throws IOException {
        return ask(connection -> connection.recentKeys(now, nanoTime));
    }

    @Override
    public long erasedUpTo() throws IOException {
        return ask(CopyConnection::erased);
    }

    @Override
    public void erasedUpTo(long offset) throws IOException {
        ask(connection -> {
            connection.erased(offset);
            return offset;
        });
    }

    private interface Question<T> {
        T ask(CopyConnection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        try {
            return question.ask(filling());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private CopyConnection filling() throws SQLException {
        if (closed) {
            throw new SQLException("closed");
        }
        CopyConnection open = filling;
        if (open == null) {
            open = new CopyConnection(connections.open());
            filling = open;
        }
        return open;
    }

    private IOException failed(SQLException e) {
        letGo();
        return new IOException(file + ": " + e.getMessage(), e);
    }

    private void letGo() {
        CopyConnection open = filling;
        filling = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("Closing: {}", e.getMessage());
            }
        }
    }

    @Override
    public long epoch() {
        return source().map(Source::epoch).orElse(0L);
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public long floor() {
        return 0;
    }

    @Override
    public CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return reading(new Page(List.of(), false), reading -> reading.after(rooms, after, upTo, bound));
    }

    @Override
    public CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return reading(new Stretch(List.of(), false), reading -> reading.entries(rooms, after, upTo, bound));
    }

    @Override
    public CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        return reading(new Page(List.of(), false), reading -> reading.last(rooms, upTo, bound));
    }

    @Override
    public CompletionStage<Set<RoomName>> rooms() {
        return reading(Set.of(), Reading::rooms);
    }

    @Override
    public CompletionStage<Optional<Message>> find(long offset) {
        return read(Optional.empty(), history -> history.find(offset));
    }

    @Override
    public CompletionStage<List<Target>> targets(Removal removal) {
        return read(
                List.of(),
                history -> history.targets(removal, head).stream()
                        .map(target -> new Target(target.offset(), target.author()))
                        .toList());
    }

    @Override
    public CompletionStage<List<Entry>> newest(int count) {
        return read(List.of(), history -> history.newest(count));
    }

    @Override
    public CompletionStage<List<Entry>> removals(long after) {
        return read(List.of(), history -> history.removals(after));
    }

    private <T> CompletionStage<T> read(T nothing, Query<T> query) {
        return reading(nothing, reading -> reading.read(query));
    }

    private interface Way<T> {
        CompletionStage<T> through(Reading reading);
    }

    /** @param nothing what there is as long as it is a copy of nothing */
    private <T> CompletionStage<T> reading(T nothing, Way<T> way) {
        if (closed) {
            return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
        }
        return opened.map(now -> way.through(now.reading())).orElse(CompletableFuture.completedStage(nothing));
    }

    /** To be called by who fills it, or once nobody does any more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The readers first: the other is then the last to close, which empties the write-ahead log.
        opened.ifPresent(now -> now.reading().close());
        letGo();
        register.close();
        lock.close();
    }
}
