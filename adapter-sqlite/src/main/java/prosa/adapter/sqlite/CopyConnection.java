package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.RecentKeys;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removed;

/** The one connection that fills a copy. Not thread-safe: who fills it owns it. After an exception it is good for nothing but closing. */
final class CopyConnection implements AutoCloseable {
    /** Whether what removes a message finds it gone, by another removal or with all that was said in the room. */
    private static final String GONE = """
        SELECT EXISTS (SELECT 1 FROM entry WHERE of = ?1)
            OR EXISTS (SELECT 1 FROM entry INDEXED BY entry_by_room WHERE room = (SELECT id FROM room WHERE name = ?2)
                AND offset > ?1 AND kind = %d)""".formatted(Schema.CLEARED);

    private final Connection connection;
    private final WriteConnection writing;
    private final PreparedStatement reach;

    CopyConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.writing = WriteConnection.over(connection, Durability.UNSYNCED);
        this.reach = connection.prepareStatement("UPDATE copied SET head = ?");
    }

    /**
     * Begins a transaction, and writes what comes next.
     *
     * @param now by which keys are over
     * @return those that count
     */
    List<Entry> write(List<Copied> next, long upTo, Instant now) throws SQLException {
        List<Entry> counting = new ArrayList<>(next.size());
        writing.begin();
        for (Copied copied : next) {
            if (write(copied, now)) {
                counting.add(copied.entry());
            }
        }
        reach.setLong(1, upTo);
        reach.executeUpdate();
        return counting;
    }

    /** If it throws, all may be there or nothing. */
    void commit() throws SQLException {
        writing.commit();
    }

    private boolean write(Copied copied, Instant now) throws SQLException {
        switch (copied.entry()) {
            case Message message -> writing.insert(message, copied.key());
            case Removed removed -> {
                if (isGone(removed)) {
                    return false;
                }
                writing.need(removed.room());
                writing.removals().forgetOldKeys(now);
                writing.removals().remove(removed, now);
            }
            case Cleared cleared -> {
                writing.need(cleared.room());
                writing.removals().forgetOldKeys(now);
                writing.removals().clear(cleared, now);
            }
        }
        return true;
    }

    private boolean isGone(Removed removed) throws SQLException {
        try (PreparedStatement gone = connection.prepareStatement(GONE)) {
            gone.setLong(1, removed.of().offset());
            gone.setString(2, removed.room().value());
            try (ResultSet row = gone.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    long head() throws SQLException {
        return writing.number("SELECT head FROM copied");
    }

    long erased() throws SQLException {
        return writing.number("SELECT erased FROM copied");
    }

    void erased(long offset) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE copied SET erased = ?")) {
            update.setLong(1, offset);
            update.executeUpdate();
        }
    }

    Instant lastAt() throws SQLException {
        return writing.lastAt();
    }

    RecentKeys recentKeys(Instant now, long nanoTime) throws SQLException {
        return writing.recentKeys(now, nanoTime);
    }

    /** No copy of what was removed is left in the write-ahead log, unless somebody reads there. */
    void fold(Folding folding) throws SQLException {
        folding.now(writing);
    }

    /** Tries that again. */
    void foldAgain(Folding folding) throws SQLException {
        folding.again(writing);
    }

    @Override
    public void close() throws SQLException {
        writing.close();
    }
}
