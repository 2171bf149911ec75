package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.RemovalContract;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;
import prosa.domain.Message;
import prosa.domain.Via;

class SqliteEngineTest extends RemovalContract {
    @TempDir
    Path parent;

    private int opened;

    @Override
    protected MessageEngine open(HouseClock clock) throws Exception {
        return SqliteEngine.open(parent.resolve("data" + ++opened), clock);
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        List<Message> said = sayNumbers(MAIN, 1, 20);
        said.add(say(DEN, "in another room"));
        long epoch = engine.epoch();
        clock.advance(Duration.ofHours(1));
        restart();

        assertEquals(epoch, engine.epoch());
        assertEquals(said.getLast().id().offset(), engine.head());
        assertEquals(said, readAll(Set.of(MAIN, DEN)));
        assertEquals(Set.of(MAIN, DEN), await(engine.rooms()));
        assertTrue(say(MAIN, "more").id().offset() > said.getLast().id().offset());
    }

    @Test
    void theEpochIsWhenTheFolderWasFirstUsed() {
        assertEquals(clock.millis(), engine.epoch());
    }

    @Test
    void aKeyOutlivesARestartForItsTenMinutes() throws Exception {
        Message old = await(engine.publish(keyed(MAIN, ANA, "old", "k-old"), 0));
        clock.advance(Duration.ofMinutes(8));
        Message recent = await(engine.publish(keyed(MAIN, ANA, "recent", "k"), 0));
        Message elsewhere = await(engine.publish(keyed(DEN, ANA, "recent", "k"), 0));
        say(MAIN, "without a key");
        clock.advance(Duration.ofMinutes(3));
        restart();

        assertEquals(recent, await(engine.publish(keyed(MAIN, ANA, "again", "k"), 0)));
        assertEquals(elsewhere, await(engine.publish(keyed(DEN, ANA, "again", "k"), 0)));
        assertNotEquals(
                old.id(),
                await(engine.publish(keyed(MAIN, ANA, "old", "k-old"), 0)).id());
    }

    @Test
    void entriesOfAnUnknownKindAreSkippedButCounted() throws Exception {
        Message before = say(MAIN, "before");
        engine.close();
        // Of a later Prosa: nothing that we could show is in it, and it is the newest.
        alter("INSERT INTO entry (offset, room, kind, at) SELECT 2, id, 77, 0 FROM room");
        reopen();

        assertEquals(2, engine.head());
        assertEquals(
                List.of(before),
                await(engine.after(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(10)))
                        .messages());
        assertEquals(
                List.of(before),
                await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(1)))
                        .messages());
        Message after = say(MAIN, "after");
        assertEquals(3, after.id().offset());
        assertEquals(
                List.of(before, after),
                await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(2)))
                        .messages());
    }

    @Test
    void anEntryThatTheDomainDoesNotLetThroughHidesNoOther() throws Exception {
        List<Message> said = sayNumbers(MAIN, 1, 30);
        await(engine.publish(keyed(MAIN, ANA, "keyed", "k"), 0));
        engine.close();
        alter("UPDATE entry SET via = 'a pigeon!' WHERE offset BETWEEN 5 AND 20 OR key IS NOT NULL");
        reopen();

        said.subList(4, 20).clear();
        assertEquals(
                said,
                await(engine.after(Set.of(MAIN, DEN), 0, Long.MAX_VALUE, Bound.messages(20)))
                        .messages());
        assertEquals(
                said,
                await(engine.last(Set.of(MAIN, DEN), Long.MAX_VALUE, Bound.messages(14)))
                        .messages());
    }

    /** A newer program has wires that this one does not know. */
    @Test
    void aMessageThatCameOverAnUnknownWireIsShown() throws Exception {
        Message said = sayNumbers(MAIN, 1, 1).getFirst();
        engine.close();
        alter("UPDATE entry SET via = 'pigeon'");
        reopen();
        Message shown = await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(1)))
                .messages()
                .getFirst();
        assertEquals(new Via("pigeon"), shown.via());
        assertEquals(said.text(), shown.text());
    }

    @Test
    void aClosedEngineLeavesOneFileAndAFreeFolder() throws Exception {
        sayNumbers(MAIN, 1, 3);
        await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(1))).messages();
        engine.close();
        try (var files = Files.list(folder())) {
            assertEquals(
                    List.of("prosa.db", "prosa.lock", "prosa.promise"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        reopen();
        assertEquals(3, engine.head());
    }

    @Test
    void theWriteAheadLogStartsOverAgainAndAgain() throws Exception {
        // Ten times the pages at which it is emptied, with somebody reading all the time.
        String text = "x".repeat(4_000);
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            stages.add(engine.publish(draft(MAIN, ANA, text), 0));
            if (i % 100 == 0) {
                await(stages.getLast());
                assertFalse(await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(10)))
                        .messages()
                        .isEmpty());
            }
        }
        stages.forEach(RemovalContract::await);
        long log = Files.size(folder().resolve("prosa.db-wal"));
        assertTrue(log <= 16 << 20, "the write-ahead log has " + log + " bytes");
    }

    @Test
    void nobodyIsKeptWaitingByAnEngineThatNeverStarted() throws Exception {
        MessageEngine idle = open(clock);
        idle.close();
        assertRefused(idle.publish(draft(MAIN, ANA, "too late"), 0));
    }

    private void restart() throws Exception {
        engine.close();
        reopen();
    }

    private void reopen() throws Exception {
        engine = SqliteEngine.open(folder(), clock);
        engine.start(heard::addAll);
    }

    private Path folder() {
        return parent.resolve("data" + opened);
    }

    private void alter(String sql) throws Exception {
        try (Connection connection =
                        Connections.to(folder().resolve("prosa.db")).open();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0);
        }
    }
}
