package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.Kept;
import prosa.application.port.LogUnusable;
import prosa.application.port.MessagePublisher;
import prosa.application.port.SharedLog;
import prosa.delivery.Await;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Removed;

/** Two nodes on one stream, while all is well. */
class SharedLogTest {
    @TempDir
    static Path parent;

    private static NatsServer server;
    private static int tests;

    private SharedLog log;
    private Node one;
    private Node two;

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
        log = server.log("s" + ++tests);
        one = Node.open(log, folder("one"));
        two = Node.open(log, folder("two"));
    }

    private Path folder(String name) {
        return parent.resolve(tests + name);
    }

    @AfterEach
    void closeBoth() {
        one.close();
        two.close();
    }

    @Test
    void whatOneSaysTheOtherHearsAtTheSamePlace() throws Exception {
        List<Message> said = List.of(one.say("from one"), two.say("from two"), one.say("and again"));
        awaitThat(() -> one.heard.size() == 3 && two.heard.size() == 3);

        assertEquals(said, one.entries());
        assertEquals(said, two.entries());
        assertEquals(one.engine.epoch(), two.engine.epoch());
        assertEquals(
                List.of(7L, MessagePublisher.NO_CONNECTION, 7L),
                one.heard.stream().map(Kept::origin).toList());
        assertEquals(said, one.history());
        assertEquals(said, two.history());
    }

    @Test
    void bothHearOneOrderWhileBothSpeak() throws Exception {
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stages.add(one.saying("one " + i));
            stages.add(two.saying("two " + i));
        }
        for (CompletionStage<Message> stage : stages) {
            get(stage);
        }
        awaitThat(() -> one.heard.size() == 2_000 && two.heard.size() == 2_000);
        assertEquals(one.entries(), two.entries());
        assertEquals(one.entries(), two.history());
        for (String speaker : List.of("one ", "two ")) {
            List<String> theirs = one.texts().stream()
                    .filter(text -> text.startsWith(speaker))
                    .toList();
            List<String> asSaid = Stream.iterate(0, i -> i + 1)
                    .limit(1_000)
                    .map(i -> speaker + i)
                    .toList();
            assertEquals(asSaid, theirs);
        }
    }

    @Test
    void aKeyCountsAtBoth() throws Exception {
        Message first = one.say("hello", "k1");
        assertEquals(first, two.say("hello", "k1"));
        List<CompletionStage<Message>> race = new ArrayList<>();
        for (Node node : List.of(one, two, one, two)) {
            race.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return node.say("race", "k2");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        Message second = get(race.getFirst());
        for (CompletionStage<Message> answer : race) {
            assertEquals(second, get(answer));
        }
        assertEquals(List.of(first, second), one.history());
    }

    @Test
    void aNodeThatComesBackReadsOn() throws Exception {
        Message before = two.say("before");
        awaitThat(() -> one.engine.head() == before.id().offset());
        one.close();
        List<Message> missed = List.of(two.say("missed"), two.say("missed too"));
        one = Node.open(log, folder("one"));

        awaitThat(() -> one.heard.size() == 2);
        assertEquals(missed, one.entries());
        assertEquals(0, one.anew.get());
        assertEquals(3, one.history().size());
        assertEquals("k-again", one.say("k-again", "k9").text().value());
    }

    @Test
    void aNewNodeReadsAll() throws Exception {
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            said.add(one.say("n" + i));
        }
        try (Node three = Node.open(log, folder("three"))) {
            three.sayOnceItCan("here I am");
            assertEquals(said, three.history().subList(0, 300));
            assertEquals(one.engine.epoch(), three.engine.epoch());
        }
    }

    @Test
    void whatIsRemovedAtOneIsGoneAtBothAndInTheStream() throws Exception {
        Message gone = two.say("a text that nobody must find again");
        two.say("stays");
        Entry removed = get(one.removing(gone)).getFirst();
        awaitThat(() -> two.heard.size() == 3);

        assertEquals(removed, two.entries().getLast());
        assertEquals(List.of("stays"), one.texts());
        assertEquals(List.of("stays"), two.texts());
        for (Path folder : List.of(server.folder(), folder("one"), folder("two"))) {
            assertFalse(isIn(folder, "nobody must find again"), folder.toString());
        }
        try (Node three = Node.open(log, folder("three"))) {
            awaitThat(() -> three.heard.size() == 2);
            assertEquals(List.of("stays"), three.texts());
            assertEquals(removed, three.entries().getLast());
            assertEquals(Reason.NO_MESSAGE, refusal(three.removing(gone)));
        }
    }

    /** Whoever was told that it is kept may go on at a node that has not read it yet. */
    @Test
    void whatOneHasNotReadYetCanBeRemovedThere() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (Node behind = Node.open(log, folder("behind"), batch -> Await.countedDown(held))) {
            two.say("holds up who is behind");
            awaitThat(() -> behind.engine.head() > 0);
            Message gone = two.say("is removed");
            CompletionStage<List<Entry>> removing = behind.removing(gone);
            assertThrows(
                    TimeoutException.class, () -> removing.toCompletableFuture().get(100, TimeUnit.MILLISECONDS));
            held.countDown();
            assertEquals(gone.id(), ((Removed) get(removing).getFirst()).of());
        }
    }

    @Test
    void whatBothRemoveIsRemovedOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            Message gone = one.say("n" + i);
            List<CompletionStage<List<Entry>>> race = List.of(one.removing(gone), two.removing(gone));
            long refused = 0;
            for (CompletionStage<List<Entry>> removal : race) {
                refused += removal.handle((kept, failure) -> failure == null ? 0 : 1)
                        .toCompletableFuture()
                        .get();
            }
            assertEquals(1, refused);
        }
        assertEquals(
                20, one.entries().stream().filter(Removed.class::isInstance).count());
        awaitThat(() -> two.heard.size() == 40);
        assertEquals(one.entries(), two.entries());
    }

    @Test
    void whatIsClearedIsOverwrittenInTheStream() throws Exception {
        for (int i = 0; i < 50; i++) {
            one.say("cleared with the room " + i);
        }
        Cleared cleared = (Cleared) two.clear().getFirst();
        assertFalse(isIn(server.folder(), "cleared with the room"));
        awaitThat(() -> one.engine.head() == cleared.id().offset());
        assertEquals(List.of(), one.history());
        try (Node three = Node.open(log, folder("three"))) {
            awaitThat(() -> !three.heard.isEmpty());
            assertEquals(List.of(cleared), three.entries());
        }
    }

    /** A node that ended before it could do so left it to who comes next. */
    @Test
    void whatWasNotOverwrittenIsLater() throws Exception {
        Message gone = one.say("not overwritten yet");
        one.close();
        two.close();
        try (Connection raw = Nats.connect(server.url().toString())) {
            Envelope removed = Envelope.ofRemoved(
                    gone.id().offset(), gone.by(), gone.by(), gone.at(), new Envelope.From("another", 1));
            raw.jetStream().publish(log.prefix() + ".room.main", removed.headers(), removed.body());
        }
        assertTrue(isIn(server.folder(), "not overwritten yet"));
        one = Node.open(log, folder("one"));
        awaitThat(() -> one.heard.size() == 1);
        awaitThat(() -> !isIn(server.folder(), "not overwritten yet"));
    }

    @Test
    void anotherProgramsMessagesArePassedOver() throws Exception {
        try (Connection raw = Nats.connect(server.url().toString())) {
            raw.jetStream().publish(log.prefix() + ".room.main", "what is this?".getBytes(StandardCharsets.UTF_8));
        }
        Message said = one.say("hello");
        assertEquals(2, said.id().offset());
        assertEquals(List.of(said), one.history());
    }

    @Test
    void otherLimitsAreRefusedInOneLine() throws Exception {
        try (Connection raw = Nats.connect(server.url().toString())) {
            StreamConfiguration bounded = StreamConfiguration.builder()
                    .name("BOUNDED")
                    .subjects("bounded.room.*", "bounded.lease", "bounded.lapse")
                    .storageType(StorageType.File)
                    .maxMessages(1_000)
                    .build();
            raw.jetStreamManagement().addStream(bounded);
            raw.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("KV_STATEFUL_state")
                            .subjects("$KV.STATEFUL_state.>")
                            .storageType(StorageType.Memory)
                            .build());
        }
        LogUnusable stream = assertThrows(LogUnusable.class, () -> Node.open(server.log("bounded"), folder("bounded")));
        assertEquals("BOUNDED has discard old, and new is asked for", stream.getMessage());
        LogUnusable bucket =
                assertThrows(LogUnusable.class, () -> Node.open(server.log("stateful"), folder("stateful")));
        assertEquals("KV_STATEFUL_state has storage memory, and file is asked for", bucket.getMessage());
        SharedLog three = new SharedLog(log.servers(), Optional.empty(), log.prefix(), 3);
        LogUnusable replicas = assertThrows(LogUnusable.class, () -> Node.open(three, folder("replicas")));
        assertEquals(
                "KV_" + log.prefix().toUpperCase() + "_state has num_replicas 1, and 3 is asked for",
                replicas.getMessage());
        Node.open(log, folder("replicas")).close();
    }

    @Test
    void aCopyOfAnotherStreamIsMadeAnew() throws Exception {
        one.say("in the first");
        one.close();
        SharedLog other = server.log(log.prefix() + "x");
        one = Node.open(other, folder("one"));
        one.sayOnceItCan("in the second");
        assertEquals(List.of("in the second"), one.texts());
        assertEquals(Optional.of(new Source(other.prefix().toUpperCase(), one.engine.epoch())), one.copy.source());
    }

    static boolean isIn(Path folder, String text) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, text));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.io.IOException e) {
            return false; // it has just gone
        }
    }
}
