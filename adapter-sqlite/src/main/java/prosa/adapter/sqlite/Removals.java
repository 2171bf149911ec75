package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * Takes messages out of the file, over the writer's connection and within its transactions. What is deleted there is overwritten with
 * zeros ({@code secure_delete}).
 *
 * <p>The keys of what goes stay for as long as they stand for it, so that it is not said again after a restart.
 */
final class Removals {
    private static final String ROOM = "(SELECT id FROM room WHERE name = ?)";

    static final String ONE =
            "SELECT offset, said_by FROM entry WHERE offset = ? AND kind = " + Schema.SAID + " AND room = " + ROOM;

    /** Newest first. */
    static final String LAST = """
            SELECT offset, said_by FROM entry INDEXED BY entry_by_room
            WHERE room = %s AND offset <= ? AND kind = %d ORDER BY offset DESC LIMIT ?""".formatted(ROOM, Schema.SAID);

    private static final String REMEMBER = """
            INSERT OR REPLACE INTO removed_key (offset, room, at, said_by, key)
            SELECT offset, room, at, said_by, key FROM entry
            WHERE %s AND kind = %d AND at >= ? AND key IS NOT NULL AND said_by IS NOT NULL""";

    private final Connection connection;

    Removals(Connection connection) {
        this.connection = connection;
    }

    /** A message that is to go. */
    record Target(long offset, Name author) {}

    /**
     * What is to go, oldest first; of all that was said in a room only the newest.
     *
     * @param head what lies beyond it may still be taken back
     */
    List<Target> targets(Removal removal, long epoch, long head) throws SQLException {
        return switch (removal) {
            case Removal.One one ->
                one.of().epoch() == epoch && one.of().offset() <= head ? one(one.room(), one.of()) : List.of();
            case Removal.LastOf last ->
                newest(last.room(), head, Removal.LastOf.WITHIN, last.author().key(), last.count());
            case Removal.All all -> newest(all.room(), head, 1, null, 1);
        };
    }

    private List<Target> one(RoomName room, Position of) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(ONE)) {
            find.setLong(1, of.offset());
            find.setString(2, room.value());
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? List.of(target(row)) : List.of();
            }
        }
    }

    /** @param author whose they must be, by {@link Name#key()}; null if that does not matter */
    private List<Target> newest(RoomName room, long head, int within, @Nullable String author, int count)
            throws SQLException {
        List<Target> found = new ArrayList<>();
        // Names are compared by what makes them the same person's, which costs more than to read a row.
        Map<String, Boolean> theirs = new HashMap<>();
        try (PreparedStatement walk = connection.prepareStatement(LAST)) {
            walk.setString(1, room.value());
            walk.setLong(2, head);
            walk.setInt(3, within);
            try (ResultSet row = walk.executeQuery()) {
                while (found.size() < count && row.next()) {
                    String saidBy = String.valueOf(row.getString(2));
                    if (author == null || theirs.computeIfAbsent(saidBy, by -> author.equals(key(by)))) {
                        found.add(target(row));
                    }
                }
            }
        }
        return found.reversed();
    }

    private static Target target(ResultSet row) throws SQLException {
        return new Target(row.getLong(1), kept(String.valueOf(row.getString(2))));
    }

    private static String key(String saidBy) {
        return kept(saidBy).key();
    }

    /** What only another program can have written goes as well. */
    private static Name kept(String saidBy) {
        try {
            return Name.kept(saidBy);
        } catch (Refused _) {
            return Name.kept("\uFFFD");
        }
    }

    /**
     * Takes the targets away, and puts what tells of that into the log.
     *
     * @param at when it happens, in the log's order
     * @param now by which keys are over
     * @param next gives each entry its place
     * @param entries gets them; if it is not empty, all of them are in it
     */
    void carryOut(
            Removal removal,
            List<Target> targets,
            Instant at,
            Instant now,
            Supplier<Position> next,
            List<Entry> entries)
            throws SQLException {
        forgetOldKeys(now);
        List<Entry> written = new ArrayList<>();
        if (removal instanceof Removal.All) {
            Cleared cleared = new Cleared(next.get(), removal.room(), removal.by(), at);
            clear(cleared, now);
            written.add(cleared);
        } else {
            for (Target target : targets) {
                Position id = next.get();
                Position of = new Position(id.epoch(), target.offset());
                Removed removed = new Removed(id, of, removal.room(), target.author(), removal.by(), at);
                remove(removed, now);
                written.add(removed);
            }
        }
        entries.addAll(written);
    }

    /** Takes a message away, if it is there, and puts what tells of that into the log. */
    void remove(Removed removed, Instant now) throws SQLException {
        long of = removed.of().offset();
        try (PreparedStatement remember = connection.prepareStatement(REMEMBER.formatted("offset = ?", Schema.SAID));
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM entry WHERE offset = ? AND kind = " + Schema.SAID)) {
            remember.setLong(1, of);
            remember.setLong(2, KeptKeys.oldest(now));
            remember.executeUpdate();
            delete.setLong(1, of);
            delete.executeUpdate();
        }
        insert(Schema.REMOVED, removed, removed.by(), of, removed.author().value());
    }

    /**
     * Takes all away that was said in a room, and puts what tells of that into the log. What is known of earlier removals in the room goes,
     * too.
     */
    void clear(Cleared cleared, Instant now) throws SQLException {
        try (PreparedStatement remember =
                        connection.prepareStatement(REMEMBER.formatted("room = " + ROOM, Schema.SAID));
                PreparedStatement delete = connection.prepareStatement("DELETE FROM entry INDEXED BY entry_by_room"
                        + " WHERE room = " + ROOM + " AND kind IN " + Schema.KNOWN)) {
            remember.setString(1, cleared.room().value());
            remember.setLong(2, KeptKeys.oldest(now));
            remember.executeUpdate();
            delete.setString(1, cleared.room().value());
            delete.executeUpdate();
        }
        insert(Schema.CLEARED, cleared, cleared.by(), null, null);
    }

    private void insert(int kind, Entry entry, Name by, @Nullable Long of, @Nullable String author)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO entry (offset, room, kind, at, said_by, of, author) VALUES (?, " + ROOM
                        + ", ?, ?, ?, ?, ?)")) {
            insert.setLong(1, entry.id().offset());
            insert.setString(2, entry.room().value());
            insert.setInt(3, kind);
            insert.setLong(4, entry.at().toEpochMilli());
            insert.setString(5, by.value());
            insert.setObject(6, of);
            insert.setString(7, author);
            insert.executeUpdate();
        }
    }

    void forgetOldKeys(Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM removed_key WHERE at < ?")) {
            delete.setLong(1, KeptKeys.oldest(now));
            delete.executeUpdate();
        }
    }

    /** What took messages away and lies behind a place, in the log's order. */
    List<Entry> after(long epoch, long offset) throws SQLException {
        List<Entry> found = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement("SELECT " + Rows.ALL_COLUMNS
                + ", room.name FROM entry JOIN room ON room.id = entry.room WHERE offset > ? AND kind IN "
                + Schema.REMOVALS + " ORDER BY offset")) {
            find.setLong(1, offset);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    Rows.entry(row, epoch, new RoomName(row.getString("name"))).ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
