package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.MessagePublisher;
import prosa.application.port.Names;
import prosa.application.port.SharedLog;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** Two nodes that have people in the same rooms. */
class SharedNamesTest {
    private static final RoomName MAIN = RoomName.MAIN;
    private static final Name ANA = new Name("Ana");

    @TempDir
    static Path parent;

    private static NatsServer server;
    private static int tests;

    private SharedLog log;
    private Node one;
    private Node two;
    private Connection raw;

    @BeforeAll
    static void startServer() throws Exception {
        server = NatsServer.start(parent.resolve("engine"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openTwo() throws Exception {
        log = server.log("n" + ++tests);
        one = open("one");
        two = open("two");
        raw = Nats.connect(server.url().toString());
    }

    private Node open(String name) throws Exception {
        Node node = Node.withNames(log, parent.resolve(tests + name));
        awaitThat(() -> node.engine.outage().isEmpty());
        return node;
    }

    @AfterEach
    void closeAll() throws Exception {
        one.close();
        two.close();
        raw.close();
    }

    @Test
    void whoIsStoppedTakesNoOtherLeaseForTheOneThatItGivesUp() throws Exception {
        long before = entriesAboutLeases();
        for (int i = 0; i < 8; i++) {
            open("three").close();
        }
        assertEquals(before + 8 * 2, entriesAboutLeases(), "each was taken once and given up once");
    }

    private long entriesAboutLeases() throws IOException, JetStreamApiException {
        String prefix = "n" + tests;
        Map<String, Long> entries = raw.jetStreamManagement()
                .getStreamInfo(prefix.toUpperCase(Locale.ROOT), StreamInfoOptions.allSubjects())
                .getStreamState()
                .getSubjectMap();
        return entries.getOrDefault(prefix + ".lease", 0L) + entries.getOrDefault(prefix + ".lapse", 0L);
    }

    private static CompletionStage<Names.Hold> taking(Node node, Name name) {
        return taking(node, MAIN, name);
    }

    private static CompletionStage<Names.Hold> taking(Node node, RoomName room, Name name) {
        return node.names.take(new Names.Wanted(room, name, Optional.empty(), false));
    }

    @Test
    void aNameIsHeldOnceInARoomOverBothNodes() throws Exception {
        Names.Hold hold = get(taking(one, ANA));
        assertEquals(Reason.NAME_TAKEN, refusal(taking(two, new Name("ANA"))));
        assertEquals(Reason.NAME_TAKEN, refusal(taking(one, ANA)));
        get(taking(two, new RoomName("den"), ANA));
        get(taking(two, new Name("João")));
        hold.release();
        awaitThat(() -> isFree(two, ANA));
    }

    private static boolean isFree(Node node, Name name) {
        try {
            get(taking(node, name));
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofTwoWhoRaceForANameOneGetsIt() throws Exception {
        for (int i = 0; i < 50; i++) {
            Name name = new Name("Racer " + i);
            List<CompletionStage<Names.Hold>> race = List.of(taking(one, name), taking(two, name));
            int won = 0;
            for (CompletionStage<Names.Hold> runner : race) {
                won += runner.handle((hold, failure) -> failure == null ? 1 : 0)
                        .toCompletableFuture()
                        .get();
            }
            assertEquals(1, won);
        }
    }

    @Test
    void whatIsHeldElsewhereIsSeen() throws Exception {
        assertFalse(two.names.isTakenElsewhere(MAIN, ANA));
        Names.Hold hold = get(taking(one, ANA));
        awaitThat(() -> two.names.isTakenElsewhere(MAIN, ANA));
        assertFalse(one.names.isTakenElsewhere(MAIN, ANA));
        hold.release();
        awaitThat(() -> !two.names.isTakenElsewhere(MAIN, ANA));
    }

    /** It may have waited since it was looked whether the name is free. */
    @Test
    void whatIsSaidInPassingUnderANameThatIsHeldElsewhereByNowIsRefused() throws Exception {
        Names.Hold hold = get(taking(one, ANA));
        awaitThat(() -> two.names.isTakenElsewhere(MAIN, ANA));
        Draft draft = Node.draft("in passing", Optional.empty());
        assertEquals(Reason.NAME_TAKEN, refusal(two.engine.publish(draft, MessagePublisher.NO_CONNECTION)));
        get(one.engine.publish(draft, MessagePublisher.NO_CONNECTION));
        hold.release();
        awaitThat(() -> !two.names.isTakenElsewhere(MAIN, ANA));
        get(two.engine.publish(draft, MessagePublisher.NO_CONNECTION));
    }

    @Test
    void aNodeThatEndsInGoodOrderFreesItsNamesAtOnce() throws Exception {
        get(taking(one, ANA));
        one.close();
        awaitThat(() -> isFree(two, ANA));
    }

    @Test
    void whatIsSaidUnderALapsedLeaseIsHeardByNobody() throws Exception {
        get(taking(one, ANA));
        Lease lease = Lease.parse(holder(ANA)).orElseThrow();
        Message before = one.say("before");
        lapse(lease);
        publishRaw("too late", lease);
        awaitHeldByAnother(lease.toString());
        Message after = one.sayOnceItCan("after");
        awaitThat(() -> two.engine.head() >= after.id().offset());

        assertEquals(List.of(before, after), one.history());
        assertEquals(List.of(before, after), two.history());
        try (Node three = Node.open(log, parent.resolve(tests + "three"))) {
            awaitThat(() -> three.heard.size() == 2);
            assertEquals(List.of(before, after), three.history());
        }
    }

    /** What the node does not know yet when it speaks. */
    @Test
    void whoSpeaksUnderALapsedLeaseIsRefusedAndMaySayItAgain() throws Exception {
        get(taking(one, ANA));
        Lease lease = Lease.parse(holder(ANA)).orElseThrow();
        List<CompletionStage<Message>> saying = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            saying.add(one.engine.publish(Node.draft("n" + i, Optional.of(new Key("k" + i))), 7));
            if (i == 100) {
                lapse(lease);
            }
        }
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            try {
                get(saying.get(i));
            } catch (ExecutionException e) {
                refused++;
                sayUntilItIsKept("n" + i, "k" + i);
            }
        }
        List<String> texts = one.texts();
        assertEquals(300, texts.size(), refused + " were refused");
        assertEquals(300, texts.stream().distinct().count());
    }

    /** For a moment its names are of the lease that has lapsed. */
    private void sayUntilItIsKept(String text, String key) throws Exception {
        awaitThat(() -> {
            try {
                one.say(text, key);
                return true;
            } catch (ExecutionException e) {
                return false;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** What is in the stream and was heard by nobody has its key at the engine, and must not hold up what is said again with that. */
    @Test
    void whatIsSaidAgainAfterALapseStaysBeforeWhatIsSaidBehindIt() throws Exception {
        get(taking(one, ANA));
        Lease lease = Lease.parse(holder(ANA)).orElseThrow();
        Key key = new Key("k");
        Draft again = Node.draft("again", Optional.of(key));
        lapse(lease);
        String id = MessageIds.of(again, key, OptionalLong.empty());
        Envelope late = Envelope.of(again, id, new Envelope.From("another", 1), Optional.of(lease));
        long at = raw.jetStream()
                .publish(log.prefix() + ".room.main", late.headers(), late.body())
                .getSeqno();
        awaitHeldByAnother(lease.toString());
        one.sayOnceItCan("before");
        awaitThat(() -> one.engine.head() > at);

        CompletionStage<Message> first = one.engine.publish(again, 7);
        CompletionStage<Message> second = one.saying("behind");
        get(first);
        get(second);
        assertEquals(List.of("before", "again", "behind"), one.texts());
    }

    @Test
    void aNodeTakesItsNamesBackWithAnotherLease() throws Exception {
        Names.Hold hold = get(taking(one, ANA));
        AtomicInteger lost = new AtomicInteger();
        hold.whenLost(loss -> lost.incrementAndGet());
        String before = holder(ANA);
        lapse(Lease.parse(before).orElseThrow());
        awaitHeldByAnother(before);
        assertEquals(Reason.NAME_TAKEN, refusal(taking(two, ANA)));
        assertEquals(0, lost.get());
        hold.release();
        awaitThat(() -> isFree(two, ANA));
    }

    @Test
    void whatAnotherHasTakenMeanwhileIsLost() throws Exception {
        get(taking(two, new Name("Bob")));
        Names.Hold hold = get(taking(one, ANA));
        AtomicInteger lost = new AtomicInteger();
        hold.whenLost(loss -> lost.incrementAndGet());
        Lease lease = Lease.parse(holder(ANA)).orElseThrow();
        String successor = holder(new Name("Bob"));
        holdRaw(ANA, successor);
        lapse(lease);
        awaitThat(() -> lost.get() == 1);
        hold.release();
        one.sayOnceItCan("still here");
        assertEquals(successor, holder(ANA), "it is another's, and stays so");
    }

    @Test
    void withoutTheEngineNobodyCanTell() throws Exception {
        NatsServer own = NatsServer.start(parent.resolve(tests + "own"));
        try (Node alone = Node.withNames(own.log("own"), parent.resolve(tests + "alone"))) {
            awaitThat(() -> alone.engine.outage().isEmpty());
            Names.Hold hold = get(taking(alone, ANA));
            own.kill();
            awaitThat(() -> alone.engine.outage().isPresent());
            Refused refused = assertThrows(Refused.class, () -> alone.names.isTakenElsewhere(MAIN, new Name("Bob")));
            assertEquals(Reason.UNAVAILABLE, refused.reason());
            assertEquals(Reason.UNAVAILABLE, refusal(taking(alone, new Name("Bob"))));
            hold.release();
            own.start();
            awaitThat(() -> alone.engine.outage().isEmpty());
            assertTrue(isFree(alone, ANA));
        } finally {
            own.close();
        }
    }

    private static String key(Name name) {
        byte[] utf8 = name.key().getBytes(StandardCharsets.UTF_8);
        return "main." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }

    private String people() {
        return log.prefix().toUpperCase() + "_people";
    }

    private String holderOrNone(Name name) {
        try {
            KeyValueEntry entry = raw.keyValue(people()).get(key(name));
            return entry == null ? "" : entry.getValueAsString().split("\t")[0];
        } catch (IOException | JetStreamApiException e) {
            throw new AssertionError(e);
        }
    }

    /** Between two leases it may be nobody's. */
    private void awaitHeldByAnother(String lease) throws InterruptedException {
        awaitThat(() -> !List.of("", lease).contains(holderOrNone(ANA)));
    }

    private String holder(Name name) {
        String holder = holderOrNone(name);
        assertFalse(holder.isEmpty(), name + " is nobody's");
        return holder;
    }

    private void holdRaw(Name name, String lease) throws Exception {
        raw.keyValue(people()).put(key(name), lease);
    }

    private void lapse(Lease lease) throws Exception {
        Headers headers = new Headers().put("Prosa-Kind", "lapse").put("Prosa-Of", Long.toString(lease.number()));
        raw.jetStream().publish(log.prefix() + ".lapse", headers, new byte[0]);
    }

    private void publishRaw(String text, Lease lease) throws Exception {
        Draft draft = Node.draft(text, Optional.empty());
        Envelope envelope = Envelope.of(draft, text, new Envelope.From("another", 1), Optional.of(lease));
        raw.jetStream().publish(log.prefix() + ".room.main", envelope.headers(), envelope.body());
    }
}
