package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.HouseClock;

/** What can be found in the folder at the start. */
class OpeningTest {
    private static final HouseClock CLOCK = HouseClock.over(InstantSource.system());

    @TempDir
    Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"deep/down/here", "a b", "what?cache=shared", "100%25", "#1", "sala-é-💬"})
    void theFolderIsMadeWhateverItsName(String name) throws Exception {
        Path folder = parent.resolve(name);
        SqliteEngine.open(folder, CLOCK).close();
        assertTrue(Files.size(folder.resolve("prosa.db")) > 0);
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws Exception {
        Path file = Files.createFile(parent.resolve("data"));
        assertRefusedNaming(file, file, "not a folder");
    }

    @Test
    void aFolderThatCantBeMadeIsNamed() throws Exception {
        Path folder = Files.createFile(parent.resolve("file")).resolve("data");
        assertRefusedNaming(folder, folder, "");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndLeftAsItIs() throws Exception {
        String content = "Dear diary, ".repeat(100);
        Path file = Files.writeString(parent.resolve("prosa.db"), content);
        assertRefusedNaming(parent, file, "not a database");
        assertEquals(content, Files.readString(file));
    }

    @Test
    void aDatabaseOfAnotherProgramIsNamedAndLeftAsItIs() throws Exception {
        Path file = parent.resolve("prosa.db");
        execute(file, "CREATE TABLE diary (day TEXT)");
        byte[] content = Files.readAllBytes(file);
        assertRefusedNaming(parent, file, "another program's database");
        assertEquals(-1, java.util.Arrays.mismatch(content, Files.readAllBytes(file)));
    }

    @Test
    void aHistoryOfANewerProsaIsNamed() throws Exception {
        SqliteEngine.open(parent, CLOCK).close();
        Path file = parent.resolve("prosa.db");
        execute(file, "PRAGMA user_version = " + (Schema.VERSION + 1));
        assertRefusedNaming(parent, file, "newer Prosa");
    }

    @Test
    void anEmptyFileOfAStartThatWasCutShortIsFilled() throws Exception {
        Files.createFile(parent.resolve("prosa.db"));
        SqliteEngine.open(parent, CLOCK).close();
        assertTrue(Files.size(parent.resolve("prosa.db")) > 0);
    }

    @Test
    void aFolderInUseIsNamedUntilItIsFree() throws Exception {
        SqliteEngine first = SqliteEngine.open(parent, CLOCK);
        assertRefusedNaming(parent, parent, "in use by another Prosa");
        assertRefusedNaming(parent.resolve("."), parent, "in use by another Prosa");
        first.close();
        SqliteEngine.open(parent, CLOCK).close();
    }

    @Test
    void aRefusedStartLeavesTheFolderFree() throws Exception {
        Path file = Files.writeString(parent.resolve("prosa.db"), "Dear diary, ".repeat(100));
        assertRefusedNaming(parent, file, "not a database");
        Files.delete(file);
        SqliteEngine.open(parent, CLOCK).close();
    }

    private static void assertRefusedNaming(Path folder, Path named, String reason) {
        IOException e = assertThrows(
                IOException.class, () -> SqliteEngine.open(folder, CLOCK).close());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(named.toString()), message);
        assertTrue(message.contains(reason), message);
        assertFalse(message.contains("\n"), message);
    }

    private static void execute(Path file, String sql) throws Exception {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        try (Connection connection = Connections.to(file).open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
