package prosa.adapter.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.HistoryUnusable;

/** What is in the history's file, and how it gets there. */
final class Schema {
    /** Kept as the file's {@code user_version}. Raise it when an older Prosa could no longer read or write the file. */
    static final int VERSION = 2;

    /** {@code entry.kind} of something said. A reader skips the kinds that it does not know. */
    static final int SAID = 1;

    /** {@code entry.kind} of a message's removal: by whom, and of what and whose. */
    static final int REMOVED = 2;

    /** {@code entry.kind} of the removal of all that was said in a room before. */
    static final int CLEARED = 3;

    /** The kinds that this Prosa knows. */
    static final String KNOWN = "(" + SAID + ", " + REMOVED + ", " + CLEARED + ")";

    /** What takes messages away. */
    static final String REMOVALS = "(" + REMOVED + ", " + CLEARED + ")";

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    /** The keys of messages that are gone, for as long as a key stands for its message: said again it is refused. */
    private static final String REMOVED_KEYS = """
        CREATE TABLE removed_key (
            offset INTEGER PRIMARY KEY, -- where the message was
            room INTEGER NOT NULL REFERENCES room (id),
            at INTEGER NOT NULL,
            said_by TEXT NOT NULL,
            key TEXT NOT NULL
        ) STRICT""";

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
            key TEXT,
            of INTEGER, -- the offset of the message that is gone
            author TEXT -- who had said it
        ) STRICT""",
            // Each index entry ends in the offset, as that is the rowid: naming it here would store it twice.
            "CREATE INDEX entry_by_room ON entry (room)",
            REMOVED_KEYS);

    /** From the first version to the second, in which messages can be removed. */
    private static final String[] TO_REMOVALS = {
        "ALTER TABLE entry ADD COLUMN of INTEGER",
        "ALTER TABLE entry ADD COLUMN author TEXT",
        REMOVED_KEYS,
        "PRAGMA user_version = " + VERSION
    };

    private Schema() {}

    /** The statements that make a history's tables. */
    static List<String> tables() {
        return TABLES;
    }

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

    /**
     * Brings an older file up to this version, in place. It is written anew once, without which copies of texts, such as SQLite leaves in
     * the free parts of its pages, would outlive their removal; where that can't be done, for want of room for example, it goes on
     * without.
     *
     * @param connection the one that writes, and the only one
     */
    static void bringUpToDate(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA user_version") == VERSION) {
                return;
            }
            LOG.info("{} is brought up to date, which is done once", file);
            try {
                statement.execute("VACUUM");
            } catch (SQLException e) {
                LOG.warn("{} can't be written anew, and may keep copies of what is removed: {}", file, e.getMessage());
            }
            statement.execute("BEGIN IMMEDIATE");
            for (String sql : TO_REMOVALS) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
        }
    }

    /** What an older version has is the same in this one: from now on it is this one's, and the older Prosa refuses it. */
    static void mark(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA user_version") < version) {
                statement.execute("PRAGMA user_version = " + version);
            }
        }
    }

    static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("nothing from " + sql);
            }
            return row.getLong(1);
        }
    }
}
