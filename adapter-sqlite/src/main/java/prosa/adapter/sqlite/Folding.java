package prosa.adapter.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the write-ahead log is emptied of copies of what was removed: at once, and if somebody reads there, again and again. Owned by the
 * writer thread.
 */
final class Folding {
    /** Our own readers are done sooner; another program may read for hours, and nothing is kept while it is waited for. */
    private static final int PATIENCE = 100;

    private static final int PATIENCE_AGAIN = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Duration betweenTries;

    /** Also at first: what was killed may have left it undone. */
    private boolean due = true;

    private boolean told;
    private long lastTry;

    Folding(Duration betweenTries) {
        this.betweenTries = betweenTries;
        this.lastTry = System.nanoTime();
    }

    boolean isDue() {
        return due;
    }

    /** Something was removed. */
    void now(WriteConnection connection) throws SQLException {
        due = true;
        attempt(connection, PATIENCE);
    }

    boolean isTimeToTry() {
        return due && System.nanoTime() - lastTry >= betweenTries.toNanos();
    }

    void again(WriteConnection connection) throws SQLException {
        attempt(connection, PATIENCE_AGAIN);
        if (due && !told) {
            LOG.warn(
                    "Another program reads the history: what was removed stays in the write-ahead log until it has done");
        }
        told = due;
    }

    private void attempt(WriteConnection connection, int patience) throws SQLException {
        lastTry = System.nanoTime();
        due = !connection.fold(patience);
        if (due && !told) {
            LOG.warn(
                    "Another program reads the history: what was removed stays in the write-ahead log until it has done");
        }
        told = due;
    }
}
