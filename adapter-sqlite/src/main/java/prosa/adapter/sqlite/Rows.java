package prosa.adapter.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** Reads rows of the table {@code entry} as messages. */
final class Rows {
    static final String COLUMNS = "offset, at, said_by, via, text";

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

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
