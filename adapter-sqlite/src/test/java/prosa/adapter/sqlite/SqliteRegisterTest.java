package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.RegisterContract;
import prosa.application.SettableClock;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.MessageEngine;
import prosa.application.port.Register.Kind;

class SqliteRegisterTest extends RegisterContract {
    @TempDir
    Path folder;

    private FaultyDisk disk;

    @Override
    protected MessageEngine open() throws Exception {
        disk = new FaultyDisk(file());
        return SqliteEngine.open(
                folder,
                new SettableClock(Instant.parse("2026-03-04T05:06:07Z")),
                Connections.to(folder.resolve("prosa.db")),
                disk);
    }

    private Path file() {
        return folder.resolve(SqliteRegister.FILE);
    }

    private void restart() throws Exception {
        engine.close();
        use(open());
    }

    @Test
    void allOfItOutlivesARestart() throws Exception {
        await(register.keep(Kind.CLAIM, "ana", "1"));
        await(register.keep(Kind.CLAIM, "bob", "1"));
        await(register.keep(Kind.CLAIM, "bob", "2"));
        await(register.keep(Kind.BAN, "eve", ""));
        await(register.forget(Kind.CLAIM, "ana"));
        restart();
        assertEquals(Map.of("bob", "2"), register.read(Kind.CLAIM));
        assertEquals(Map.of("eve", ""), register.read(Kind.BAN));
        await(register.keep(Kind.CLAIM, "ana", "3"));
        restart();
        assertEquals(Map.of("ana", "3", "bob", "2"), register.read(Kind.CLAIM));
    }

    @Test
    void whatWasUnderWayAtTheEndIsKept() throws Exception {
        CompletionStage<Void> last = register.keep(Kind.ACT, "1", "removed Eve");
        engine.close();
        await(last);
        use(open());
        assertEquals(Map.of("1", "removed Eve"), register.read(Kind.ACT));
    }

    @Test
    void thereIsNoFileBeforeThereIsAFact() throws Exception {
        restart();
        assertFalse(Files.exists(file()));
        await(register.keep(Kind.CLAIM, "ana", "1"));
        assertTrue(Files.exists(file()));
    }

    @Test
    void theFileIsOursAlone() throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        await(register.keep(Kind.CLAIM, "ana", "1"));
        for (String suffix : List.of("", "-wal", "-shm")) {
            Path file = folder.resolve(SqliteRegister.FILE + suffix);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), suffix);
        }
    }

    @Test
    void aFullDiskRefusesUntilThereIsRoomAgain() throws Exception {
        await(register.keep(Kind.ACT, "small", "1"));
        // SQLite's own bound: at it, it fails with SQLITE_FULL as on a full disk, wherever this test runs.
        disk.pragma = "PRAGMA max_page_count = 3";
        assertRefused(register.keep(Kind.ACT, "large", "x".repeat(20_000)));
        assertEquals(Map.of("small", "1"), register.read(Kind.ACT));
        disk.pragma = "PRAGMA max_page_count = 1000";
        await(register.keep(Kind.ACT, "small", "2"));
        restart();
        assertEquals(Map.of("small", "2"), register.read(Kind.ACT));
    }

    @Test
    void whatWasRefusedIsNotThereAfterARestartThoughItWasOnDisk() throws Exception {
        await(register.keep(Kind.CLAIM, "ana", "1"));
        await(register.keep(Kind.CLAIM, "bob", "1"));
        disk.commit = FaultyDisk.Commit.DONE_BUT_FAILS;
        assertRefused(register.keep(Kind.CLAIM, "ana", "2"));
        assertRefused(register.forget(Kind.CLAIM, "bob"));
        assertRefused(register.keep(Kind.CLAIM, "eve", "1"));
        assertEquals(Map.of("ana", "1", "bob", "1"), register.read(Kind.CLAIM));
        disk.commit = FaultyDisk.Commit.DONE;
        // Nobody changes anything meanwhile.
        restart();
        assertEquals(Map.of("ana", "1", "bob", "1"), register.read(Kind.CLAIM));
    }

    @Test
    void aGroupIsKeptAsAWholeOrNotAtAll() throws Exception {
        disk.commit = FaultyDisk.Commit.FAILS;
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add(register.keep(Kind.MUTE, "n" + i, ""));
        }
        stages.forEach(RegisterContract::assertRefused);
        disk.commit = FaultyDisk.Commit.DONE;
        await(register.keep(Kind.MUTE, "n100", ""));
        restart();
        assertEquals(Map.of("n100", ""), register.read(Kind.MUTE));
    }

    @Test
    void aFileThatIsGoneIsNotMadeAnew() throws Exception {
        await(register.keep(Kind.BAN, "eve", "1"));
        Path aside = folder.resolve("aside");
        Files.move(file(), aside);
        assertRefused(register.keep(Kind.BAN, "mallory", "1"));
        assertFalse(Files.exists(file()));
        Files.move(aside, file());
        await(register.keep(Kind.BAN, "trudy", "1"));
        restart();
        assertEquals(Map.of("eve", "1", "trudy", "1"), register.read(Kind.BAN));
    }

    @Test
    void kindsOfANewerProsaAreLeftAlone() throws Exception {
        await(register.keep(Kind.BAN, "eve", "1"));
        engine.close();
        execute("INSERT INTO fact (kind, key, value) VALUES ('poll', 'k', 'v')");
        use(open());
        assertEquals(Map.of("eve", "1"), register.read(Kind.BAN));
        engine.close();
        execute("UPDATE fact SET value = 'w' WHERE kind = 'poll'");
    }

    @Test
    void aNewerFileIsNamedAndRefused() throws Exception {
        await(register.keep(Kind.BAN, "eve", "1"));
        engine.close();
        execute("PRAGMA user_version = " + (RegisterConnection.VERSION + 1));
        assertEquals(HistoryUnusable.Reason.NEWER, refusal().reason());
    }

    @Test
    void anotherDatabaseIsNamedAndRefused() throws Exception {
        engine.close();
        Files.createFile(file());
        execute("CREATE TABLE diary (day TEXT)");
        assertEquals(HistoryUnusable.Reason.FOREIGN, refusal().reason());
        execute("PRAGMA user_version = 1"); // as the history's
        assertEquals(HistoryUnusable.Reason.FOREIGN, refusal().reason());
    }

    @Test
    void whatIsNoDatabaseIsNamedAndLeftAsItIs() throws Exception {
        engine.close();
        String content = "Dear diary, ".repeat(100);
        Files.writeString(file(), content);
        assertTrue(refusal().getMessage().contains("not a database"));
        assertEquals(content, Files.readString(file()));
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws Exception {
        for (int i = 0; i < 500; i++) {
            var unused = register.keep(Kind.BAN, "n" + i, "x".repeat(100));
        }
        engine.close();
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length / 2));
        refusal();
    }

    @Test
    void anEmptyFileIsAFirstFactThatWasCutShort() throws Exception {
        engine.close();
        Files.createFile(file());
        use(open());
        await(register.keep(Kind.CLAIM, "ana", "1"));
    }

    /** The folder is free again afterwards. */
    private HistoryUnusable refusal() throws Exception {
        HistoryUnusable e = assertThrows(HistoryUnusable.class, () -> open().close());
        assertEquals(file(), e.path());
        FolderLock.take(folder).close();
        return e;
    }

    private void execute(String sql) throws IOException, java.sql.SQLException {
        try (Connection connection = Connections.to(file()).open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
