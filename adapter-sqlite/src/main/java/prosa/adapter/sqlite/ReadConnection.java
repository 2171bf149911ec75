package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import prosa.application.port.Bound;
import prosa.application.port.Page;
import prosa.application.port.Stretch;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removal;
import prosa.domain.RoomName;

/**
 * A connection that only reads, with its statements prepared. Not thread-safe: a reader thread has it to itself while it reads.
 *
 * <p>Each statement is reset as soon as its rows are read, so that no reader keeps the write-ahead log from starting over.
 */
final class ReadConnection implements AutoCloseable {
    static final String FORWARD = sql(Rows.COLUMNS, "= " + Schema.SAID, "ASC");
    static final String BACKWARD = sql(Rows.COLUMNS, "= " + Schema.SAID, "DESC");
    static final String ENTRIES = sql(Rows.ALL_COLUMNS, "IN " + Schema.KNOWN, "ASC");

    private final Connection connection;
    private final long epoch;
    private final Way<Message> forward;
    private final Way<Message> backward;
    private final Way<Entry> entries;

    /**
     * A way through one room.
     *
     * @param reader makes of a row what is read
     */
    private record Way<E extends Entry>(PreparedStatement statement, boolean ascending, RowReader<E> reader) {
        Comparator<E> order() {
            Comparator<E> order = Comparator.comparingLong(entry -> entry.id().offset());
            return ascending ? order : order.reversed();
        }
    }

    private interface RowReader<E extends Entry> {
        Optional<E> read(ResultSet row, long epoch, RoomName room) throws SQLException;
    }

    private record Found<E extends Entry>(List<E> entries, boolean more) {}

    ReadConnection(Connection connection, long epoch) throws SQLException {
        this.connection = connection;
        this.epoch = epoch;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            forward = new Way<>(connection.prepareStatement(FORWARD), true, Rows::message);
            backward = new Way<>(connection.prepareStatement(BACKWARD), false, Rows::message);
            entries = new Way<>(connection.prepareStatement(ENTRIES), true, Rows::entry);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The index is named: walking it is the only way whose cost does not grow with what was said in other rooms. */
    private static String sql(String columns, String kinds, String order) {
        return """
            SELECT %s FROM entry INDEXED BY entry_by_room
            WHERE room = (SELECT id FROM room WHERE name = ?) AND offset > ? AND offset <= ? AND kind %s
            ORDER BY offset %s LIMIT ?""".formatted(columns, kinds, order);
    }

    /** @param upTo at most the head: what lies beyond it may still be taken away */
    Page after(Set<RoomName> rooms, long after, long upTo, Bound bound) throws SQLException {
        Found<Message> found = merged(forward, rooms, after, upTo, bound);
        return new Page(found.entries(), found.more());
    }

    /** @param upTo at most the head: what lies beyond it may still be taken away */
    Stretch entries(Set<RoomName> rooms, long after, long upTo, Bound bound) throws SQLException {
        Found<Entry> found = merged(entries, rooms, after, upTo, bound);
        return new Stretch(found.entries(), found.more());
    }

    /** @param upTo at most the head: what lies beyond it may still be taken away */
    Page last(Set<RoomName> rooms, long upTo, Bound bound) throws SQLException {
        Found<Message> backwards = merged(backward, rooms, 0, upTo, bound);
        return new Page(backwards.entries().reversed(), backwards.more());
    }

    Set<RoomName> rooms() throws SQLException {
        Set<RoomName> rooms = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM room")) {
            while (row.next()) {
                rooms.add(new RoomName(row.getString(1)));
            }
        }
        return rooms;
    }

    /** The message at an offset, if there is one. */
    Optional<Message> find(long offset) throws SQLException {
        return entries("WHERE offset = ? AND kind = " + Schema.SAID, offset).stream()
                .map(Message.class::cast)
                .findFirst();
    }

    /** The newest entries over all rooms, oldest first. */
    List<Entry> newest(int count) throws SQLException {
        return entries("ORDER BY offset DESC LIMIT ?", count).reversed();
    }

    /** What took messages away and lies behind a place, in the log's order. */
    List<Entry> removals(long after) throws SQLException {
        return new Removals(connection).after(epoch, after);
    }

    /** What a removal would take away now. */
    List<Removals.Target> targets(Removal removal, long head) throws SQLException {
        return new Removals(connection).targets(removal, epoch, head);
    }

    private List<Entry> entries(String which, long parameter) throws SQLException {
        List<Entry> found = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT " + Rows.ALL_COLUMNS + ", room.name FROM entry JOIN room ON room.id = entry.room " + which)) {
            find.setLong(1, parameter);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    Rows.entry(row, epoch, new RoomName(row.getString("name"))).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /**
     * Several rooms are read side by side, a page of each at a time. One statement for all of them would sort everything that
     * was ever said there.
     */
    private <E extends Entry> Found<E> merged(Way<E> way, Set<RoomName> rooms, long after, long upTo, Bound bound)
            throws SQLException {
        PriorityQueue<Cursor<E>> cursors = new PriorityQueue<>(Comparator.comparing(Cursor::peek, way.order()));
        int limit = bound.messages();
        // One more than is given, which tells whether there is more.
        int rows = rooms.size() < 2 ? limit + 1 : Math.min(limit + 1, 8 + 2 * limit / rooms.size());
        for (RoomName room : rooms) {
            Cursor<E> cursor = new Cursor<>(way, room, after, upTo, new Batch(rows, bound.bytes()));
            if (cursor.hasNext()) {
                cursors.add(cursor);
            }
        }
        List<E> found = new ArrayList<>();
        long weight = 0;
        while (found.size() < limit && !cursors.isEmpty()) {
            Cursor<E> cursor = cursors.remove();
            weight += Bound.weight(cursor.peek());
            if (weight > bound.bytes() && !found.isEmpty()) {
                return new Found<>(found, true);
            }
            found.add(cursor.next());
            if (cursor.hasNext()) {
                cursors.add(cursor);
            }
        }
        return new Found<>(found, !cursors.isEmpty());
    }

    /** How much of one room is read at once: long texts in small portions, as more of them would not be given. */
    private record Batch(int rows, int bytes) {}

    /** A walk through one room. */
    private final class Cursor<E extends Entry> {
        private final Way<E> way;
        private final RoomName room;
        private final Batch batch;
        private final Deque<E> page = new ArrayDeque<>();
        private long after;
        private long upTo;
        private boolean atEnd;

        Cursor(Way<E> way, RoomName room, long after, long upTo, Batch batch) {
            this.way = way;
            this.room = room;
            this.after = after;
            this.upTo = upTo;
            this.batch = batch;
        }

        boolean hasNext() throws SQLException {
            while (page.isEmpty() && !atEnd) {
                turnPage();
            }
            return !page.isEmpty();
        }

        E peek() {
            return page.getFirst();
        }

        E next() {
            return page.removeFirst();
        }

        private void turnPage() throws SQLException {
            PreparedStatement statement = way.statement();
            statement.setString(1, room.value());
            statement.setLong(2, after);
            statement.setLong(3, upTo);
            statement.setInt(4, batch.rows());
            long weight = 0;
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                for (; weight <= batch.bytes() && row.next(); rows++) {
                    Optional<E> entry = way.reader().read(row, epoch, room);
                    entry.ifPresent(page::add);
                    weight += entry.map(Bound::weight).orElse(0);
                    if (way.ascending()) {
                        after = Rows.offset(row);
                    } else {
                        upTo = Rows.offset(row) - 1;
                    }
                }
            }
            atEnd = rows < batch.rows() && weight <= batch.bytes();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
