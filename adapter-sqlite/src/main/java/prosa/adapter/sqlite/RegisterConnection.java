package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Register.Kind;

/** A connection to the register's file. Not thread-safe: whoever opened it owns it. After an exception it is good for closing alone. */
final class RegisterConnection implements AutoCloseable {
    /**
     * As the history's ({@link Schema#VERSION}), of this file. Raise it, too, when an older Prosa would read a fact otherwise than it is
     * meant, or pass over one that keeps somebody out: since the second a claim may be a proxy's word.
     */
    static final int VERSION = 2;

    private static final List<String> CREATION = List.of(
            "CREATE TABLE fact (kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID");

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement commit;

    private RegisterConnection(Path file, Connection connection) throws SQLException, IOException {
        this.connection = connection;
        Schema.prepare(file, connection, VERSION, CREATION);
        requireWhole(file);
        Durability.SYNCED.settle(connection);
        Schema.mark(connection, VERSION);
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        put = connection.prepareStatement(
                "INSERT INTO fact (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value");
        remove = connection.prepareStatement("DELETE FROM fact WHERE kind = ? AND key = ?");
        commit = connection.prepareStatement("COMMIT");
    }

    /**
     * Opens the file, which exists, and makes its table if it is empty.
     *
     * @throws HistoryUnusable if it is not to be used
     */
    static RegisterConnection open(Path file, Connections connections) throws SQLException, IOException {
        Connection connection = connections.open();
        try {
            return new RegisterConnection(file, connection);
        } catch (SQLException | IOException e) {
            connection.close();
            throw e;
        }
    }

    /** It is small, and all of it is read anyway. */
    private void requireWhole(Path file) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'fact'")) {
                if (!table.next()) {
                    throw new HistoryUnusable(file, HistoryUnusable.Reason.FOREIGN);
                }
            }
            try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
                String first = check.next() ? check.getString(1) : "nothing from quick_check";
                if (!first.equals("ok")) {
                    throw new HistoryUnusable(
                            file,
                            HistoryUnusable.Reason.SAID,
                            first.lines().findFirst().orElse(""));
                }
            }
        }
    }

    /** Adds all facts to these; passes over kinds that this Prosa does not know. */
    void readInto(Facts facts) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT kind, key, value FROM fact")) {
            while (row.next()) {
                Optional<Kind> kind = kind(row.getString(1));
                if (kind.isPresent()) {
                    facts.put(new Fact(kind.get(), row.getString(2)), Optional.of(row.getString(3)));
                }
            }
        }
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst();
    }

    void begin() throws SQLException {
        begin.execute();
    }

    /** @param value empty if there is to be no such fact */
    void write(Fact fact, Optional<String> value) throws SQLException {
        PreparedStatement statement = value.isPresent() ? put : remove;
        statement.setString(1, word(fact.kind()));
        statement.setString(2, fact.key());
        if (value.isPresent()) {
            statement.setString(3, value.get());
        }
        statement.executeUpdate();
    }

    /** Returns when all since {@link #begin} is on disk. If it throws, it may be there or not. */
    void commit() throws SQLException {
        commit.execute();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
