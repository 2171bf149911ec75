package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.sqlite.FaultyDisk.Commit;
import prosa.application.SettableClock;
import prosa.application.port.Bound;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.HistoryCopy.Target;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Register.Kind;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class SqliteCopyTest {
    private static final RoomName MAIN = RoomName.MAIN;
    private static final RoomName DEN = new RoomName("den");
    private static final Name ANA = new Name("Ana");
    private static final Name OLGA = new Name("Olga");
    private static final Source SOURCE = new Source("PROSA", 1_700_000_000_000L);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-04T05:06:07.089Z"));

    @TempDir
    Path parent;

    private Path folder;
    private FaultyDisk disk;
    private SqliteCopy copy;

    @BeforeEach
    void openNew() throws Exception {
        open(parent.resolve("data"));
        copy.begin(SOURCE);
    }

    private void open(Path where) throws Exception {
        folder = where;
        disk = new FaultyDisk(folder.resolve("copy.db"));
        copy = SqliteCopy.open(folder, clock, disk);
    }

    @AfterEach
    void close() {
        copy.close();
    }

    @Test
    void whatIsCopiedIsReadAtItsOffsets() throws Exception {
        Message first = message(3, MAIN, "one");
        Message second = message(7, DEN, "two");
        assertEquals(List.of(first, second), fill(9, first, second));

        assertEquals(9, copy.head());
        assertEquals(SOURCE.epoch(), copy.epoch());
        assertEquals(List.of(first, second), all(MAIN, DEN));
        assertEquals(List.of(second), all(DEN));
        assertEquals(Set.of(MAIN, DEN), await(copy.rooms()));
        assertEquals(Optional.of(second), await(copy.find(7)));
        assertEquals(Optional.empty(), await(copy.find(8)));
        assertEquals(List.of(second), await(copy.newest(1)));
        assertEquals(second.at(), copy.lastAt());
    }

    @Test
    void aCopyOfNothingIsEmpty() throws Exception {
        copy.close();
        open(parent.resolve("another"));

        assertEquals(Optional.empty(), copy.source());
        assertEquals(0, copy.head());
        assertEquals(0, copy.epoch());
        assertEquals(List.of(), all(MAIN));
        assertEquals(Set.of(), await(copy.rooms()));
        assertFalse(Files.exists(folder.resolve("copy.db")));
    }

    @Test
    void itGoesOnWhereItEnded() throws Exception {
        Message first = message(1, MAIN, "one");
        fill(5, first);
        copy.close();
        open(folder);
        copy.begin(SOURCE);

        assertEquals(Optional.of(SOURCE), copy.source());
        assertEquals(5, copy.head());
        Message second = message(6, MAIN, "two");
        fill(6, second);
        assertEquals(List.of(first, second), all(MAIN));
    }

    /** What kill -9 leaves: the files as they are at that moment. */
    @Test
    void itGoesOnAfterKill() throws Exception {
        List<Message> said = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            said.add(message(i, i % 3 == 0 ? DEN : MAIN, "n" + i));
            fill(i, said.getLast());
        }
        Path killed = Files.createDirectory(parent.resolve("killed"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, killed.resolve(file.getFileName().toString()));
            }
        }
        copy.close();
        open(killed);
        copy.begin(SOURCE);

        assertEquals(300, copy.head());
        assertEquals(said, all(MAIN, DEN));
    }

    @Test
    void ofAnotherLogItIsMadeAnew() throws Exception {
        for (Source other :
                List.of(new Source("PROSA", SOURCE.epoch() + 1), new Source("OTHER", SOURCE.epoch() + 1), SOURCE)) {
            fill(4, message(4, MAIN, "of another log"));
            copy.begin(other);
            assertEquals(Optional.of(other), copy.source());
            assertEquals(0, copy.head());
            assertEquals(other.epoch(), copy.epoch());
            assertEquals(List.of(), all(MAIN));
            assertEquals(0, copy.erasedUpTo());
        }
    }

    @Test
    void aMarkOutlivesARestart() throws Exception {
        copy.begin(new Source("OTHER", 5));
        copy.close();
        open(folder);
        assertEquals(Optional.of(new Source("OTHER", 5)), copy.source());
    }

    @Test
    void aHistoryInTheFolderIsLeftAlone() throws Exception {
        copy.close();
        Path history = Files.writeString(folder.resolve("prosa.db"), "not even a database");
        open(folder);
        copy.begin(new Source("OTHER", 5));
        copy.close();
        assertEquals("not even a database", Files.readString(history));
    }

    @Test
    void theFolderIsHeldAndItsFactsAreKept() throws Exception {
        assertThrows(HistoryUnusable.class, () -> SqliteCopy.open(folder, clock));
        await(copy.register().keep(Kind.CLOSING, "den", "hash"));
        copy.close();
        open(folder);
        assertEquals("hash", copy.register().read(Kind.CLOSING).get("den"));
    }

    @Test
    void aRemovalTakesAwayWhatItIsAbout() throws Exception {
        Message gone = message(1, MAIN, "a secret that nobody must find");
        Message left = message(2, MAIN, "stays");
        Removed removed = removed(3, gone);
        fill(2, gone, left);
        assertEquals(List.of(new Target(1, ANA)), await(copy.targets(one(gone))));
        assertEquals(List.of(removed), fill(3, removed));

        assertEquals(List.of(left), all(MAIN));
        assertEquals(List.of(), await(copy.targets(one(gone))));
        assertEquals(
                List.of(left, removed),
                await(copy.entries(Set.of(MAIN), 0, 9, Bound.messages(9))).entries());
        assertEquals(List.of(removed), await(copy.removals(0)));
        assertEquals(List.of(), await(copy.removals(3)));
        assertFalse(isInTheFolder("a secret that nobody must find"));
    }

    @Test
    void whatIsGoneIsNotRemovedAgain() throws Exception {
        Message gone = message(1, MAIN, "one");
        Message cleared = message(2, MAIN, "two");
        assertEquals(
                List.of(gone, cleared, removed(3, gone)), fill(4, gone, cleared, removed(3, gone), removed(4, gone)));
        Cleared clearing = new Cleared(at(5), MAIN, OLGA, clock.instant());
        assertEquals(List.of(clearing), fill(7, clearing, removed(6, cleared), removed(7, gone)));
        assertEquals(7, copy.head());
        assertEquals(
                List.of(clearing),
                await(copy.entries(Set.of(MAIN), 0, 9, Bound.messages(9))).entries());
    }

    /** The stream has the removal still, and not what it was about. */
    @Test
    void aRemovalCountsInACopyThatNeverHadTheMessage() throws Exception {
        Removed removed = removed(3, message(1, DEN, "gone before"));
        assertEquals(List.of(removed), fill(4, removed, removed(4, message(1, DEN, "gone before"))));
        assertEquals(
                List.of(removed),
                await(copy.entries(Set.of(DEN), 0, 9, Bound.messages(9))).entries());
    }

    @Test
    void keysAreRead() throws Exception {
        Message keyed = message(1, MAIN, "one");
        copy.copy(List.of(new Copied(keyed, Optional.of(new Key("k1")))), 1);
        Draft again =
                new Draft(MAIN, ANA, new Via("http"), clock.instant(), new Text("one"), Optional.of(new Key("k1")));
        assertEquals(OptionalLong.of(1), copy.recentKeys(clock.instant(), 0).find(again, 0));
        fill(2, removed(2, keyed));
        assertEquals(OptionalLong.of(1), copy.recentKeys(clock.instant(), 0).find(again, 0));
        clock.advance(Duration.ofMinutes(12));
        assertEquals(OptionalLong.empty(), copy.recentKeys(clock.instant(), 0).find(again, 0));
    }

    @Test
    void howFarItWasErasedIsKept() throws Exception {
        copy.erasedUpTo(17);
        copy.close();
        open(folder);
        assertEquals(17, copy.erasedUpTo());
    }

    @Test
    void whatTheDiskRefusesIsTriedAgain() throws Exception {
        Message first = message(1, MAIN, "one");
        fill(1, first);
        for (Commit fault : List.of(Commit.FAILS, Commit.DONE_BUT_FAILS)) {
            int offset = (int) copy.head() + 1;
            Message next = message(offset, MAIN, "n" + offset);
            Removed removed = removed(offset + 1, next);
            Removed again = removed(offset + 2, next);
            disk.commit = fault;
            assertThrows(IOException.class, () -> fill(offset + 2, next, removed, again));
            assertEquals(offset - 1, copy.head());
            disk.commit = Commit.DONE;
            assertEquals(List.of(next, removed), fill(offset + 2, next, removed, again));
            assertEquals(offset + 2, copy.head());
        }
        assertEquals(List.of(first), all(MAIN));
    }

    @Test
    void anotherVersionsIsMadeAnewAndAnotherProgramsIsNot() throws Exception {
        fill(1, message(1, MAIN, "one"));
        copy.close();
        execute("PRAGMA user_version = 77");
        open(folder);
        assertEquals(Optional.empty(), copy.source());
        copy.begin(SOURCE);
        assertEquals(0, copy.head());
        copy.close();

        execute("PRAGMA user_version = 0");
        assertThrows(HistoryUnusable.class, () -> SqliteCopy.open(folder, clock));
        execute("PRAGMA user_version = " + CopySchema.VERSION);
        open(folder);
        assertEquals(Optional.of(SOURCE), copy.source());
    }

    @Test
    void aClosedCopyRefusesReaders() {
        copy.close();
        assertThrows(Exception.class, () -> await(copy.rooms()));
        assertThrows(IOException.class, () -> fill(1, message(1, MAIN, "too late")));
    }

    private List<Entry> fill(long upTo, Entry... entries) throws IOException {
        return copy.copy(
                Stream.of(entries)
                        .map(entry -> new Copied(entry, Optional.empty()))
                        .toList(),
                upTo);
    }

    private List<Message> all(RoomName... rooms) throws Exception {
        return await(copy.after(Set.of(rooms), 0, Long.MAX_VALUE, Bound.messages(1_000)))
                .messages();
    }

    private Position at(long offset) {
        return new Position(copy.epoch(), offset);
    }

    private Message message(long offset, RoomName room, String text) {
        return new Message(at(offset), room, ANA, new Via("tcp"), clock.instant(), new Text(text));
    }

    private Removed removed(long offset, Message gone) {
        return new Removed(at(offset), gone.id(), gone.room(), gone.by(), OLGA, clock.instant());
    }

    private Removal one(Message gone) {
        return new Removal.One(gone.room(), gone.id(), OLGA, clock.instant());
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = Connections.to(folder.resolve("copy.db")).open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isInTheFolder(String text) throws IOException {
        byte[] sought = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(new String(sought, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
