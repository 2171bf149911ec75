package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Register.Kind;
import prosa.application.port.Tally;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The files of a history that nobody has open, read from beginning to end. Nothing of them is changed: not even the write-ahead log is folded
 * that a Prosa has left which was killed. All of it blocks.
 *
 * @param history {@code prosa.db}
 * @param register {@code house.db}, which may be missing
 */
record Still(Path history, Path register) {
    private static final String MESSAGES = "SELECT " + Rows.COLUMNS
            + ", entry.key, room.name FROM entry JOIN room ON room.id = entry.room WHERE kind = " + Schema.SAID
            + " ORDER BY offset";

    private static final int KEY = 6;
    private static final int ROOM = 7;

    /** Hears of each message. */
    interface Ear {
        void hear(Copied message) throws IOException, InterruptedException;
    }

    static Still in(Path folder) {
        return new Still(folder.resolve(SqliteEngine.FILE), folder.resolve(SqliteRegister.FILE));
    }

    private interface Question<T> {
        T ask(Statement statement) throws SQLException, IOException, InterruptedException;
    }

    /** @param version the newest that is known */
    private static <T> T ask(Path file, int version, String table, Question<T> question)
            throws IOException, InterruptedException {
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        boolean log = Files.exists(wal) && Files.size(wal) > 0;
        if (Files.size(file) == 0) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.EMPTIED);
        }
        try (Connection connection = open(file, log);
                Statement statement = connection.createStatement()) {
            requireOurs(file, statement, version, table);
            long bytes = Schema.number(statement, "PRAGMA page_count") * Schema.number(statement, "PRAGMA page_size");
            if (!log && Files.size(file) < bytes) {
                throw new HistoryUnusable(file, HistoryUnusable.Reason.CUT_OFF, Files.size(file), bytes);
            }
            return question.ask(statement);
        } catch (SQLException e) {
            throw HistoryUnusable.of(file, e);
        }
    }

    private static void requireOurs(Path file, Statement statement, int version, String table)
            throws SQLException, HistoryUnusable {
        long found = Schema.number(statement, "PRAGMA user_version");
        if (found > version) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.NEWER, found, version);
        }
        long known = Schema.number(
                statement, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + table + "'");
        if (found == 0 || known == 0) {
            throw new HistoryUnusable(file, HistoryUnusable.Reason.FOREIGN);
        }
    }

    /** Where there is no log to be read, SQLite need not even make one to look into. */
    private static Connection open(Path file, boolean log) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + (log ? "" : "?immutable=1"));
    }

    private long number(String sql) throws IOException, InterruptedException {
        return ask(history, Schema.VERSION, "entry", statement -> Schema.number(statement, sql));
    }

    /** The epoch of the log. */
    long epoch() throws IOException, InterruptedException {
        return number("SELECT epoch FROM meta");
    }

    /** How many messages there are. */
    long count() throws IOException, InterruptedException {
        return number("SELECT count(*) FROM entry WHERE kind = " + Schema.SAID);
    }

    /** Whether there is nothing at all, of any kind. */
    boolean isEmpty() throws IOException, InterruptedException {
        return (!Files.exists(history) || number("SELECT count(*) FROM entry") == 0) && facts().isEmpty();
    }

    /** Tells all messages, in their order. */
    void tell(Ear ear) throws IOException, InterruptedException {
        long epoch = epoch();
        ask(history, Schema.VERSION, "entry", statement -> {
            try (ResultSet row = statement.executeQuery(MESSAGES)) {
                while (row.next()) {
                    Optional<Message> message = Rows.message(row, epoch, new RoomName(row.getString(ROOM)));
                    if (message.isPresent()) {
                        ear.hear(new Copied(message.get(), key(row.getString(KEY))));
                    }
                }
            }
            return epoch;
        });
    }

    /** Empty also if the domain does not let it through, because its rules were others when it was written. */
    private static Optional<Key> key(@Nullable String value) {
        try {
            return Optional.ofNullable(value).map(Key::new);
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    /** The facts of each kind that is known, of which there are any. */
    SortedMap<Kind, SortedMap<String, String>> facts() throws IOException, InterruptedException {
        SortedMap<Kind, SortedMap<String, String>> facts = new TreeMap<>();
        if (Files.exists(register)) {
            ask(register, RegisterConnection.VERSION, "fact", statement -> {
                try (ResultSet row = statement.executeQuery("SELECT kind, key, value FROM fact")) {
                    while (row.next()) {
                        String key = row.getString(2);
                        String value = row.getString(3);
                        RegisterConnection.kind(row.getString(1))
                                .ifPresent(kind -> facts.computeIfAbsent(kind, known -> new TreeMap<>())
                                        .put(key, value));
                    }
                }
                return facts;
            });
        }
        return facts;
    }

    /** What there is. */
    Tally tally() throws IOException, InterruptedException {
        Tally tally = new Tally();
        tell(copied -> tally.add((Message) copied.entry(), copied.key()));
        facts().forEach((kind, all) -> all.forEach((key, value) -> tally.add(kind, key, value)));
        return tally;
    }
}
