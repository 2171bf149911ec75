package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.sqlite.SqliteRegister.Change;
import prosa.application.port.HistoryUnusable;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Writes the register's facts, a group at a time, and makes the file with the first one.
 *
 * <p>What is durable is in memory as well, as it was acknowledged. So after a failure, of which nobody knows whether it is on disk all the
 * same, what was refused is put back to what is known before anything else is written.
 *
 * <p>Owned by whoever opened it, then by the register's thread.
 */
final class RegisterWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteRegister.class);

    private final Path file;
    private final Connections connections;
    private final Facts facts;

    /** What may be otherwise on disk than in memory. */
    private final Set<Fact> suspects = new LinkedHashSet<>();

    /** Unknown until the file is there. */
    private @Nullable DatabaseFiles files;

    private @Nullable RegisterConnection connection;
    private boolean failing;

    /** @param facts those that are durable; this adds to them what it has written */
    RegisterWriter(Path file, Connections connections, Facts facts) {
        this.file = file.toAbsolutePath();
        this.connections = connections;
        this.facts = facts;
    }

    /** Reads what is in the file, if there is one. */
    void open() throws SQLException, IOException {
        if (Files.exists(file)) {
            requireNotEmptied();
            connect().readInto(facts);
        }
    }

    /** SQLite takes an empty file for a new database, and deletes the write-ahead log that has all its contents. */
    private void requireNotEmptied() throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.size(file) == 0 && Files.exists(log) && Files.size(log) > 0) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.EMPTIED);
        }
    }

    private RegisterConnection connect() throws SQLException, IOException {
        RegisterConnection open = connection;
        if (open == null) {
            DatabaseFiles known = files;
            if (known == null) {
                PrivateFiles.make(file);
                PrivateFiles.sync(Objects.requireNonNull(file.getParent(), "a file is in a folder"));
                known = new DatabaseFiles(file);
                files = known;
            }
            requireSame(known);
            open = RegisterConnection.open(file, connections);
            connection = open;
            known.learnLog();
        }
        return open;
    }

    private static void requireSame(DatabaseFiles files) throws IOException {
        Optional<String> problem = files.problem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    /** Writes a group, all or nothing, and answers each. */
    void write(List<Change> group) {
        try {
            RegisterConnection open = connect();
            open.begin();
            for (Fact suspect : suspects) {
                open.write(suspect, facts.find(suspect));
            }
            for (Change change : group) {
                open.write(change.fact(), change.value());
            }
            open.commit();
            if (files != null) {
                requireSame(files);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            failed(e);
            group.forEach(change -> suspects.add(change.fact()));
            group.forEach(change -> change.stage().completeExceptionally(new Refused(Reason.UNAVAILABLE)));
            return;
        }
        suspects.clear();
        recovered();
        group.forEach(this::acknowledge);
    }

    private void acknowledge(Change change) {
        facts.put(change.fact(), change.value());
        change.stage().complete(null);
    }

    /** Whether {@link #repair} would have something to do. */
    boolean isSuspect() {
        return !suspects.isEmpty();
    }

    /** Tries to take away what was refused and may be on disk all the same. */
    void repair() {
        if (isSuspect()) {
            write(List.of());
        }
    }

    private void failed(Exception e) {
        disconnect();
        if (!failing) {
            failing = true;
            LOG.error("{} can't be written, {}: {}", file.getFileName(), consequence(), e.getMessage());
        }
    }

    private String consequence() {
        return file.endsWith(SqliteRegister.COPY)
                ? "a start without the engine would go by what it has now"
                : "claims and what operators do are refused";
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("{} can be written again", file.getFileName());
        }
    }

    /** Undoes what is not committed. */
    private void disconnect() {
        RegisterConnection open = connection;
        connection = null;
        if (open != null) {
            boolean lost = files != null && files.isLogLost();
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("Closing: {}", e.getMessage());
            }
            if (files != null && !lost) {
                files.forgetLog();
            }
        }
    }

    @Override
    public void close() {
        repair();
        disconnect();
    }
}
