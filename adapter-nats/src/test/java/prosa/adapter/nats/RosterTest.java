package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Act;
import prosa.application.port.Event;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.SharedLog;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What a node hears of those at another, and how they come over. */
class RosterTest {
    private static final RoomName MAIN = RoomName.MAIN;
    private static final Name ANA = new Name("Ana");
    private static final Name BOB = new Name("Bob");
    private static final Via WS = new Via("ws");

    @TempDir
    Path folder;

    private NatsServer server;
    private SharedLog log;
    private Node one;
    private Node two;

    @BeforeEach
    void openTwo() throws Exception {
        server = NatsServer.start(folder.resolve("engine"));
        log = server.log("prosa");
        one = open("one");
        two = open("two");
    }

    private Node open(String name) throws Exception {
        Node node = Node.withNames(log, folder.resolve(name));
        awaitThat(() -> node.engine.outage().isEmpty());
        return node;
    }

    @AfterEach
    void closeAll() throws Exception {
        if (server != null) {
            one.close();
            two.close();
            server.close();
        }
    }

    private static Names.Wanted wanted(Name name, Optional<String> token, boolean own) {
        return new Names.Wanted(MAIN, name, token, own);
    }

    private static Names.Hold take(Node node, Name name) throws Exception {
        return get(node.names.take(wanted(name, Optional.empty(), false)));
    }

    private static void show(Names.Hold hold, Name name, String token) {
        hold.show(new Participant(1, name, WS), () -> token, Optional.empty());
    }

    private void awaitTold(String... lines) throws InterruptedException {
        awaitThat(() -> two.told.lines().size() >= lines.length);
        assertEquals(List.of(lines), two.told.lines());
    }

    @Test
    void whoIsShownIsHeardOfAndWhoOnlyHoldsANameIsNot() throws Exception {
        Names.Hold bob = take(one, BOB);
        Names.Hold ana = take(one, ANA);
        show(ana, ANA, "token");
        awaitTold("present main Ana");
        assertEquals(Optional.of(new Nodes.Seat(MAIN, ANA)), two.engine.nodes().find("token"));
        assertEquals(Optional.empty(), two.engine.nodes().find("another"));
        ana.show(new Participant(1, ANA, WS, true), () -> "token", Optional.empty());
        awaitTold("present main Ana", "present main Ana claimed");
        ana.release();
        bob.release();
        awaitTold("present main Ana", "present main Ana claimed", "absent main Ana");
        assertTrue(two.engine.nodes().find("token").isPresent(), "who has just left may come back");
        assertEquals(List.of(), one.told.lines());
    }

    @Test
    void anotherNameIsNoLeaving() throws Exception {
        Names.Hold ana = take(one, ANA);
        show(ana, ANA, "token");
        Names.Hold bob = take(one, BOB);
        bob.show(new Participant(1, BOB, WS), () -> "token", Optional.of(ANA));
        ana.release();
        awaitTold("present main Ana", "present main Bob before Ana");
        bob.release();
        awaitTold("present main Ana", "present main Bob before Ana", "absent main Bob");
    }

    @Test
    void whoShowsTheTokenComesOver() throws Exception {
        List<Names.Loss> losses = new ArrayList<>();
        Names.Hold ana = take(one, ANA);
        ana.whenLost(losses::add);
        show(ana, ANA, "token");
        awaitTold("present main Ana");
        assertEquals(Reason.NAME_TAKEN, refusal(two.names.take(wanted(ANA, Optional.of("guess"), false))));
        assertEquals(Reason.NAME_TAKEN, refusal(two.names.take(wanted(ANA, Optional.empty(), true))));

        Names.Hold over = get(two.names.take(wanted(ANA, Optional.of("token"), false)));
        assertTrue(over.isFromElsewhere());
        show(over, ANA, "other token");
        awaitThat(() -> !losses.isEmpty());
        assertEquals(List.of(Names.Loss.MOVED), losses);
        awaitThat(() -> one.engine.nodes().find("other token").isPresent());
        assertEquals("present main Ana", one.told.lines().getFirst());
        ana.release();
        assertEquals(Reason.NAME_TAKEN, refusal(one.names.take(wanted(ANA, Optional.of("token"), false))));
        over.release();
        awaitThat(() -> one.told.lines().getLast().equals("absent main Ana"));
    }

    @Test
    void whoseNameItIsComesOver() throws Exception {
        Names.Hold ana = take(one, ANA);
        ana.show(new Participant(1, ANA, WS, true), () -> "token", Optional.empty());
        awaitTold("present main Ana claimed");
        assertTrue(get(two.names.take(wanted(ANA, Optional.empty(), true))).isFromElsewhere());
    }

    @Test
    void whoseLeaseHasLapsedHasLeftAndIsThereAgainWithAnother() throws Exception {
        Names.Hold ana = take(one, ANA);
        show(ana, ANA, "token");
        awaitTold("present main Ana");
        try (Connection raw = Nats.connect(server.url().toString())) {
            String line = raw.keyValue("PROSA_people").get("main.YW5h").getValueAsString();
            Lease lease = RosterLine.parse(line).orElseThrow().lease();
            Headers headers = new Headers().put("Prosa-Kind", "lapse").put("Prosa-Of", Long.toString(lease.number()));
            raw.jetStream().publish("prosa.lapse", headers, new byte[0]);
        }
        awaitTold("present main Ana", "absent main Ana", "present main Ana");
    }

    @Test
    void whoStaysIsNotMissedWhileTheEngineIsAwayAndWhoLeavesIsAfterwards() throws Exception {
        show(take(one, ANA), ANA, "token");
        Names.Hold bob = take(one, BOB);
        show(bob, BOB, "token of Bob");
        awaitTold("present main Ana", "present main Bob");
        server.kill();
        awaitThat(() -> one.engine.outage().isPresent() && two.engine.outage().isPresent());
        bob.release();
        server.start();
        awaitThat(() -> two.told.lines().contains("absent main Bob"));
        assertFalse(two.told.lines().contains("absent main Ana"));
    }

    @Test
    void whatIsWhisperedIsAnsweredByTheNodeWhereTheyAre() throws Exception {
        show(take(two, BOB), BOB, "token");
        show(take(two, ANA), ANA, "token of Ana");
        awaitThat(() -> one.told.lines().size() == 2);
        Nodes nodes = one.engine.nodes();
        get(nodes.tell(MAIN, new Event.Whisper(new Name("Zé"), BOB, new Text("só pra você"), Instant.now())));
        awaitTold("whisper main Zé: só pra você");
        assertEquals(
                Reason.NOT_HERE,
                refusal(nodes.tell(MAIN, new Event.Whisper(BOB, ANA, new Text("psst"), Instant.now()))));
        Name dora = new Name("Dora");
        assertEquals(
                Reason.NOT_HERE,
                refusal(nodes.tell(MAIN, new Event.Whisper(BOB, dora, new Text("psst"), Instant.now()))));
        long asked = System.nanoTime();
        assertEquals(
                Reason.UNAVAILABLE,
                refusal(nodes.perform(MAIN, BOB, new Name("Olga"), new Act.Ban("Bob", Optional.of("1h")))));
        assertTrue(System.nanoTime() - asked < 3_000_000_000L, "nobody answers");
        assertEquals(
                "asked main Olga Ban[whom=Bob, time=Optional[1h]]",
                two.told.lines().getLast());
    }

    /** Whoever has the account can write to a node, and a later Prosa may write otherwise. */
    @Test
    void whatCanNotBeReadIsRefusedAndTheNodeGoesOn() throws Exception {
        show(take(two, BOB), BOB, "token");
        awaitThat(() -> one.told.lines().size() == 1);
        try (Connection raw = Nats.connect(server.url().toString())) {
            String line = raw.keyValue("PROSA_people").get("main.Ym9i").getValueAsString();
            String subject =
                    "prosa.node." + RosterLine.parse(line).orElseThrow().run();
            Headers broken = new Headers().put("Prosa-Kind", "whisper").put("Prosa-Room", "%zz");
            NatsMessage letter =
                    NatsMessage.builder().subject(subject).headers(broken).build();
            Headers answer = raw.request(letter).get(5, TimeUnit.SECONDS).getHeaders();
            assertEquals("refused", answer.getFirst("Prosa-Kind"));
        }
        get(one.engine.nodes().tell(MAIN, new Event.Whisper(ANA, BOB, new Text("still there?"), Instant.now())));
        awaitTold("whisper main Ana: still there?");
    }
}
