package prosa.adapter.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Refused;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** Reads rows of the table {@code entry} as messages and other entries. */
final class Rows {
    /** What a message needs. */
    static final String COLUMNS = "offset, at, said_by, via, text";

    /** What an entry of any known kind needs. */
    static final String ALL_COLUMNS = COLUMNS + ", kind, of, author";

    private Rows() {}

    static long offset(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    /**
     * The row's message. The domain's rules may have been others when it was written: what they forbid now is shown as U+FFFD. Empty if it
     * is none of ours, which only another program can have written.
     */
    static Optional<Message> message(ResultSet row, long epoch, RoomName room) throws SQLException {
        try {
            return Optional.of(new Message(
                    new Position(epoch, offset(row)),
                    room,
                    Name.kept(orEmpty(row.getString(3))),
                    new Via(orEmpty(row.getString(4))),
                    Instant.ofEpochMilli(row.getLong(2)),
                    Text.kept(orEmpty(row.getString(5)))));
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    /** The row's entry, with {@link #ALL_COLUMNS}. Empty as for {@link #message}, and if its kind is not known. */
    static Optional<Entry> entry(ResultSet row, long epoch, RoomName room) throws SQLException {
        int kind = row.getInt(6);
        if (kind == Schema.SAID) {
            return message(row, epoch, room).map(Entry.class::cast);
        }
        Position id = new Position(epoch, offset(row));
        Instant at = Instant.ofEpochMilli(row.getLong(2));
        try {
            Name by = Name.kept(orEmpty(row.getString(3)));
            return switch (kind) {
                case Schema.REMOVED -> {
                    Position of = new Position(epoch, row.getLong(7));
                    yield Optional.of(new Removed(id, of, room, Name.kept(orEmpty(row.getString(8))), by, at));
                }
                case Schema.CLEARED -> Optional.of(new Cleared(id, room, by, at));
                default -> Optional.empty();
            };
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
