package prosa.adapter.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import prosa.application.port.RecentKeys;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.RoomName;

/**
 * The one connection that writes, with its statements prepared. Not thread-safe: whoever opened it, then the writer thread owns
 * it. After an exception it is good for nothing but closing.
 */
final class WriteConnection implements AutoCloseable {
    private static final int ROOMS_REMEMBERED = 1_000;

    static final String HEAD = "SELECT max(offset) FROM entry";

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement insert;
    private final PreparedStatement commit;
    private final Removals removals;

    private final Map<RoomName, Long> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Long> eldest) {
            return size() > ROOMS_REMEMBERED;
        }
    };

    private WriteConnection(Connection connection, Durability durability) throws SQLException {
        this.connection = connection;
        this.removals = new Removals(connection);
        durability.settle(connection);
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        insert = connection.prepareStatement(
                "INSERT INTO entry (offset, room, kind, at, said_by, via, text, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setInt(3, Schema.SAID);
        commit = connection.prepareStatement("COMMIT");
    }

    /** Takes the connection over; closes it if it is no good. */
    static WriteConnection over(Connection connection) throws SQLException {
        return over(connection, Durability.SYNCED);
    }

    /** Takes the connection over; closes it if it is no good. */
    static WriteConnection over(Connection connection, Durability durability) throws SQLException {
        try {
            return new WriteConnection(connection, durability);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Brings an older file up to this version. */
    void bringUpToDate(Path file) throws SQLException {
        Schema.bringUpToDate(file, connection);
    }

    Removals removals() {
        return removals;
    }

    void begin() throws SQLException {
        begin.execute();
    }

    void insert(Message message, Optional<Key> key) throws SQLException {
        insert.setLong(1, message.id().offset());
        insert.setLong(2, idOf(message.room()));
        insert.setLong(4, message.at().toEpochMilli());
        insert.setString(5, message.by().value());
        insert.setString(6, message.via().word());
        insert.setString(7, message.text().value());
        insert.setString(8, key.map(Key::value).orElse(null));
        insert.executeUpdate();
    }

    /** Returns when all since {@link #begin} is on disk. If it throws, it may be there or not. */
    void commit() throws SQLException {
        commit.execute();
    }

    /** Sees to it that the room has rows, or can have some. */
    void need(RoomName room) throws SQLException {
        idOf(room);
    }

    private long idOf(RoomName room) throws SQLException {
        Long known = rooms.get(room);
        if (known == null) {
            known = findOrMake(room);
            rooms.put(room, known);
        }
        return known;
    }

    private long findOrMake(RoomName room) throws SQLException {
        // The update changes nothing, but makes SQLite give back the row that is there.
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO room (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id")) {
            upsert.setString(1, room.value());
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The message at this offset, if there is one. */
    Optional<Message> find(long epoch, long offset) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement("SELECT " + Rows.COLUMNS
                + ", room.name FROM entry JOIN room ON room.id = entry.room WHERE entry.offset = ? AND kind = "
                + Schema.SAID)) {
            find.setLong(1, offset);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Rows.message(row, epoch, new RoomName(row.getString("name"))) : Optional.empty();
            }
        }
    }

    /** Whether there is anything at this offset. */
    boolean has(long offset) throws SQLException {
        return number("SELECT count(*) FROM entry WHERE offset = " + offset) > 0;
    }

    /** The offset of the newest entry of any kind; 0 if there is none. */
    long head() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HEAD)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** When the newest entry was said; the beginning of time if there is none. */
    Instant lastAt() throws SQLException {
        return Instant.ofEpochMilli(number("SELECT coalesce((SELECT at FROM entry ORDER BY offset DESC LIMIT 1), 0)"));
    }

    long epoch() throws SQLException {
        return number("SELECT epoch FROM meta");
    }

    /** Writes something that changes nothing. Between {@link #begin} and {@link #commit}. */
    void touch() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE meta SET epoch = epoch");
        }
    }

    void changeEpoch(long epoch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE meta SET epoch = " + epoch);
        }
    }

    /** How long the database is, by what it says itself. */
    long bytes() throws SQLException {
        return number("PRAGMA page_count") * number("PRAGMA page_size");
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Takes away entries that were refused, and rooms made for them; but for removals: what those took away can't be put back. Between
     * {@link #begin} and {@link #commit}.
     */
    void removeAfter(long offset) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate(
                            "DELETE FROM entry WHERE offset > " + offset + " AND kind NOT IN " + Schema.REMOVALS)
                    > 0) {
                statement.executeUpdate(
                        "DELETE FROM room WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.room = room.id)");
            }
        }
    }

    /** Moves all that is committed from the write-ahead log to the database file, with fsync. False if it could not. */
    boolean checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(FULL)")) {
            return row.next() && row.getInt("busy") == 0;
        }
    }

    /**
     * Empties the write-ahead log, in which copies of what was removed may lie: all of it is moved to the database file, and the log cut
     * to nothing.
     *
     * @param patience how long to wait for those who read there, in milliseconds
     * @return false if somebody reads there
     */
    boolean fold(int patience) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + patience);
            boolean folded;
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                folded = row.next() && row.getInt("busy") == 0;
            }
            statement.execute("PRAGMA busy_timeout = " + Connections.BUSY_TIMEOUT);
            return folded;
        }
    }

    /**
     * The keys of the last 10 minutes.
     *
     * @param nanoTime now, on the clock by which keys are over
     */
    RecentKeys recentKeys(Instant now, long nanoTime) throws SQLException {
        return KeptKeys.read(connection, now, nanoTime);
    }

    /** Undoes what is not committed. The last connection to close empties the write-ahead log and removes it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
