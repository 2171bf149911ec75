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
import prosa.domain.Message;
import prosa.domain.RoomName;

/**
 * A connection that only reads, with its statements prepared. Not thread-safe: a reader thread has it to itself while it reads.
 *
 * <p>Each statement is reset as soon as its rows are read, so that no reader keeps the write-ahead log from starting over.
 */
final class ReadConnection implements AutoCloseable {
    static final String FORWARD = sql("ASC");
    static final String BACKWARD = sql("DESC");

    private final Connection connection;
    private final long epoch;
    private final PreparedStatement forward;
    private final PreparedStatement backward;

    ReadConnection(Connection connection, long epoch) throws SQLException {
        this.connection = connection;
        this.epoch = epoch;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            forward = connection.prepareStatement(FORWARD);
            backward = connection.prepareStatement(BACKWARD);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The index is named: walking it is the only way whose cost does not grow with what was said in other rooms. */
    private static String sql(String order) {
        return """
            SELECT %s FROM entry INDEXED BY entry_by_room
            WHERE room = (SELECT id FROM room WHERE name = ?) AND offset > ? AND offset <= ? AND kind = %d
            ORDER BY offset %s LIMIT ?""".formatted(Rows.COLUMNS, Schema.SAID, order);
    }

    /** @param upTo at most the head: what lies beyond it may still be taken away */
    Page after(Set<RoomName> rooms, long after, long upTo, Bound bound) throws SQLException {
        return merged(true, rooms, after, upTo, bound);
    }

    /** @param upTo at most the head: what lies beyond it may still be taken away */
    Page last(Set<RoomName> rooms, long upTo, Bound bound) throws SQLException {
        Page backwards = merged(false, rooms, 0, upTo, bound);
        return new Page(backwards.messages().reversed(), backwards.more());
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

    /**
     * Several rooms are read side by side, a page of each at a time. One statement for all of them would sort everything that
     * was ever said there.
     */
    private Page merged(boolean ascending, Set<RoomName> rooms, long after, long upTo, Bound bound)
            throws SQLException {
        Comparator<Message> order =
                Comparator.comparingLong(message -> message.id().offset());
        PriorityQueue<Cursor> cursors =
                new PriorityQueue<>(Comparator.comparing(Cursor::peek, ascending ? order : order.reversed()));
        int limit = bound.messages();
        // One more than is given, which tells whether there is more.
        int rows = rooms.size() < 2 ? limit + 1 : Math.min(limit + 1, 8 + 2 * limit / rooms.size());
        for (RoomName room : rooms) {
            Cursor cursor = new Cursor(ascending, room, after, upTo, new Batch(rows, bound.bytes()));
            if (cursor.hasNext()) {
                cursors.add(cursor);
            }
        }
        List<Message> found = new ArrayList<>();
        long weight = 0;
        while (found.size() < limit && !cursors.isEmpty()) {
            Cursor cursor = cursors.remove();
            weight += Bound.weight(cursor.peek());
            if (weight > bound.bytes() && !found.isEmpty()) {
                return new Page(found, true);
            }
            found.add(cursor.next());
            if (cursor.hasNext()) {
                cursors.add(cursor);
            }
        }
        return new Page(found, !cursors.isEmpty());
    }

    /** How much of one room is read at once: long texts in small portions, as more of them would not be given. */
    private record Batch(int rows, int bytes) {}

    /** A walk through one room. */
    private final class Cursor {
        private final boolean ascending;
        private final RoomName room;
        private final Batch batch;
        private final Deque<Message> page = new ArrayDeque<>();
        private long after;
        private long upTo;
        private boolean atEnd;

        Cursor(boolean ascending, RoomName room, long after, long upTo, Batch batch) {
            this.ascending = ascending;
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

        Message peek() {
            return page.getFirst();
        }

        Message next() {
            return page.removeFirst();
        }

        private void turnPage() throws SQLException {
            PreparedStatement statement = ascending ? forward : backward;
            statement.setString(1, room.value());
            statement.setLong(2, after);
            statement.setLong(3, upTo);
            statement.setInt(4, batch.rows());
            long weight = 0;
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                for (; weight <= batch.bytes() && row.next(); rows++) {
                    Optional<Message> message = Rows.message(row, epoch, room);
                    message.ifPresent(page::add);
                    weight += message.map(Bound::weight).orElse(0);
                    if (ascending) {
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
