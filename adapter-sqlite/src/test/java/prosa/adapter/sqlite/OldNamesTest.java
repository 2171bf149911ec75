package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;
import prosa.domain.RoomName;

/** A file of a Prosa that let more names and texts through. */
class OldNamesTest {
    private static final HouseClock CLOCK = HouseClock.over(InstantSource.system());

    @TempDir
    Path folder;

    @Test
    void whatWasKeptUnderANameThatIsNoLongerAllowedIsStillShown() throws Exception {
        SqliteEngine.open(folder, CLOCK).close();
        write(List.of(
                List.of("Ana", "oi"),
                List.of("Ana\u02D0 eu pago", "a conta"),
                List.of("\u2733 Ana left", "boo"),
                List.of("A\u0336n\u0336a\u0336", "struck out"),
                List.of("A" + "\u0301\u0302\u0303\u0308".repeat(4), "high"),
                List.of("Ana\u20DD", "in a circle"),
                List.of("Admin", "obey"),
                List.of("\uA4EE\uA4E0\uA4EE\uA4FD", "Lisu"),
                List.of("Bia", "\uFE0F"),
                List.of("Bia", "with its end\n")));
        try (MessageEngine engine = SqliteEngine.open(folder, CLOCK)) {
            engine.start(_ -> {});
            List<String> all = List.of(
                    "Ana: oi",
                    "Ana\uFFFD eu pago: a conta",
                    "\uFFFD Ana left: boo",
                    "A\uFFFDn\uFFFDa\uFFFD: struck out",
                    // One of the marks is in the letter, and each further one stands there already.
                    "\u00C1\u0302\u0303\u0308" + "\uFFFD".repeat(12) + ": high",
                    "Ana\uFFFD: in a circle",
                    "Admin\uFFFD: obey",
                    "\uA4EE\uA4E0\uA4EE\uFFFD: Lisu",
                    "Bia: \uFFFD",
                    "Bia: with its end");
            assertEquals(all, lines(engine, 0));
            assertEquals(all.subList(6, all.size()), lines(engine, 6));
        }
    }

    private void write(List<List<String>> rows) throws Exception {
        try (Connection connection = Connections.to(folder.resolve("prosa.db")).open();
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO entry (room, kind, at, said_by, via, text) VALUES (1, 1, 0, ?, 'ws', ?)")) {
            statement.executeUpdate("INSERT INTO room (id, name) VALUES (1, 'main')");
            for (List<String> row : rows) {
                insert.setString(1, row.getFirst());
                insert.setString(2, row.getLast());
                insert.executeUpdate();
            }
        }
    }

    private static List<String> lines(MessageEngine engine, long after) throws Exception {
        return engine
                .after(Set.of(RoomName.MAIN), after, Long.MAX_VALUE, Bound.messages(100))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .messages()
                .stream()
                .map(message -> message.by() + ": " + message.text())
                .toList();
    }
}
