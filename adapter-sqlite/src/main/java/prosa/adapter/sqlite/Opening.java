package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.sqlite.Promise.Promised;
import prosa.application.port.HistoryUnusable;

/**
 * A history as it was found, and what is to be thought of it: a new one, the same as ever, or one that lacks what was promised.
 *
 * @param epoch of the log
 * @param last the last offset that may have been given: the next one is greater
 */
record Opening(WriteConnection connection, DatabaseFiles files, Promise promise, long epoch, long last) {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    /**
     * Opens the database in a folder, which is locked.
     *
     * @throws IOException if it is not to be used
     */
    static Opening of(Path folder, Path file, Connections connections, InstantSource clock)
            throws IOException, SQLException {
        Optional<Promised> promised = Promise.read(folder);
        requireNotEmptied(file, promised);
        boolean missing = !Files.exists(file);
        if (missing && promised.isPresent() && promised.get().highest() > 0) {
            LOG.warn(
                    "{} is missing, with {} offsets that were given: a new history begins",
                    file,
                    promised.get().highest());
        }
        PrivateFiles.make(file);
        PrivateFiles.sync(folder);
        DatabaseFiles files = new DatabaseFiles(file);
        WriteConnection connection = prepared(file, connections, clock, promised);
        try {
            requireItsEnd(file, connection);
            connection.bringUpToDate(file);
            files.learnLog();
            return judged(folder, file, connection, files, promised, missing, clock);
        } catch (IOException | SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static WriteConnection prepared(
            Path file, Connections connections, InstantSource clock, Optional<Promised> promised)
            throws IOException, SQLException {
        Connection connection = connections.open();
        try {
            long after = promised.map(Promised::epoch).orElse(0L);
            Schema.prepare(file, connection, Math.max(clock.millis(), after + 1));
        } catch (SQLException | IOException e) {
            connection.close();
            throw e;
        }
        return WriteConnection.over(connection);
    }

    /** SQLite takes an empty file for a new database, and deletes the write-ahead log that has all its contents. */
    private static void requireNotEmptied(Path file, Optional<Promised> promised) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(file)
                && Files.size(file) == 0
                && (promised.isPresent() && promised.get().highest() > 0 || Files.exists(log) && Files.size(log) > 0)) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.EMPTIED);
        }
    }

    /** Pages that are in the write-ahead log alone are written to the file first: then it has all that it should have. */
    private static void requireItsEnd(Path file, WriteConnection connection) throws IOException, SQLException {
        if (connection.checkpoint() && Files.size(file) < connection.bytes()) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.CUT_OFF, Files.size(file), connection.bytes());
        }
    }

    private static Opening judged(
            Path folder,
            Path file,
            WriteConnection connection,
            DatabaseFiles files,
            Optional<Promised> promised,
            boolean missing,
            InstantSource clock)
            throws IOException, SQLException {
        long epoch = connection.epoch();
        long head = connection.head();
        long last = head;
        if (promised.isPresent() && !missing) {
            Promised before = promised.get();
            if (before.epoch() != epoch || head < before.highest()) {
                epoch = Math.max(clock.millis(), Math.max(epoch, before.epoch()) + 1);
                LOG.warn(
                        "{} ends at {}, and {} was acknowledged: it is an older one, and gets a new epoch",
                        file,
                        head,
                        before.highest());
                connection.changeEpoch(epoch);
            } else if (!before.clean()) {
                // What was under way when it ended may have been seen by a client, and is not there.
                last = Math.max(head, before.bound());
            }
        }
        Promise promise = Promise.make(folder, new Promised(epoch, head, last, false));
        return new Opening(connection, files, promise, epoch, last);
    }
}
