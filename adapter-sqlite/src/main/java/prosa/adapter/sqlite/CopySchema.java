package prosa.adapter.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.HistoryUnusable;

/** What a copy's file has beside what a history's has: of which log it is, and how far. */
final class CopySchema {
    /** The file's {@code user_version}. Raise it when the file changes in any way: of another version it is made anew. */
    static final int VERSION = 1_000 + Schema.VERSION;

    static final String FILE = "copy.db";

    private static final String COPIED = """
        CREATE TABLE copied (
            stream TEXT NOT NULL,
            head INTEGER NOT NULL, -- all up to there was looked at
            erased INTEGER NOT NULL -- what was taken away up to there is overwritten in the stream
        ) STRICT""";

    /** What takes a message away is looked for by that message. */
    private static final String REMOVALS = "CREATE INDEX entry_of ON entry (of) WHERE of IS NOT NULL";

    private CopySchema() {}

    /** Makes the tables of an empty file, and says of what it is a copy. One transaction. */
    static void create(Connection connection, Source source) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String sql : Schema.tables()) {
                statement.execute(sql);
            }
            statement.execute(COPIED);
            statement.execute(REMOVALS);
            statement.execute("INSERT INTO meta (epoch) VALUES (" + source.epoch() + ")");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO copied (stream, head, erased) VALUES (?, 0, 0)")) {
                insert.setString(1, source.stream());
                insert.executeUpdate();
            }
            statement.execute("PRAGMA user_version = " + VERSION);
            statement.execute("COMMIT");
        }
    }

    /** What makes a history of a copy. */
    static List<String> toHistory(long epoch) {
        return List.of(
                "DROP TABLE copied",
                "DROP INDEX entry_of",
                "UPDATE meta SET epoch = " + epoch,
                "PRAGMA user_version = " + Schema.VERSION);
    }

    /**
     * Of what a file is a copy; empty if it is empty, or of another version.
     *
     * @throws HistoryUnusable if it is another program's database
     */
    static Optional<Source> source(Path file, Connection connection) throws SQLException, HistoryUnusable {
        try (Statement statement = connection.createStatement()) {
            long version = Schema.number(statement, "PRAGMA user_version");
            if (version == 0 && Schema.number(statement, "SELECT count(*) FROM sqlite_schema") > 0) {
                throw new HistoryUnusable(file, HistoryUnusable.Reason.FOREIGN);
            }
            if (version != VERSION) {
                return Optional.empty();
            }
            try (ResultSet row = statement.executeQuery("SELECT stream, epoch FROM copied, meta")) {
                return row.next() ? Optional.of(new Source(row.getString(1), row.getLong(2))) : Optional.empty();
            }
        }
    }
}
