package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.nats.NatsArrival;
import prosa.adapter.nats.NatsServer;
import prosa.adapter.sqlite.SqliteArrival;
import prosa.adapter.sqlite.SqliteDeparture;
import prosa.adapter.sqlite.SqliteEngine;
import prosa.application.port.Act;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HouseClock;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Options.History;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Removal;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;
import prosa.language.Language;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Json;

/** {@code ./prosa move}, between real folders and a real nats-server. */
@Timeout(120)
class MoveTest {
    private static final HouseClock CLOCK = HouseClock.over(InstantSource.system());
    private static final Instant LONG_AGO = Instant.parse("2021-03-04T05:06:07.089Z");
    private static final Name OLGA = new Name("Olga");

    @TempDir
    Path folder;

    private NatsServer server;
    private SharedLog log;

    @BeforeEach
    void startServer() throws Exception {
        server = NatsServer.start(folder.resolve("engine"));
        log = server.log("prosa");
    }

    @AfterEach
    void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private record Said(int status, String out, String err) {
        String line() {
            assertEquals(1, err.lines().count(), err);
            return err.strip();
        }
    }

    private static Said move(Object from, Object to, String... more) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> args = Stream.concat(
                        Stream.of("--from", from.toString(), "--to", to.toString()), Arrays.stream(more))
                .toList();
        Status status = new Move(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        CLOCK)
                .run(args, Map.of());
        return new Said(
                status.code(), out.toString(StandardCharsets.UTF_8).strip(), err.toString(StandardCharsets.UTF_8));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Draft draft(String room, String by, String text, int seconds, String key) {
        return new Draft(
                new RoomName(room),
                new Name(by),
                new Via("tcp"),
                LONG_AGO.plusSeconds(seconds),
                new Text(text),
                Optional.of(key).filter(given -> !given.isEmpty()).map(Key::new));
    }

    /** A history with what can be in one, of a Prosa that is stopped. */
    private Path history(String name, int more) throws Exception {
        Path data = folder.resolve(name);
        try (SqliteEngine engine = SqliteEngine.open(data, CLOCK)) {
            engine.start(batch -> {});
            get(engine.publish(draft("main", "Ana", "first", 0, "k1"), 0));
            Message gone = get(engine.publish(draft("main", "Eve", "removed by an operator", 1, ""), 0));
            get(engine.publish(draft("den", "Zoë 👩‍👩‍👧", "two\nlines, 𝄞 and a tab\t", 2, "k 2"), 0));
            get(engine.publish(draft("old", "Eve", "cleared by an operator", 3, ""), 0));
            get(engine.remove(new Removal.One(gone.room(), gone.id(), OLGA, LONG_AGO.plusSeconds(4))));
            get(engine.remove(new Removal.All(new RoomName("old"), OLGA, LONG_AGO.plusSeconds(5))));
            List<CompletionStage<Message>> stages = new ArrayList<>();
            for (int i = 0; i < more; i++) {
                stages.add(engine.publish(draft("room" + i % 7, "Bob", "n" + i, 6 + i / 2, ""), 0));
            }
            stages.forEach(MoveTest::get);
            get(engine.publish(draft("main", "Ana", "last", 100_000, ""), 0));
            get(engine.register()
                    .keep(Kind.CLAIM, "Ana", "a" + "0".repeat(63) + " 1 " + 4_000_000_000L + " 192.0.2.1"));
            get(engine.register().keep(Kind.CLOSING, "den", "b" + "0".repeat(63)));
            get(engine.register().keep(Kind.BAN, "net 192.0.2.7", "@192.0.2.7\tOlga\t4000000000000"));
            get(engine.register().keep(Kind.MUTE, "main\teve", Long.toString(Long.MAX_VALUE)));
            get(engine.register().keep(Kind.ACT, "%019d".formatted(1), "CLEAR\told\tOlga\t\t\t1000"));
        }
        return data;
    }

    /** All that is there, but for positions: what a move must not change. */
    private static List<String> all(Path data) throws Exception {
        List<String> all = new ArrayList<>();
        try (SqliteDeparture departure = SqliteDeparture.open(data)) {
            departure.tell((next, upTo) -> next.forEach(copied -> all.add(line(copied))));
            departure.facts().forEach((kind, facts) -> facts.forEach((k, v) -> all.add(kind + "|" + k + "|" + v)));
        }
        return all;
    }

    private static String line(Copied copied) {
        Message m = (Message) copied.entry();
        return String.join(
                "|",
                m.room().value(),
                m.by().value(),
                m.via().word(),
                m.at().toString(),
                m.text().value(),
                copied.key().map(Key::value).orElse("-"));
    }

    private static long epoch(Path data) throws Exception {
        try (SqliteDeparture departure = SqliteDeparture.open(data)) {
            return departure.epoch();
        }
    }

    private RunningHouse sharing(String name) {
        RunningHouse house = RunningHouse.sharing(log, folder.resolve(name));
        Waiting.await(
                "it is ready",
                Duration.ofSeconds(30),
                () -> house.http().get("/ready").status() == 200);
        return house;
    }

    @Test
    void thereAndBackAllIsAsItWas() throws Exception {
        Path data = history("data", 3_000);
        byte[] database = Files.readAllBytes(data.resolve("prosa.db"));
        byte[] house = Files.readAllBytes(data.resolve("house.db"));
        List<String> before = all(data);
        assertEquals(3_003 + 5, before.size());

        Said there = move(data, server.url());
        assertEquals(0, there.status(), there.err());
        assertEquals(
                "3,003 messages of 9 rooms, and 5 facts beside them, are in " + server.url() + " now. " + data
                        + " is as it was.",
                there.out());
        assertTrue(Arrays.equals(database, Files.readAllBytes(data.resolve("prosa.db"))));
        assertTrue(Arrays.equals(house, Files.readAllBytes(data.resolve("house.db"))));

        Path again = folder.resolve("again");
        Said back = move(server.url(), again);
        assertEquals(0, back.status(), back.err());
        assertTrue(back.out().startsWith("3,003 messages of 9 rooms, and 5 facts beside them, are in " + again));
        assertEquals(before, all(again));
        assertNotEquals(epoch(data), epoch(again));
        assertEquals(
                List.of("house.db", "prosa.db", "prosa.lock"),
                Stream.of(again.toFile().list()).sorted().toList());
        // The source of that stays, too.
        assertEquals(0, move(server.url(), folder.resolve("once more")).status());
    }

    @Test
    void whoStartsWithItHasAllOfIt() throws Exception {
        Path data = history("data", 0);
        long epoch = epoch(data);
        assertEquals(0, move(data, server.url()).status());
        try (RunningHouse house = sharing("node")) {
            List<Json> main = house.http().lastMessages("main");
            assertEquals(
                    List.of("first", "last"),
                    main.stream().map(json -> json.text("text")).toList());
            assertEquals("2021-03-04T05:06:07.089Z", main.getFirst().text("at"));
            assertTrue(Long.parseLong(house.http().position().split("-")[0]) > epoch);
            assertEquals(403, house.http().get("/messages?room=den").status());
            assertEquals(403, house.http().say("main", "Ana", "not me").status());
            assertEquals(201, house.http().say("main", "Bob", "goes on").status());
        }
        Path back = folder.resolve("back");
        assertEquals(0, move(server.url(), back).status());
        try (RunningHouse house = RunningHouse.onDisk(back)) {
            assertEquals(
                    List.of("first", "last", "goes on"),
                    house.http().lastMessages("main").stream()
                            .map(json -> json.text("text"))
                            .toList());
            assertEquals(403, house.http().get("/messages?room=den").status());
        }
    }

    /** Also what stands in the stream still, as nobody has overwritten it. */
    @Test
    void whatWasRemovedStaysRemoved() throws Exception {
        try (RunningHouse house = sharing("node")) {
            house.http().say("main", "Ana", "stays");
            String id = house.http().say("main", "Eve", "goes").json().text("id");
            house.act("main", new Act.Remove(id));
        }
        Path back = folder.resolve("back");
        assertEquals(0, move(server.url(), back).status());
        assertEquals(
                1, all(back).stream().filter(line -> line.startsWith("main|")).count());
        assertFalse(Files.readString(back.resolve("prosa.db"), StandardCharsets.ISO_8859_1)
                .contains("goes"));
    }

    @Test
    void aFolderInUseIsNoSourceAndNoTarget() throws Exception {
        Path data = folder.resolve("data");
        try (RunningHouse _ = RunningHouse.onDisk(data)) {
            Said said = move(data, server.url());
            assertEquals(2, said.status());
            assertEquals("prosa: --from: " + data + ": in use by another Prosa", said.line());
        }
        assertEquals(0, move(history("other", 0), server.url()).status());
        try (RunningHouse _ = RunningHouse.onDisk(data)) {
            Said said = move(server.url(), data);
            assertEquals(2, said.status());
            assertEquals("prosa: --to: " + data + ": in use by another Prosa", said.line());
        }
    }

    @Test
    void aStreamInUseIsNoSourceAndNoTarget() throws Exception {
        Path data = history("data", 0);
        try (RunningHouse house = sharing("node")) {
            Said to = move(data, server.url());
            assertEquals(2, to.status());
            assertEquals("prosa: --to: PROSA: in use by a Prosa, or by another move", to.line());
            Said from = move(server.url(), folder.resolve("back"));
            assertEquals(2, from.status());
            assertEquals("prosa: --from: PROSA: in use by a Prosa, or by another move", from.line());
            assertEquals(201, house.http().say("main", "Bob", "is here").status());
        }
        // Nobody was hindered, and it is free now.
        assertEquals(0, move(data, server.url(), "--nats-prefix", "other").status());
    }

    @Test
    void whatHasAHistoryAlreadyIsNoTarget() throws Exception {
        Path data = history("data", 0);
        assertEquals(0, move(data, server.url()).status());
        Said again = move(data, server.url());
        assertEquals(2, again.status());
        assertEquals("prosa: --to: PROSA: has a history already", again.line());
        Said back = move(server.url(), data);
        assertEquals(2, back.status());
        assertEquals("prosa: --to: " + data + ": has a history already", back.line());
        // It was not marked by that.
        assertEquals(0, move(server.url(), folder.resolve("back")).status());
    }

    @Test
    void whereThereIsNothingThereIsNothingToMove() throws Exception {
        Path nothing = folder.resolve("nothing");
        Said folderless = move(nothing, server.url());
        assertEquals(2, folderless.status());
        assertEquals("prosa: --from: " + nothing + ": there is no history in it", folderless.line());
        assertFalse(Files.exists(nothing));
        Said streamless = move(server.url(), nothing);
        assertEquals(2, streamless.status());
        assertEquals("prosa: --from: PROSA: there is no such stream", streamless.line());
        server.kill();
        Said engineless = move(history("data", 0), server.url());
        assertEquals(1, engineless.status());
        assertTrue(engineless.line().contains("start the same move again"), engineless.line());
    }

    @Test
    void aStreamThatIsNotWholeIsUsedByNobodyAndTheNextMoveBeginsAnew() throws Exception {
        Path data = history("data", 10);
        try (NatsArrival arrival = NatsArrival.open(log, CLOCK);
                SqliteDeparture departure = SqliteDeparture.open(data)) {
            departure.tell((next, upTo) -> arrival.copy(next.subList(0, 5), upTo));
            arrival.keep(departure.facts());
        }
        StartFailed failed = assertThrows(StartFailed.class, () -> start(new History.Nats(log), "node"));
        assertEquals(
                "--history: PROSA: a move to it has not ended: start that move again, or take another --nats-prefix",
                failed.getMessage());
        Said from = move(server.url(), folder.resolve("back"));
        assertEquals(2, from.status());
        assertTrue(from.line().startsWith("prosa: --from: PROSA: a move to it has not ended"), from.line());

        Said again = move(data, server.url());
        assertEquals(0, again.status(), again.err());
        assertTrue(again.err().startsWith("A move to it before has not ended"), again.err());
        Path back = folder.resolve("back");
        assertEquals(0, move(server.url(), back).status());
        assertEquals(all(data), all(back));
    }

    @Test
    void aFolderThatIsNotWholeIsUsedByNobodyAndTheNextMoveBeginsAnew() throws Exception {
        Path data = history("data", 10);
        assertEquals(0, move(data, server.url()).status());
        Path back = folder.resolve("back");
        try (SqliteArrival arrival = SqliteArrival.open(back, CLOCK)) {
            Message message = draft("main", "Ana", "half", 0, "").keptAt(new Position(1, 1));
            arrival.copy(List.of(new Copied(message, Optional.empty())), 1);
        }
        StartFailed failed = assertThrows(StartFailed.class, () -> start(History.SQLITE, "back"));
        assertEquals(
                "--data-dir: " + back.resolve("moving")
                        + ": a move to this folder has not ended: start that move again, or delete this",
                failed.getMessage());
        Said again = move(server.url(), back);
        assertEquals(0, again.status(), again.err());
        assertTrue(again.err().startsWith("A move to it before has not ended"), again.err());
        assertEquals(all(data), all(back));
    }

    /** A Prosa that was killed has left its newest messages in the write-ahead log. */
    @Test
    void whatAKilledProsaHasLeftIsMovedAndStaysAsItWas() throws Exception {
        Path data = folder.resolve("data");
        Path killed = folder.resolve("killed");
        try (SqliteEngine engine = SqliteEngine.open(data, CLOCK)) {
            engine.start(batch -> {});
            get(engine.publish(draft("main", "Ana", "in the log", 0, ""), 0));
            Files.createDirectory(killed);
            for (String name : List.of("prosa.db", "prosa.db-wal", "prosa.promise")) {
                Files.copy(data.resolve(name), killed.resolve(name));
            }
        }
        byte[] wal = Files.readAllBytes(killed.resolve("prosa.db-wal"));
        assertEquals(0, move(killed, server.url()).status());
        assertTrue(Arrays.equals(wal, Files.readAllBytes(killed.resolve("prosa.db-wal"))));
        Path back = folder.resolve("back");
        assertEquals(0, move(server.url(), back).status());
        assertEquals(List.of("main|Ana|tcp|2021-03-04T05:06:07.089Z|in the log|-"), all(back));
    }

    @Test
    void whatIsAskedForWrongIsSaidInOneLine() throws Exception {
        assertEquals(
                "prosa: --to: \"b\" is a folder as well: one of the two is nats://HOST:4222",
                move("a", "b").line());
        assertEquals(
                "prosa: --to: \"nats://b\" is a NATS as well: one of the two is a folder",
                move("nats://a", "nats://b").line());
        Said secret = move("a", "nats://user:password@b");
        assertEquals(2, secret.status());
        assertFalse(secret.line().contains("password@"), secret.line());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Move alone = new Move(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), CLOCK);
        assertEquals(2, alone.run(List.of("--lang", "pt"), Map.of()).code());
        assertEquals(
                "prosa: --from: diz de onde e para onde: uma pasta, e nats://HOST:4222",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    private void start(History history, String name) throws Exception {
        Options options = new Options(
                0,
                0,
                Optional.empty(),
                0,
                Bind.to("127.0.0.1"),
                folder.resolve(name),
                history,
                Language.ENGLISH,
                false);
        Prosa.start(options, CLOCK, ZoneOffset.UTC).stop(Duration.ofSeconds(1));
    }
}
