package prosa.adapter.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import prosa.application.port.RecentKeys;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** The keys that are in the file: those of messages, and those of messages that are gone. */
final class KeptKeys {
    /** Messages get their time before they queue for an offset: near the 10 minutes' edge the order of both may differ. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    static final String OF_MESSAGES = """
        SELECT entry.offset, entry.at, entry.key, entry.said_by, room.name
        FROM entry CROSS JOIN room ON room.id = entry.room
        WHERE entry.kind = %d ORDER BY entry.offset DESC""".formatted(Schema.SAID);

    static final String OF_REMOVED = """
            SELECT removed_key.offset, at, key, said_by, room.name
            FROM removed_key JOIN room ON room.id = removed_key.room WHERE at >= ?""";

    private KeptKeys() {}

    /** The time of the oldest message whose key may still stand for it, in milliseconds since 1970. */
    static long oldest(Instant now) {
        return now.minus(RecentKeys.LIFETIME).minus(DISORDER).toEpochMilli();
    }

    /**
     * The keys of the last 10 minutes, of messages that are gone too: the log is walked backwards that far and no farther, however long it is.
     *
     * @param nanoTime now, on the clock by which keys are over
     */
    static RecentKeys read(Connection connection, Instant now, long nanoTime) throws SQLException {
        long oldest = oldest(now);
        List<Use> uses = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OF_MESSAGES)) {
            while (row.next() && row.getLong(2) >= oldest && uses.size() < RecentKeys.MAX_KEYS) {
                if (row.getString(3) != null) {
                    use(row).ifPresent(uses::add);
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(OF_REMOVED)) {
            statement.setLong(1, oldest);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    use(row).ifPresent(uses::add);
                }
            }
        }
        uses.sort(Comparator.comparingLong(Use::offset));
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
}
