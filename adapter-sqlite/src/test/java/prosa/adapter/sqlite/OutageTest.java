package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.Page;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What becomes of messages while the disk fails, and afterwards. */
class OutageTest {
    private static final RoomName ONLY_REFUSED = new RoomName("only-refused");

    @TempDir
    Path folder;

    private final List<Entry> heard = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private FaultyDisk disk;
    private SqliteEngine engine;

    @BeforeEach
    void open() throws Exception {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        disk = new FaultyDisk(folder.resolve("prosa.db"));
        Connections toRegister = Connections.to(folder.resolve(SqliteRegister.FILE));
        engine = SqliteEngine.open(folder, HouseClock.over(InstantSource.system()), disk, toRegister);
        engine.start(batch -> batch.stream().map(Kept::entry).forEach(heard::add));
    }

    @AfterEach
    void close() {
        disk.opens = true;
        engine.close();
        System.setErr(stderr);
    }

    @Test
    void thatItIsOverIsNoticedByItself() throws Exception {
        publish("one");
        disk.commit = FaultyDisk.Commit.FAILS;
        assertEquals(Optional.empty(), publish("two"));
        assertTrue(engine.outage().isPresent());
        disk.commit = FaultyDisk.Commit.DONE;
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (engine.outage().isPresent()) {
            assertTrue(System.nanoTime() - deadline < 0, "nobody spoke, and nobody noticed");
            Thread.onSpinWait();
        }
    }

    @Test
    void aFullDiskRefusesUntilThereIsRoomAgain() throws Exception {
        // SQLite's own bound: at it, it fails with SQLITE_FULL as on a full disk, wherever this test runs.
        disk.pragma = "PRAGMA max_page_count = 30";
        List<Message> kept = new ArrayList<>();
        Optional<Message> answer = publish("x".repeat(4_000));
        while (answer.isPresent()) {
            kept.add(answer.get());
            answer = publish("x".repeat(4_000));
        }
        assertTrue(kept.size() >= 5, "kept: " + kept.size());
        assertEquals(Optional.empty(), publish("still full ".repeat(300)));
        assertHistoryIs(kept);

        disk.pragma = "PRAGMA max_page_count = 1000";
        kept.add(publish("there is room").orElseThrow());
        kept.add(publish("and order").orElseThrow());
        assertHistoryIs(kept);
        assertLogged("SQLITE_FULL");
    }

    @Test
    void aReadOnlyDiskRefusesAndIsReadAllTheSame() throws Exception {
        List<Message> kept = new ArrayList<>(List.of(publish("before").orElseThrow()));
        // SQLite's own refusal to write, as a connection to a read-only file gives it.
        disk.pragma = "PRAGMA query_only = ON";
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), publish("read-only " + i));
        }
        assertHistoryIs(kept);

        disk.pragma = "PRAGMA query_only = OFF";
        kept.add(publish("after").orElseThrow());
        assertHistoryIs(kept);
        assertLogged("SQLITE_READONLY");
    }

    @Test
    void aFailedCommitRefusesTheWholeGroupAndNothingElse() throws Exception {
        List<Message> kept = new ArrayList<>(List.of(publish("before").orElseThrow()));
        disk.commit = FaultyDisk.Commit.FAILS;
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            stages.add(engine.publish(draft(RoomName.MAIN, "refused " + i, Optional.empty()), 0));
        }
        for (CompletionStage<Message> stage : stages) {
            assertEquals(Optional.empty(), outcome(stage));
        }
        disk.commit = FaultyDisk.Commit.DONE;
        kept.add(publish("after").orElseThrow());
        assertHistoryIs(kept);
        assertTrue(kept.get(1).id().offset() > 2_500, "an offset is never given out twice");
        assertLogged("planted: the commit fails");
    }

    @Test
    void aCommitThatFailedButIsOnDiskIsKept() throws Exception {
        disk.commit = FaultyDisk.Commit.DONE_BUT_FAILS;
        Message kept = publish("on disk all the same").orElseThrow();
        Message next = publish("this one too").orElseThrow();
        assertHistoryIs(List.of(kept, next));
    }

    @Test
    void whatWasRefusedNeverShowsUpThoughItIsOnDisk() throws Exception {
        List<Message> kept = new ArrayList<>(List.of(publish("before").orElseThrow()));
        disk.commit = FaultyDisk.Commit.DONE_BUT_FAILS;
        disk.opens = false; // so that nobody can see what became of it
        assertEquals(Optional.empty(), outcome(engine.publish(draft(ONLY_REFUSED, "refused", Optional.empty()), 0)));

        disk.opens = true;
        assertHistoryIs(kept);
        disk.commit = FaultyDisk.Commit.DONE;
        kept.add(publish("after").orElseThrow());
        assertHistoryIs(kept);
        assertEquals(Set.of(RoomName.MAIN), outcome(engine.rooms()).orElseThrow());
    }

    @Test
    void whatWasRemovedInACommitThatFailedStaysRemovedAndIsTold() throws Exception {
        Message gone = publish("gone").orElseThrow();
        Message stays = publish("stays").orElseThrow();
        disk.commit = FaultyDisk.Commit.DONE_BUT_FAILS;
        disk.opens = false; // so that nobody can see what became of it
        assertEquals(Optional.empty(), outcome(engine.remove(removal(gone))));
        assertEquals(2, heard.size());

        disk.opens = true;
        disk.commit = FaultyDisk.Commit.DONE;
        Message after = publish("after").orElseThrow();
        Removed removed = assertInstanceOf(Removed.class, heard.get(2));
        assertEquals(gone.id(), removed.of());
        assertEquals(List.of(gone, stays, removed, after), List.copyOf(heard));
        assertEquals(
                List.of(stays, removed, after),
                outcome(engine.entries(Set.of(RoomName.MAIN), 0, Long.MAX_VALUE, Bound.messages(10)))
                        .orElseThrow()
                        .entries());
    }

    @Test
    void aRemovalInACommitThatFailedIsToldThoughNobodySpeaks() throws Exception {
        Message gone = publish("gone").orElseThrow();
        disk.commit = FaultyDisk.Commit.DONE_BUT_FAILS;
        disk.opens = false;
        assertEquals(Optional.empty(), outcome(engine.remove(removal(gone))));
        disk.commit = FaultyDisk.Commit.DONE;
        disk.opens = true;
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (heard.size() < 2) {
            assertTrue(System.nanoTime() - deadline < 0, "nobody spoke, and nobody was told");
            Thread.onSpinWait();
        }
        assertEquals(Optional.empty(), engine.outage());
        assertEquals(heard.getLast().id().offset(), engine.head());
    }

    @Test
    void aRemovalThatIsRefusedRemovesNothing() throws Exception {
        Message message = publish("hello").orElseThrow();
        disk.commit = FaultyDisk.Commit.FAILS;
        assertEquals(Optional.empty(), outcome(engine.remove(removal(message))));
        disk.commit = FaultyDisk.Commit.DONE;
        Message next = publish("next").orElseThrow();
        assertHistoryIs(List.of(message, next));
        assertEquals(1, outcome(engine.remove(removal(message))).orElseThrow().size());
    }

    private static Removal removal(Message message) {
        return new Removal.One(message.room(), message.id(), new Name("Olga"), Instant.now());
    }

    @Test
    void whatWasRefusedMayBeSaidAgainWithTheSameKey() throws Exception {
        disk.commit = FaultyDisk.Commit.FAILS;
        assertEquals(Optional.empty(), outcome(engine.publish(draft(RoomName.MAIN, "first", Optional.of("k")), 0)));
        disk.commit = FaultyDisk.Commit.DONE;
        Message again = outcome(engine.publish(draft(RoomName.MAIN, "again", Optional.of("k")), 0))
                .orElseThrow();
        assertEquals("again", again.text().value());
        assertHistoryIs(List.of(again));
    }

    @Test
    void aHistoryThatCantBeReadRefusesUntilItCan() throws Exception {
        publish("before").orElseThrow();
        disk.opens = false;
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    Optional.empty(),
                    outcome(engine.last(Set.of(RoomName.MAIN), Long.MAX_VALUE, Bound.messages(1))
                            .thenApply(Page::messages)));
        }
        disk.opens = true;
        assertEquals(
                1,
                outcome(engine.last(Set.of(RoomName.MAIN), Long.MAX_VALUE, Bound.messages(1))
                                .thenApply(Page::messages))
                        .orElseThrow()
                        .size());
        assertEquals(1, log.toString(StandardCharsets.UTF_8).lines().count());
    }

    private void assertHistoryIs(List<Message> expected) throws Exception {
        Set<RoomName> rooms = Set.of(RoomName.MAIN, ONLY_REFUSED);
        assertEquals(
                expected,
                outcome(engine.after(rooms, 0, Long.MAX_VALUE, Bound.messages(1_000))
                                .thenApply(Page::messages))
                        .orElseThrow());
        assertEquals(
                expected,
                outcome(engine.last(rooms, Long.MAX_VALUE, Bound.messages(1_000))
                                .thenApply(Page::messages))
                        .orElseThrow());
        assertEquals(expected, List.copyOf(heard));
        assertEquals(expected.getLast().id().offset(), engine.head());
    }

    /** One line at its beginning, one at its end, no stack trace. */
    private void assertLogged(String cause) {
        List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains(cause), lines.toString());
        assertTrue(lines.getLast().contains("can be written again"), lines.toString());
    }

    private Optional<Message> publish(String text) throws Exception {
        return outcome(engine.publish(draft(RoomName.MAIN, text, Optional.empty()), 0));
    }

    private static Draft draft(RoomName room, String text, Optional<String> key) {
        return new Draft(room, new Name("Ana"), new Via("ws"), Instant.now(), new Text(text), key.map(Key::new));
    }

    /** Empty if it was refused. */
    private static <T> Optional<T> outcome(CompletionStage<T> stage) throws Exception {
        try {
            return Optional.of(stage.toCompletableFuture().get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused && refused.reason() == Reason.UNAVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
