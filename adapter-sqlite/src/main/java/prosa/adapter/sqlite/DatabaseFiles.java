package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files the history is in: the database and its write-ahead log. A process keeps a file that was moved away or deleted, and
 * would go on writing where nobody will ever look, so they are looked at before anything is acknowledged.
 *
 * <p>Owned by the writer thread, but for {@link #problem} before the log is known.
 */
final class DatabaseFiles {
    private final Path database;
    private final Path log;
    private final @Nullable Object databaseKey;
    private volatile @Nullable Object logKey;

    /** @param database exists */
    DatabaseFiles(Path database) {
        this.database = database;
        this.log = database.resolveSibling(database.getFileName() + "-wal");
        this.databaseKey = Objects.requireNonNull(key(database), "it was made or found just now");
    }

    /** The log is the one that is there now: a connection has just been opened over which it is written. */
    void learnLog() {
        logKey = key(log);
    }

    /** The last connection over which it was written is closed: the next one may make another log. */
    void forgetLog() {
        logKey = null;
    }

    /** What is wrong with them; empty if they are the same as ever. */
    Optional<String> problem() {
        return problem(database, databaseKey).or(() -> logKey == null ? Optional.empty() : problem(log, logKey));
    }

    /** Whether the log has gone or is another one, which no new connection can mend. */
    boolean isLogLost() {
        return logKey != null && problem(log, logKey).isPresent();
    }

    private static Optional<String> problem(Path file, @Nullable Object expected) {
        Object now = key(file);
        if (now == null) {
            return Optional.of(file + " is gone");
        }
        return Objects.equals(now, expected) ? Optional.empty() : Optional.of(file + " is another file");
    }

    /** Where a file system has no such keys, that the file is there has to do. */
    private static @Nullable Object key(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? "there" : key;
        } catch (IOException e) {
            return null;
        }
    }
}
