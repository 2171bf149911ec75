package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Register;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.domain.Reason;

/** Two nodes that share their facts. */
class SharedRegisterTest {
    private static final Optional<String> NOTHING = Optional.empty();
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @TempDir
    Path parent;

    private NatsServer server;
    private SharedLog log;
    private Node one;
    private Node two;

    @BeforeEach
    void openTwo() throws Exception {
        server = NatsServer.start(parent.resolve("engine"));
        log = server.log("prosa");
        one = Node.open(log, parent.resolve("one"));
        two = Node.open(log, parent.resolve("two"));
    }

    @AfterEach
    void closeAll() throws Exception {
        if (server != null) {
            server.goOn();
            one.close();
            two.close();
            server.close();
        }
    }

    private static Register of(Node node) {
        return node.engine.register();
    }

    private static void awaitFacts(Node node, Kind kind, Map<String, String> facts) throws InterruptedException {
        awaitThat(() -> of(node).read(kind).equals(facts));
    }

    private static List<String> heard(Node node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        of(node).watch((kind, key, value) -> heard.add(kind + " " + key + " " + value.orElse("-")));
        return heard;
    }

    @Test
    void whatOneKeepsAndForgetsTheOtherHearsOf() throws Exception {
        List<String> heard = heard(two);
        get(of(one).keep(Kind.BAN, "net 192.0.2.7", "a"));
        get(of(one).keep(Kind.BAN, "net 192.0.2.7", "b"));
        get(of(one).forget(Kind.BAN, "net 192.0.2.7"));
        awaitThat(() -> heard.size() == 3);
        assertEquals(List.of("BAN net 192.0.2.7 a", "BAN net 192.0.2.7 b", "BAN net 192.0.2.7 -"), heard);
        assertEquals(Map.of(), of(two).read(Kind.BAN));
    }

    @Test
    void ofTwoWhoRaceForAFactOneKeepsIt() throws Exception {
        for (int i = 0; i < 100; i++) {
            String key = "name" + i;
            CompletionStage<Boolean> first = of(one).replace(Kind.CLAIM, key, NOTHING, Optional.of("one"));
            CompletionStage<Boolean> second = of(two).replace(Kind.CLAIM, key, NOTHING, Optional.of("two"));
            boolean won = get(first);
            assertEquals(!won, get(second));
            awaitThat(() -> of(one).find(Kind.CLAIM, key).equals(of(two).find(Kind.CLAIM, key)));
            assertEquals(Optional.of(won ? "one" : "two"), of(one).find(Kind.CLAIM, key));
        }
    }

    /** So who writes a name otherwise learns of it before they are told that it is theirs. */
    @Test
    void whatWasKeptBeforeIsHeardOfBefore() throws Exception {
        for (int i = 0; i < 100; i++) {
            String small = "a" + i;
            String big = "A" + i;
            CompletionStage<Boolean> first = seen(one, small, big);
            CompletionStage<Boolean> second = seen(two, big, small);
            assertTrue(get(first) || get(second), "neither has seen the other's");
        }
    }

    /** Completes with whether the other's was seen when this one's is kept. */
    private static CompletionStage<Boolean> seen(Node node, String own, String others) {
        return of(node).replace(Kind.CLAIM, own, NOTHING, Optional.of("x"))
                .thenApply(kept -> of(node).find(Kind.CLAIM, others).isPresent());
    }

    @Test
    void whatIsKnownWrongIsNotReplaced() throws Exception {
        get(of(one).keep(Kind.CLAIM, "Ana", "a"));
        assertFalse(get(of(two).replace(Kind.CLAIM, "Ana", NOTHING, Optional.of("b"))));
        assertTrue(get(of(two).replace(Kind.CLAIM, "Ana", Optional.of("a"), Optional.of("c"))));
        assertFalse(get(of(one).replace(Kind.CLAIM, "Ana", Optional.of("a"), NOTHING)));
        assertTrue(get(of(one).replace(Kind.CLAIM, "Ana", Optional.of("c"), NOTHING)));
        assertTrue(get(of(two).replace(Kind.CLAIM, "Ana", NOTHING, Optional.of("d"))));
        awaitFacts(one, Kind.CLAIM, Map.of("Ana", "d"));
    }

    @Test
    void whileTheEngineIsAwayNothingChangesAndThenAllIsWell() throws Exception {
        get(of(one).keep(Kind.CLOSING, "den", "1"));
        get(of(one).keep(Kind.CLOSING, "main", "1"));
        awaitFacts(two, Kind.CLOSING, Map.of("den", "1", "main", "1"));
        server.kill();
        long start = System.nanoTime();
        assertEquals(Reason.UNAVAILABLE, refusal(of(one).keep(Kind.CLOSING, "den", "2")));
        assertEquals(Reason.UNAVAILABLE, refusal(of(two).forget(Kind.CLOSING, "den")));
        assertTrue(System.nanoTime() - start < PROMISED.toNanos());
        assertEquals(Map.of("den", "1", "main", "1"), of(one).read(Kind.CLOSING));
        server.start();
        awaitThat(() -> one.engine.outage().isEmpty() && two.engine.outage().isEmpty());
        assertEquals(Map.of("den", "1", "main", "1"), of(one).read(Kind.CLOSING));
        get(of(one).forget(Kind.CLOSING, "den"));
        awaitFacts(two, Kind.CLOSING, Map.of("main", "1"));
    }

    @Test
    void whatChangedWhileANodeWasAwayItHearsOf() throws Exception {
        get(of(one).keep(Kind.BAN, "a", "1"));
        get(of(one).keep(Kind.BAN, "b", "1"));
        get(of(one).keep(Kind.BAN, "c", "1"));
        awaitFacts(two, Kind.BAN, Map.of("a", "1", "b", "1", "c", "1"));
        two.close();
        get(of(one).keep(Kind.BAN, "a", "2"));
        get(of(one).forget(Kind.BAN, "b"));
        get(of(one).keep(Kind.BAN, "d", "1"));
        // As after an hour or so.
        try (Connection raw = Nats.connect(server.url().toString())) {
            raw.keyValue("PROSA_state")
                    .purgeDeletes(io.nats.client.api.KeyValuePurgeOptions.builder()
                            .deleteMarkersNoThreshold()
                            .build());
        }
        two = Node.open(log, parent.resolve("two"));
        assertEquals(Map.of("a", "2", "c", "1", "d", "1"), of(two).read(Kind.BAN));
    }

    /** Who is kept out stays out: what a node serves without the engine was closed to some. */
    @Test
    void aStartWithoutTheEngineGoesByWhatTheNodeKnew() throws Exception {
        get(of(one).keep(Kind.CLOSING, "den", "1"));
        awaitFacts(two, Kind.CLOSING, Map.of("den", "1"));
        two.close();
        server.kill();
        two = Node.open(log, parent.resolve("two"));
        assertEquals(Map.of("den", "1"), of(two).read(Kind.CLOSING));
        List<String> heard = heard(two);
        assertEquals(Reason.UNAVAILABLE, refusal(of(two).forget(Kind.CLOSING, "den")));
        server.start();
        awaitThat(() -> one.engine.outage().isEmpty());
        get(of(one).keep(Kind.CLOSING, "den", "2"));
        awaitFacts(two, Kind.CLOSING, Map.of("den", "2"));
        assertEquals(List.of("CLOSING den 2"), heard);
    }

    /** The engine stands still while it is asked, and does what it was asked for when it goes on. */
    @Test
    void whatWasRefusedAndKeptAllTheSameIsPutBack() throws Exception {
        get(of(one).keep(Kind.CLAIM, "Ana", "before"));
        awaitFacts(two, Kind.CLAIM, Map.of("Ana", "before"));
        server.stop();
        CompletionStage<Void> replaced = of(one).keep(Kind.CLAIM, "Ana", "after");
        CompletionStage<Boolean> added = of(one).replace(Kind.CLAIM, "Bob", NOTHING, Optional.of("added"));
        assertEquals(Reason.UNAVAILABLE, refusal(replaced));
        assertEquals(Reason.UNAVAILABLE, refusal(added));
        server.goOn();
        awaitThat(() -> one.engine.outage().isEmpty());
        awaitFacts(one, Kind.CLAIM, Map.of("Ana", "before"));
        awaitFacts(two, Kind.CLAIM, Map.of("Ana", "before"));
        get(of(one).keep(Kind.CLAIM, "Bob", "later"));
        awaitFacts(two, Kind.CLAIM, Map.of("Ana", "before", "Bob", "later"));
    }

    @Test
    void whatALaterProsaKeepsIsLeftAlone() throws Exception {
        try (Connection raw = Nats.connect(server.url().toString())) {
            raw.keyValue("PROSA_state").put("fact.poll._YQ", "later");
            raw.keyValue("PROSA_state").put("fact.ban.otherwise", "later");
            get(of(one).keep(Kind.BAN, "a", "1"));
            awaitFacts(two, Kind.BAN, Map.of("a", "1"));
            assertEquals(
                    "later", raw.keyValue("PROSA_state").get("fact.poll._YQ").getValueAsString());
        }
    }

    @Test
    void noRegisterOfOneMachineIsMade() throws Exception {
        get(of(one).keep(Kind.BAN, "a", "1"));
        assertFalse(Files.exists(parent.resolve("one").resolve("house.db")));
    }
}
