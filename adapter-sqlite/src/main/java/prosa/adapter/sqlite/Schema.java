package prosa.adapter.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import prosa.application.port.HistoryUnusable;

/** What is in the history's file, and how it gets there. */
final class Schema {
    /** Kept as the file's {@code user_version}. Raise it when an older Prosa could no longer read or write the file. */
    static final int VERSION = 1;

    /** {@code entry.kind} of something said. A reader skips the kinds that it does not know. */
    static final int SAID = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (epoch INTEGER NOT NULL) STRICT",
            "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
            // What is said is optional, so that entries of other kinds can do without.
            """
        CREATE TABLE entry (
            offset INTEGER PRIMARY KEY,
            room INTEGER NOT NULL REFERENCES room (id),
            kind INTEGER NOT NULL,
            at INTEGER NOT NULL, -- milliseconds since 1970
            said_by TEXT,
            via TEXT,
            text TEXT,
            key TEXT
        ) STRICT""",
            // Each index entry ends in the offset, as that is the rowid: naming it here would store it twice.
            "CREATE INDEX entry_by_room ON entry (room)");

    private Schema() {}

    /**
     * Makes a new file's tables, or checks that an old one's are ours.
     *
     * @param epoch of a new log
     * @throws HistoryUnusable if the file is another program's or a newer Prosa's
     */
    static void prepare(Path file, Connection connection, long epoch) throws SQLException, HistoryUnusable {
        List<String> creation = new ArrayList<>(TABLES);
        creation.add("INSERT INTO meta (epoch) VALUES (" + epoch + ")");
        prepare(file, connection, VERSION, creation);
    }

    /**
     * Makes a new file's tables, or checks that an old one's are ours.
     *
     * @param version the newest that is known
     * @param creation the statements that make a new file
     * @throws HistoryUnusable if the file is another program's or a newer Prosa's
     */
    static void prepare(Path file, Connection connection, int version, List<String> creation)
            throws SQLException, HistoryUnusable {
        try (Statement statement = connection.createStatement()) {
            long found = number(statement, "PRAGMA user_version");
            if (found > version) {
                throw new HistoryUnusable(file, HistoryUnusable.Reason.NEWER, found, version);
            }
            if (found == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") > 0) {
                throw new HistoryUnusable(file, HistoryUnusable.Reason.FOREIGN);
            }
            if (found == 0) {
                create(statement, version, creation);
            }
        }
    }

    /** In one transaction: a first start that is cut short leaves an empty file, which the next one fills. */
    private static void create(Statement statement, int version, List<String> creation) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        for (String sql : creation) {
            statement.execute(sql);
        }
        statement.execute("PRAGMA user_version = " + version);
        statement.execute("COMMIT");
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("nothing from " + sql);
            }
            return row.getLong(1);
        }
    }
}
