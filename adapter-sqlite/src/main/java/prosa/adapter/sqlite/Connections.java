package prosa.adapter.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one file, which exists; a test puts a faulty disk in between. */
@FunctionalInterface
interface Connections {
    /** How long a statement waits for a lock that another connection holds, in milliseconds. Only a foreign tool can hold one. */
    int BUSY_TIMEOUT = 3_000;

    Connection open() throws SQLException;

    static Connections to(Path file) {
        // As a URI: the driver takes what follows a '?' in a plain path for settings.
        String url = "jdbc:sqlite:" + file.toAbsolutePath().toUri();
        return () -> {
            SQLiteConfig config = new SQLiteConfig();
            config.setBusyTimeout(BUSY_TIMEOUT);
            // Each connection has one thread at a time: SQLite's own mutexes would be taken for nothing.
            config.resetOpenMode(SQLiteOpenMode.FULLMUTEX);
            config.setOpenMode(SQLiteOpenMode.NOMUTEX);
            // What was moved away must not be made anew, empty.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
            // Offsets are ours: the driver would look for the row's number after each insert.
            config.setGetGeneratedKeys(false);
            return config.createConnection(url);
        };
    }
}
