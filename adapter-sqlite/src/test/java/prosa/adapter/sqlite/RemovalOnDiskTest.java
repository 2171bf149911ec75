package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.SettableClock;
import prosa.application.port.Bound;
import prosa.application.port.MessageEngine;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What a removal leaves in the data folder: nothing of the text, and what is needed after a restart. */
class RemovalOnDiskTest {
    private static final Name ANA = new Name("Ana");
    private static final Name OP = new Name("Olga");
    private static final String SECRET = "xyzzy-4711-plugh";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-04T05:06:07.089Z"));
    private @Nullable MessageEngine engine;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void noFileHasTheTextOfARemovedMessageThoughPeopleRead() throws Exception {
        open();
        AtomicBoolean enough = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                said();
            }
        });
        try {
            List<Message> secrets = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                say("nothing special " + i);
                if (i % 20 == 0) {
                    // Short ones share a page with others, long ones have pages of their own.
                    secrets.add(say((i % 40 == 0 ? SECRET : (SECRET + " ").repeat(200))));
                }
            }
            assertTrue(hasSecret(), "what is looked for can be found");
            for (Message secret : secrets) {
                await(engine().remove(new Removal.One(RoomName.MAIN, secret.id(), OP, clock.instant())));
            }
            assertSecretGoes();
        } finally {
            enough.set(true);
            reader.join();
        }
        assertEquals(300, said().size());
        engine().close();
        assertFalse(hasSecret());
    }

    @Test
    void noFileHasTheTextsOfAClearedRoom() throws Exception {
        open();
        for (int i = 0; i < 200; i++) {
            say(SECRET + " " + i + " ".repeat(i) + ".");
        }
        await(engine().remove(new Removal.All(RoomName.MAIN, OP, clock.instant())));
        assertFalse(hasSecret(), "at once: nobody reads");
        assertEquals(0, Files.size(folder.resolve("prosa.db-wal")));
        say("a new beginning");
        assertFalse(hasSecret());
    }

    @Test
    void anotherProgramThatReadsHoldsTheWriteAheadLogOnlyForAsLongAsItReads() throws Exception {
        open();
        Message secret = say(SECRET);
        try (Connection other = Connections.to(folder.resolve("prosa.db")).open();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN");
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM entry")) {
                assertEquals(1, row.getInt(1));
            }
            await(engine().remove(new Removal.One(RoomName.MAIN, secret.id(), OP, clock.instant())));
            assertEquals(List.of(), said());
            say("life goes on");
            assertTrue(hasSecret(), "it still sees what was there");
        }
        assertSecretGoes();
    }

    @Test
    void removalsAndKeysOutliveARestart() throws Exception {
        open();
        Message old = say("old", "k-old");
        clock.advance(Duration.ofMinutes(8));
        Message gone = say("gone", "k");
        Message other = say("stays", "k-stays");
        Message cleared = await(engine().publish(draft(new RoomName("den"), "cleared", "k"), 0));
        clock.advance(Duration.ofMinutes(1));
        Entry removedOld = remove(old);
        Entry removed = remove(gone);
        Entry clearing = await(engine().remove(new Removal.All(cleared.room(), OP, clock.instant())))
                .getFirst();
        restart();

        assertEquals(List.of(other, removedOld, removed, clearing), entries());
        assertEquals(clearing.id().offset(), engine().head());
        assertEquals(new Removed(removed.id(), gone.id(), RoomName.MAIN, ANA, OP, clock.instant()), removed);
        assertEquals(new Cleared(clearing.id(), cleared.room(), OP, clock.instant()), clearing);
        assertRefused(Reason.REMOVED, engine().publish(draft(RoomName.MAIN, "gone", "k"), 0));
        assertRefused(Reason.REMOVED, engine().publish(draft(cleared.room(), "cleared", "k"), 0));
        assertRefused(Reason.REMOVED, engine().publish(draft(RoomName.MAIN, "old", "k-old"), 0));
        assertEquals(other, say("stays", "k-stays"));
        assertRefused(
                Reason.NO_MESSAGE, engine().remove(new Removal.One(RoomName.MAIN, gone.id(), OP, clock.instant())));

        clock.advance(Duration.ofMinutes(2));
        restart();
        assertTrue(say("old", "k-old").id().offset() > clearing.id().offset(), "its ten minutes are over");
        assertRefused(Reason.REMOVED, engine().publish(draft(RoomName.MAIN, "gone", "k"), 0));
        // The next removal forgets the keys that are over.
        clock.advance(Duration.ofMinutes(20));
        remove(other);
        assertEquals(
                0,
                number("SELECT count(*) FROM removed_key WHERE at < "
                        + other.at().toEpochMilli()));
    }

    @Test
    void anOlderFileIsBroughtUpToDateInPlaceAndKeepsNoCopies() throws Exception {
        makeFirstVersion(3_000);
        assertTrue(hasSecret());
        open();
        assertEquals(Schema.VERSION, number("PRAGMA user_version"));
        List<Message> said = said();
        assertEquals(1_000, said.size());
        assertEquals(new Position(engine().epoch(), 3_000), said.getLast().id());
        assertEquals(7_000, engine().epoch());
        await(engine().remove(new Removal.LastOf(RoomName.MAIN, ANA, 100, OP, clock.instant())));
        await(engine().remove(new Removal.All(RoomName.MAIN, OP, clock.instant())));
        assertFalse(hasSecret());
        restart();
        assertEquals(1, entries().size());
    }

    @Test
    void anOlderFileThatCantBeWrittenAnewIsUsedAllTheSame() throws Exception {
        makeFirstVersion(3_000);
        FaultyDisk disk = new FaultyDisk(folder.resolve("prosa.db"));
        disk.vacuums = false;
        engine = SqliteEngine.open(folder, clock, disk, Connections.to(folder.resolve(SqliteRegister.FILE)));
        engine.start(batch -> {});
        assertEquals(Schema.VERSION, number("PRAGMA user_version"));
        assertEquals(1_000, said().size());
    }

    /** As the first version made it, without overwriting anything. */
    private void makeFirstVersion(int messages) throws Exception {
        Path file = Files.createFile(folder.resolve("prosa.db"));
        try (Connection connection = Connections.to(file).open();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE meta (epoch INTEGER NOT NULL) STRICT");
            statement.execute("CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT");
            statement.execute(
                    "CREATE TABLE entry (offset INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES room (id),"
                            + " kind INTEGER NOT NULL, at INTEGER NOT NULL, said_by TEXT, via TEXT, text TEXT, key TEXT) STRICT");
            statement.execute("CREATE INDEX entry_by_room ON entry (room)");
            statement.execute("PRAGMA user_version = 1");
            statement.execute("INSERT INTO meta VALUES (7000)");
            statement.execute("INSERT INTO room VALUES (1, 'main')");
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO entry" + " (room, kind, at, said_by, via, text) VALUES (1, 1, 0, 'Ana', 'ws', ?)")) {
                statement.execute("BEGIN");
                for (int i = 0; i < messages; i++) {
                    insert.setString(1, SECRET + " " + i);
                    insert.executeUpdate();
                }
                statement.execute("COMMIT");
            }
        }
    }

    private void open() throws Exception {
        engine = SqliteEngine.open(folder, clock);
        engine.start(batch -> {});
    }

    private void restart() throws Exception {
        engine().close();
        open();
    }

    private MessageEngine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    private Message say(String text) {
        return await(engine().publish(
                        new Draft(RoomName.MAIN, ANA, new Via("ws"), clock.instant(), new Text(text), Optional.empty()),
                        0));
    }

    private Message say(String text, String key) {
        return await(engine().publish(draft(RoomName.MAIN, text, key), 0));
    }

    private Draft draft(RoomName room, String text, String key) {
        return new Draft(room, ANA, new Via("ws"), clock.instant(), new Text(text), Optional.of(new Key(key)));
    }

    private Entry remove(Message message) {
        return await(engine().remove(new Removal.One(message.room(), message.id(), OP, clock.instant())))
                .getFirst();
    }

    private List<Message> said() {
        return await(engine().last(Set.of(RoomName.MAIN), Long.MAX_VALUE, Bound.messages(1_000)))
                .messages();
    }

    private List<Entry> entries() {
        return await(engine().entries(
                                Set.of(RoomName.MAIN, new RoomName("den")), 0, Long.MAX_VALUE, Bound.messages(1_000)))
                .entries();
    }

    private long number(String sql) throws Exception {
        try (Connection connection = Connections.to(folder.resolve("prosa.db")).open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private void assertSecretGoes() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (hasSecret()) {
            assertTrue(System.nanoTime() - deadline < 0, "the text is still there");
            Thread.onSpinWait();
        }
    }

    private boolean hasSecret() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(Reason reason, CompletionStage<?> stage) {
        Throwable failure = stage.handle((answer, refused) -> refused)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertEquals(reason, failure instanceof Refused refused ? refused.reason() : failure);
    }
}
