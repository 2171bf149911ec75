package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.SettableClock;
import prosa.application.port.Bound;
import prosa.domain.Draft;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What people and file systems do to the history behind the server's back: nothing of it may be lost without a word. */
class HistoryBehindTest {
    @TempDir
    Path parent;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-04T05:06:07Z"));
    private Path folder;
    private Path database;
    private SqliteEngine engine;

    @BeforeEach
    void open() throws IOException {
        folder = parent.resolve("data");
        database = folder.resolve("prosa.db");
        start();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void start() throws IOException {
        engine = SqliteEngine.open(folder, clock);
        engine.start(batch -> {});
    }

    private void restart() throws IOException {
        engine.close();
        clock.advance(Duration.ofSeconds(1));
        start();
    }

    /** As after a kill: nobody has closed anything. */
    private void restartFromACopy(String... left) throws IOException {
        Path copy = parent.resolve("copy");
        Files.createDirectory(copy);
        for (String name : List.of("prosa.db", "prosa.db-wal", "prosa.promise")) {
            if (!List.of(left).contains(name)) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
        }
        engine.close();
        folder = copy;
        database = folder.resolve("prosa.db");
        clock.advance(Duration.ofSeconds(1));
        start();
    }

    private Message say(String text) {
        return publish(text).join();
    }

    private CompletableFuture<Message> publish(String text) {
        Draft draft = new Draft(
                RoomName.MAIN, new Name("Ana"), new Via("ws"), clock.instant(), new Text(text), Optional.empty());
        return engine.publish(draft, 0).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS);
    }

    private void assertRefused(String text) {
        CompletionException e =
                assertThrows(CompletionException.class, () -> publish(text).join());
        assertTrue(e.getCause() instanceof Refused, e::toString);
    }

    private List<String> texts() {
        return engine
                .last(Set.of(RoomName.MAIN), Long.MAX_VALUE, Bound.messages(1_000))
                .toCompletableFuture()
                .join()
                .messages()
                .stream()
                .map(message -> message.text().value())
                .toList();
    }

    private static long offset(Message message) {
        return message.id().offset();
    }

    @Test
    void aDatabaseThatWasMovedAwayIsNotWrittenOnNorMadeAnew() throws Exception {
        say("one");
        Path elsewhere = parent.resolve("elsewhere.db");
        Files.move(database, elsewhere);
        assertRefused("two");
        assertRefused("three");
        assertTrue(engine.outage().orElseThrow().contains("gone"), engine.outage()::toString);
        assertFalse(Files.exists(database));
        Files.move(elsewhere, database);
        assertEquals("four", say("four").text().value());
        assertEquals(Optional.empty(), engine.outage());
        restart();
        assertEquals(List.of("one", "four"), texts());
    }

    @Test
    void whatWasRefusedIsNotInTheFileThatIsPutBackAfterTheEnd() throws Exception {
        say("one");
        Path elsewhere = parent.resolve("elsewhere.db");
        Files.move(database, elsewhere);
        assertRefused("two");
        engine.close();
        Files.move(elsewhere, database);
        start();
        assertEquals(List.of("one"), texts());
    }

    @Test
    void aDatabaseInItsPlaceIsNotTakenForIt() throws Exception {
        say("one");
        Path elsewhere = parent.resolve("elsewhere.db");
        Files.move(database, elsewhere);
        Files.copy(elsewhere, database);
        assertRefused("two");
        assertTrue(engine.outage().orElseThrow().contains("another file"), engine.outage()::toString);
    }

    @Test
    void withoutItsWriteAheadLogNothingIsAcknowledged() throws Exception {
        say("one");
        Files.delete(folder.resolve("prosa.db-wal"));
        assertRefused("two");
        assertRefused("three");
        assertFalse(Files.exists(folder.resolve("prosa.db-wal")), "it is not made anew under the readers");
    }

    @Test
    void aKillThatLostNothingKeepsTheEpochAndGivesNoOffsetTwice() throws Exception {
        say("one");
        Message two = say("two");
        long epoch = engine.epoch();
        restartFromACopy();
        assertEquals(epoch, engine.epoch());
        assertEquals(List.of("one", "two"), texts());
        assertTrue(offset(say("three")) > Promise.STEP + offset(two) - 2, "beyond all that may have been given");
    }

    @Test
    void aCleanStopWastesNoOffsets() throws Exception {
        Message one = say("one");
        restart();
        assertEquals(offset(one) + 1, offset(say("two")));
    }

    @Test
    void aLostWriteAheadLogIsANewEpoch() throws Exception {
        for (int i = 0; i < 10; i++) {
            say("n" + i);
        }
        long epoch = engine.epoch();
        restartFromACopy("prosa.db-wal");
        assertTrue(engine.epoch() > epoch, engine.epoch() + " after " + epoch);
        assertEquals(List.of(), texts());
    }

    @Test
    void anOlderBackupIsANewEpochByItself() throws Exception {
        say("one");
        Path backup = parent.resolve("backup.db");
        execute("VACUUM INTO '" + backup + "'");
        say("two");
        long epoch = engine.epoch();
        engine.close();
        Files.move(backup, database, StandardCopyOption.REPLACE_EXISTING);
        clock.advance(Duration.ofSeconds(1));
        start();
        assertTrue(engine.epoch() > epoch);
        assertEquals(List.of("one"), texts());
        long second = engine.epoch();
        restart();
        assertEquals(second, engine.epoch(), "once");
    }

    @Test
    void rowsThatWerePutInByHandAreBelieved() throws Exception {
        Message one = say("one");
        long epoch = engine.epoch();
        engine.close();
        execute("INSERT INTO entry (offset, room, kind, at, said_by, via, text) SELECT " + (offset(one) + 70)
                + ", room, kind, at, said_by, via, 'by hand' FROM entry");
        start();
        assertEquals(epoch, engine.epoch());
        assertEquals(List.of("one", "by hand"), texts());
        assertEquals(offset(one) + 71, offset(say("three")));
    }

    @Test
    void aHistoryOfAnOlderProsaHasPromisedNothing() throws Exception {
        say("one");
        long epoch = engine.epoch();
        engine.close();
        Files.delete(folder.resolve(Promise.FILE));
        start();
        assertEquals(epoch, engine.epoch());
        assertEquals(List.of("one"), texts());
    }

    @Test
    void aMissingDatabaseIsANewHistoryOfALaterEpoch() throws Exception {
        say("one");
        long epoch = engine.epoch();
        engine.close();
        Files.delete(database);
        clock.set(Instant.EPOCH.plusSeconds(1));
        start();
        assertTrue(engine.epoch() > epoch);
        assertEquals(List.of(), texts());
    }

    @Test
    void anEmptiedDatabaseIsNotMadeAnew() throws Exception {
        say("one");
        engine.close();
        truncate(database, 0);
        assertRefusedToOpen("empty");
        assertEquals(0, Files.size(database));
    }

    @Test
    void anEmptyOneWithAWriteAheadLogIsNotMadeAnewEither() throws Exception {
        say("one");
        Path copy = parent.resolve("copied");
        Files.createDirectory(copy);
        Files.copy(folder.resolve("prosa.db-wal"), copy.resolve("prosa.db-wal"));
        Files.createFile(copy.resolve("prosa.db"));
        engine.close();
        IOException e = assertThrows(IOException.class, () -> SqliteEngine.open(copy, clock));
        assertTrue(e.getMessage().contains("empty"), e.getMessage());
        assertTrue(Files.size(copy.resolve("prosa.db-wal")) > 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDatabaseWithoutItsEndIsRefused(boolean withLog) throws Exception {
        for (int i = 0; i < 200; i++) {
            say("x".repeat(3_000));
        }
        if (withLog) {
            Path copy = parent.resolve("copied");
            Files.createDirectory(copy);
            execute("PRAGMA wal_checkpoint(TRUNCATE)");
            say("in the write-ahead log");
            for (String name : List.of("prosa.db", "prosa.db-wal", "prosa.promise")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
            engine.close();
            folder = copy;
            database = copy.resolve("prosa.db");
        } else {
            engine.close();
        }
        truncate(database, Files.size(database) / 2);
        IOException e = assertThrows(IOException.class, () -> SqliteEngine.open(folder, clock));
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().startsWith(database.toString()), e.getMessage());
    }

    @Test
    void aTornPromiseLeavesTheOneBefore() throws Exception {
        Message one = say("one");
        say("two");
        engine.close();
        Promise.Promised whole = Promise.read(folder).orElseThrow();
        assertTrue(whole.clean());
        byte[] bytes = Files.readAllBytes(folder.resolve(Promise.FILE));
        for (int slot = 0; slot < 2; slot++) {
            byte[] torn = bytes.clone();
            torn[slot * 64 + 30] ^= 1;
            Files.write(folder.resolve(Promise.FILE), torn);
            Promise.Promised left = Promise.read(folder).orElseThrow();
            assertTrue(left.highest() >= offset(one), left::toString);
            assertTrue(left.bound() >= whole.highest(), left::toString);
        }
        start();
        assertEquals(List.of("one", "two"), texts());
    }

    @Test
    void nobodyElseMayReadIt() throws Exception {
        say("one");
        for (String name : List.of("prosa.db", "prosa.db-wal", "prosa.lock", "prosa.promise")) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(folder.resolve(name)));
        }
        engine.close();
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        start();
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(database));
    }

    @Test
    void foldersAreMadeAboveIt() throws Exception {
        Path deep = parent.resolve("a/b/c");
        SqliteEngine.open(deep, clock).close();
        assertTrue(Files.size(deep.resolve("prosa.db")) > 0);
    }

    private void assertRefusedToOpen(String reason) {
        IOException e = assertThrows(IOException.class, () -> SqliteEngine.open(folder, clock));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = Connections.to(database).open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
