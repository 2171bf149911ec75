package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import prosa.application.port.Arrival;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Register.Kind;
import prosa.application.port.Tally;

/**
 * A folder to which a history is moved. It grows in a folder within, {@code moving}, as a copy of what it is moved from, by which it is also
 * marked.
 */
public final class SqliteArrival implements Arrival {
    private static final String MOVING = "moving";

    /** So many facts at the most wait for the disk. */
    private static final int UNSYNCED = 1_000;

    private final FolderLock lock;
    private final Path folder;
    private final Path moving;
    private final boolean resumed;
    private final SqliteCopy copy;
    private final InstantSource clock;

    private SqliteArrival(FolderLock lock, Path folder, boolean resumed, SqliteCopy copy, InstantSource clock) {
        this.lock = lock;
        this.clock = clock;
        this.folder = folder;
        this.moving = folder.resolve(MOVING);
        this.resumed = resumed;
        this.copy = copy;
    }

    /** @throws HistoryUnusable if a move into that folder has begun and not ended */
    static void requireWhole(Path folder) throws HistoryUnusable {
        Path moving = folder.resolve(MOVING);
        if (Files.exists(moving)) {
            throw new HistoryUnusable(moving, HistoryUnusable.Reason.MOVING);
        }
    }

    /**
     * Takes the folder, and makes it if it is missing; what a move has left in it that did not end is taken away.
     *
     * @throws HistoryUnusable in one line that names the path: it is in use, can't be written, or has a history already
     */
    public static SqliteArrival open(Path folder, InstantSource clock) throws HistoryUnusable, InterruptedException {
        FolderLock lock = FolderLock.take(folder);
        Path moving = folder.resolve(MOVING);
        try {
            NativeLibrary.load(folder);
            boolean resumed = Files.exists(moving);
            if (!resumed && !Still.in(folder).isEmpty()) {
                throw new HistoryUnusable(folder, HistoryUnusable.Reason.NOT_EMPTY);
            }
            // First the mark: what is in the folder from here on is the move's.
            PrivateFiles.makeFolder(moving);
            PrivateFiles.sync(folder);
            deleteAllIn(moving);
            for (String name : List.of(SqliteEngine.FILE, SqliteRegister.FILE, Promise.FILE)) {
                delete(folder.resolve(name));
            }
            SqliteCopy copy = SqliteCopy.open(moving, clock);
            copy.begin(new Source(MOVING, 1));
            return new SqliteArrival(lock, folder, resumed, copy, clock);
        } catch (IOException e) {
            lock.close();
            throw HistoryUnusable.of(folder, e);
        }
    }

    private static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    private static void deleteAllIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public void copy(List<Copied> next, long upTo) throws IOException {
        var unused = copy.copy(next, upTo);
    }

    @Override
    public void keep(SortedMap<Kind, SortedMap<String, String>> facts) throws IOException {
        Path file = moving.resolve(SqliteRegister.FILE);
        try (SqliteRegister register = SqliteRegister.open(file, Connections.to(file))) {
            int kept = 0;
            for (Kind kind : facts.keySet()) {
                SortedMap<String, String> all = facts.getOrDefault(kind, Collections.emptySortedMap());
                for (var fact : all.entrySet()) {
                    CompletionStage<Void> stage = register.keep(kind, fact.getKey(), fact.getValue());
                    kept++;
                    if (kept % UNSYNCED == 0) {
                        stage.toCompletableFuture().join();
                    }
                }
            }
        } catch (SQLException | CompletionException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Tally settle(long before) throws IOException, InterruptedException {
        copy.close();
        makeHistory(Math.max(clock.millis(), before + 1));
        return Still.in(moving).tally();
    }

    /** Of the copy, on disk. What tells of removals is left out: nobody has a place in this log from before. */
    private void makeHistory(long epoch) throws IOException {
        Path file = moving.resolve(CopySchema.FILE);
        try (Connection connection = Connections.to(file).open();
                Statement statement = connection.createStatement()) {
            Durability.SYNCED.settle(connection);
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("DELETE FROM entry WHERE kind <> " + Schema.SAID);
            for (String sql : CopySchema.toHistory(epoch)) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(file, moving.resolve(SqliteEngine.FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void finish() throws IOException {
        for (String name : List.of(SqliteRegister.FILE, SqliteEngine.FILE)) {
            if (Files.exists(moving.resolve(name))) {
                Files.move(moving.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        PrivateFiles.sync(folder);
        deleteAllIn(moving);
        Files.delete(moving);
        PrivateFiles.sync(folder);
    }

    @Override
    public void close() {
        copy.close();
        lock.close();
    }
}
