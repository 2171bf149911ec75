package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import prosa.application.port.RecentKeys;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The one connection that writes, with its statements prepared. Not thread-safe: whoever opened it, then the writer thread owns
 * it. After an exception it is good for nothing but closing.
 */
final class WriteConnection implements AutoCloseable {
    private static final int ROOMS_REMEMBERED = 1_000;

    /** Messages get their time before they queue for an offset: near the 10 minutes' edge the order of both may differ. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    static final String RECENT_KEYS = """
        SELECT entry.offset, entry.at, entry.key, entry.said_by, room.name
        FROM entry CROSS JOIN room ON room.id = entry.room
        WHERE entry.kind = %d ORDER BY entry.offset DESC""".formatted(Schema.SAID);

    static final String HEAD = "SELECT max(offset) FROM entry";

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement insert;
    private final PreparedStatement commit;

    private final Map<RoomName, Long> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Long> eldest) {
            return size() > ROOMS_REMEMBERED;
        }
    };

    private WriteConnection(Connection connection) throws SQLException {
        this.connection = connection;
        Durability.settle(connection);
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        insert = connection.prepareStatement(
                "INSERT INTO entry (offset, room, kind, at, said_by, via, text, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setInt(3, Schema.SAID);
        commit = connection.prepareStatement("COMMIT");
    }

    /** Takes the connection over; closes it if it is no good. */
    static WriteConnection over(Connection connection) throws SQLException {
        try {
            return new WriteConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void begin() throws SQLException {
        begin.execute();
    }

    /** @param message what the draft becomes */
    void insert(Draft draft, Message message) throws SQLException {
        insert.setLong(1, message.id().offset());
        insert.setLong(2, idOf(draft.room()));
        insert.setLong(4, message.at().toEpochMilli());
        insert.setString(5, draft.by().value());
        insert.setString(6, draft.via().word());
        insert.setString(7, draft.text().value());
        insert.setString(8, draft.key().map(Key::value).orElse(null));
        insert.executeUpdate();
    }

    /** Returns when all since {@link #begin} is on disk. If it throws, it may be there or not. */
    void commit() throws SQLException {
        commit.execute();
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

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Takes away entries that were refused, and rooms made for them. Between {@link #begin} and {@link #commit}. */
    void removeAfter(long offset) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate("DELETE FROM entry WHERE offset > " + offset) > 0) {
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
     * The keys of the last 10 minutes: the log is walked backwards that far and no farther, however long it is.
     *
     * @param nanoTime now, on the clock by which keys are over
     */
    RecentKeys recentKeys(Instant now, long nanoTime) throws SQLException {
        long oldest = now.minus(RecentKeys.LIFETIME).minus(DISORDER).toEpochMilli();
        Deque<Use> uses = new ArrayDeque<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RECENT_KEYS)) {
            while (row.next() && row.getLong(2) >= oldest && uses.size() < RecentKeys.MAX_KEYS) {
                if (row.getString(3) != null) {
                    use(row).ifPresent(uses::addFirst);
                }
            }
        }
        RecentKeys keys = new RecentKeys();
        for (Use use : uses) {
            Duration age = Duration.between(use.at, now);
            long usedAt = nanoTime - (age.isNegative() ? 0 : age.toNanos());
            keys.remember(use.room, use.by, use.key, use.offset, usedAt);
        }
        return keys;
    }

    private record Use(long offset, Instant at, Key key, Name by, RoomName room) {}

    /** Empty if the domain does not let it through, because its rules were others when it was written. */
    private static Optional<Use> use(ResultSet row) throws SQLException {
        try {
            return Optional.of(new Use(
                    row.getLong(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    new Key(row.getString(3)),
                    new Name(row.getString(4)),
                    new RoomName(row.getString(5))));
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    /** Undoes what is not committed. The last connection to close empties the write-ahead log and removes it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
