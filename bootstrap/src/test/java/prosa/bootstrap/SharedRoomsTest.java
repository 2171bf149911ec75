package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.nats.NatsServer;
import prosa.application.port.Act;
import prosa.application.port.HouseClock;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Options.History;
import prosa.language.Language;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.EventSource.Block;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.WebSocketClient;

/** Two whole Prosas that share their rooms on one engine. */
@Timeout(120)
class SharedRoomsTest {
    private static final Duration PROMISED = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private NatsServer server;
    private SharedLog log;
    private RunningHouse one;
    private RunningHouse two;

    @BeforeEach
    void startTwo() throws Exception {
        server = NatsServer.start(folder.resolve("engine"));
        log = server.log("prosa");
        one = RunningHouse.sharing(log, folder.resolve("one"));
        two = RunningHouse.sharing(log, folder.resolve("two"));
        awaitReady(one);
        awaitReady(two);
    }

    @AfterEach
    void stopAll() throws Exception {
        if (server != null) {
            one.close();
            two.close();
            server.close();
        }
    }

    private static void awaitReady(RunningHouse house) {
        Waiting.await("it is ready", PROMISED, () -> house.http().get("/ready").status() == 200);
    }

    private static EventSource feed(RunningHouse house, String... headers) {
        return new EventSource(house.http().server().resolve("/feed"), headers);
    }

    private static String text(Block block) {
        return block.json().text("text");
    }

    @Test
    void whatATelnetClientSaysAtOneAFeedAtTheOtherTells() throws Exception {
        try (EventSource feed = feed(two);
                LineClient person = new LineClient(one.place().tcp()).join("Ana")) {
            person.send("hello from the first\n");
            Block told = feed.nextMessage();
            assertEquals("hello from the first", text(told));
            assertEquals("tcp", told.json().text("via"));
            Waiting.await(
                    "it is at the same place at both",
                    () -> one.http().position().equals(two.http().position()));
        }
    }

    @Test
    void aWebSocketAtEachHearsTheOther() {
        try (WebSocketClient ana = WebSocketClient.connect(one.http().server(), "/chat?name=Ana", "prosa.v1");
                WebSocketClient bob = WebSocketClient.connect(two.http().server(), "/chat?name=Bob", "prosa.v1")) {
            ana.next("welcome");
            bob.next("welcome");
            ana.send(Json.object("type", "say", "text", "from ana", "ref", "r"));
            Json ack = ana.next("ack");
            Json heard = bob.next("said");
            assertEquals(List.of("from ana", ack.text("id")), List.of(heard.text("text"), heard.text("id")));
        }
    }

    @Test
    void whoIsCutOffAtOneResumesAtTheOtherWithoutAGapOrADouble() {
        Http first = one.http();
        EventSource feed = feed(one);
        first.say("main", "Ana", "one");
        assertEquals("one", text(feed.nextMessage()));
        String last = feed.lastEventId();
        feed.close();
        for (int i = 0; i < 50; i++) {
            first.say("main", "Ana", "n" + i);
        }
        try (EventSource resumed = feed(two, "Last-Event-ID", last)) {
            for (int i = 0; i < 50; i++) {
                assertEquals("n" + i, text(resumed.nextMessage()));
            }
            first.say("main", "Ana", "the end");
            assertEquals("the end", text(resumed.nextMessage()));
            assertTrue(resumed.blocks().all().stream().noneMatch(block -> block.isEvent("gap")));
        }
    }

    /** Whoever has just heard something at one comes to the other before that has. */
    @Test
    void whoIsAheadOfANodeIsToldNothingTwice() {
        for (int round = 0; round < 20; round++) {
            String id = one.http().say("main", "Ana", "round " + round).json().text("id");
            try (EventSource resumed = feed(two, "Last-Event-ID", id)) {
                String next = "after " + round;
                one.http().say("main", "Ana", next);
                assertEquals(next, text(resumed.nextMessage()));
                assertTrue(resumed.blocks().all().stream().noneMatch(block -> block.isEvent("gap")));
            }
        }
    }

    @Test
    void aKeyIsOnceForBoth() {
        String path = "/messages?name=Ana";
        Http.Answer first = one.http().post(path, "once", "Idempotency-Key", "k1");
        Http.Answer again = two.http().post(path, "once", "Idempotency-Key", "k1");
        assertEquals(first.json().text("id"), again.json().text("id"));
        assertEquals(1, two.http().lastMessages("main").size());
    }

    @Test
    void aNameIsOnePersonsAtBoth() {
        try (WebSocketClient ana = WebSocketClient.connect(one.http().server(), "/chat?name=Ana", "prosa.v1")) {
            ana.next("welcome");
            try (WebSocketClient other = WebSocketClient.connect(two.http().server(), "/chat?name=ana", "prosa.v1")) {
                assertEquals("name-taken", other.next("refused").text("reason"));
            }
            Waiting.await(
                    "it is known there",
                    () -> two.http().say("main", "Ana", "I am she").status() == 409);
            assertEquals(201, two.http().say("den", "Ana", "I may be").status());
        }
        Waiting.await(
                "it is free", () -> two.http().say("main", "Ana", "now I am").status() == 201);
    }

    /** As a proxy moves people from a node that is stopped to another. */
    @Test
    void whoeverWasAtANodeThatIsStoppedIsTakenInElsewhere() throws Exception {
        WebSocketClient ana = WebSocketClient.connect(one.http().server(), "/chat?name=Ana", "prosa.v1");
        ana.next("welcome");
        one.close();
        Waiting.await("her name is free", () -> {
            try (WebSocketClient again = WebSocketClient.connect(two.http().server(), "/chat?name=Ana", "prosa.v1")) {
                return again.nextJson(json -> json.is("welcome") || json.is("refused"))
                        .is("welcome");
            }
        });
        ana.close();
        one = RunningHouse.sharing(log, folder.resolve("one"));
    }

    @Test
    void whatAnOperatorRemovesAtOneIsToldAtTheOther() {
        String id = one.http().say("main", "Ana", "goes").json().text("id");
        try (EventSource feed = feed(two, "Last-Event-ID", id)) {
            one.act("main", new Act.Remove(id));
            Block removed = feed.blocks().next(block -> block.isEvent("removed"));
            assertEquals(id, removed.json().text("of"));
            assertEquals(List.of(), two.http().lastMessages("main"));
        }
    }

    private static Http.Answer act(RunningHouse house, String act) {
        return house.http().post("/acts?name=Olga", act, "Prosa-Operator", RunningHouse.TOKEN);
    }

    private static void awaitPost(RunningHouse house, String name, int status) {
        Waiting.await(
                "it is " + status, () -> house.http().say("main", name, "hello").status() == status);
    }

    @Test
    void whatAnOperatorDoesAtOneHoldsAtTheOther() {
        try (WebSocketClient eve = WebSocketClient.connect(two.http().server(), "/chat?name=Eve", "prosa.v1")) {
            eve.next("welcome");
            assertEquals(200, act(one, "{\"type\":\"mute\",\"name\":\"Eve\"}").status());
            assertEquals("mute", eve.next("acted").text("act"));
            eve.send(Json.object("type", "say", "text", "no", "ref", "r"));
            assertEquals("muted", eve.next("refused").text("reason"));
            assertEquals(200, act(one, "{\"type\":\"kick\",\"name\":\"Eve\"}").status());
            assertEquals("kick", eve.next("acted").text("act"));
        }
        assertEquals(
                200, act(two, "{\"type\":\"ban\",\"address\":\"127.0.0.1\"}").status());
        awaitPost(one, "Ana", 403);
        assertEquals(
                200, act(one, "{\"type\":\"unban\",\"address\":\"127.0.0.1\"}").status());
        awaitPost(two, "Ana", 201);
        assertEquals(200, act(one, "{\"type\":\"close\"}").status());
        Waiting.await("it is closed", () -> two.http().get("/messages").status() == 403);
        assertEquals(200, act(two, "{\"type\":\"open\"}").status());
        Waiting.await("it is open", () -> one.http().get("/messages").status() == 200);
        String acts = act(two, "{\"type\":\"acts\"}").body();
        for (String act : List.of("mute", "kick", "ban", "unban", "close", "open")) {
            assertTrue(acts.contains("\"" + act + "\""), acts);
        }
        assertFalse(Files.exists(folder.resolve("one").resolve("house.db")));
    }

    @Test
    void aNameThatIsClaimedAtOneIsClaimedAtTheOtherAndWithTheSecretOnesOwn() {
        String secret;
        try (WebSocketClient ana = WebSocketClient.connect(one.http().server(), "/chat?name=Ana", "prosa.v1")) {
            ana.next("welcome");
            ana.send(Json.object("type", "claim", "ref", "c"));
            secret = ana.next("claimed").text("secret");
        }
        Waiting.await(
                "it is claimed there",
                () -> two.http().say("den", "ana", "I am she").status() == 403);
        assertEquals(
                201,
                two.http()
                        .post("/messages?name=Ana&room=den", "it is me", "Prosa-Claim", secret)
                        .status());
    }

    @Test
    void whileTheEngineIsAwayItIsNotReadyAndSaysWhy() throws Exception {
        try (EventSource feed = feed(two);
                LineClient person = new LineClient(one.place().tcp()).join("Ana")) {
            person.send("before\n");
            assertEquals("before", text(feed.nextMessage()));
            server.kill();
            Waiting.await(
                    "it is not ready", PROMISED, () -> one.http().get("/ready").status() == 503);
            assertFalse(one.http().get("/ready").json().text("because").isEmpty());
            assertEquals(200, one.http().get("/health").status());
            person.send("refused\n");
            person.lines().next(line -> line.startsWith("* unavailable: "));
            assertEquals(1, one.http().messagesAfter("main", "0-0").size());

            server.start();
            awaitReady(one);
            awaitReady(two);
            person.send("after\n");
            assertEquals("after", text(feed.nextMessage()));
        }
    }

    /** As a restore from a backup does it, and here because nothing of the first stream is left. */
    @Test
    void ofAnotherStreamAllAreToldOfAGap() throws Exception {
        EventSource feed = feed(two);
        one.http().say("main", "Ana", "before");
        assertEquals("before", text(feed.nextMessage()));
        String last = feed.lastEventId();
        server.kill();
        try (var files = Files.walk(server.folder())) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        server.start();
        Waiting.await(
                "a new epoch",
                PROMISED,
                () -> !two.http().position().split("-")[0].equals(last.split("-")[0]));
        awaitReady(one);
        one.http().say("main", "Ana", "after");
        try (EventSource resumed = feed(two, "Last-Event-ID", last)) {
            Block gap = resumed.blocks().next(block -> block.isEvent("gap"));
            assertEquals(last, gap.json().text("after"));
            assertEquals("after", text(resumed.nextMessage()));
        }
        feed.close();
    }

    @Test
    void aHistoryOfOneMachineIsLeftAsItIs() throws Exception {
        one.close();
        Path history = folder.resolve("one").resolve("prosa.db");
        Files.writeString(history, "as it was");
        one = RunningHouse.sharing(log, folder.resolve("one"));
        awaitReady(one);
        one.http().say("main", "Ana", "hello");
        assertEquals("as it was", Files.readString(history));
    }

    @Test
    void aStreamWithOtherSettingsIsRefusedInOneLine() throws Exception {
        SharedLog other = new SharedLog(log.servers(), Optional.empty(), "prosa", 3);
        Options options = new Options(
                0,
                0,
                Optional.empty(),
                0,
                Bind.to("127.0.0.1"),
                folder.resolve("three"),
                new History.Nats(other),
                Language.PORTUGUESE,
                false);
        for (int attempt = 0; attempt < 2; attempt++) { // the folder is let go of
            StartFailed failed = assertThrows(
                    StartFailed.class,
                    () -> Prosa.start(options, HouseClock.over(InstantSource.system()), ZoneOffset.UTC));
            assertEquals("--history: KV_PROSA_state has num_replicas 1, and 3 is asked for", failed.getMessage());
            assertEquals("--history: KV_PROSA_state tem num_replicas 1, e se pede 3", failed.line(Language.PORTUGUESE));
        }
    }
}
