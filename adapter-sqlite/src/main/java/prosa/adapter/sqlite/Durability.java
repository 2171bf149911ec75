package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is there after a power cut of what is committed; and that what is deleted is not. */
enum Durability {
    /** All of it. */
    SYNCED("FULL"),
    /**
     * A beginning of it, as only the write-ahead log's way into the file is synced. Without even that a power cut could leave a file that
     * is no database any more, and nobody would notice.
     */
    UNSYNCED("NORMAL");

    /** In bytes. */
    private static final int LOG_KEPT = 16 << 20;

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** Sets a connection up over which is written. */
    void settle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                if (!mode.next() || !"wal".equals(mode.getString(1))) {
                    throw new SQLException("this file system can't hold a write-ahead log");
                }
            }
            statement.execute("PRAGMA synchronous = " + synchronous);
            // macOS: fsync alone leaves what was written in the drive's cache. No effect elsewhere.
            statement.execute("PRAGMA fullfsync = ON");
            // What is deleted is overwritten with zeros. To what is only inserted it costs nothing.
            statement.execute("PRAGMA secure_delete = ON");
            // The log is emptied by SQLite's own checkpoint, at the commit that brings it to 1,000 pages (4 MB), and
            // then written from its
            // beginning: our readers are short, so that none can hold that up for long. If one did, what the file grew
            // to is given back.
            statement.execute("PRAGMA journal_size_limit = " + LOG_KEPT);
        }
    }
}
