package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.SharedLog;
import prosa.domain.Message;
import prosa.domain.Reason;

/** The engine goes, comes back, or is not what it was. */
class EngineAwayTest {
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
            server.close();
            one.close();
            two.close();
        }
    }

    @Test
    void whileItIsAwayMessagesAreRefusedAndReadingGoesOn() throws Exception {
        Message before = one.say("before");
        awaitThat(() -> two.heard.size() == 1);
        server.kill();
        awaitThat(() -> one.engine.outage().isPresent());

        long start = System.nanoTime();
        assertEquals(Reason.UNAVAILABLE, refusal(one.saying("meanwhile")));
        assertTrue(System.nanoTime() - start < PROMISED.toNanos());
        assertEquals(Reason.UNAVAILABLE, refusal(one.removing(before)));
        assertEquals(List.of(before), one.history());

        server.start();
        Message after = one.sayOnceItCan("after");
        awaitThat(() -> two.heard.size() == 2);
        assertEquals(List.of("before", "after"), two.texts());
        assertEquals(List.of(before, after), two.entries());
        assertEquals(before.id().epoch(), after.id().epoch());
        assertEquals(0, one.anew.get());
    }

    @Test
    void nothingThatWasAcknowledgedIsLostByKill() throws Exception {
        List<CompletionStage<Message>> stages = new ArrayList<>();
        List<Message> acknowledged = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            stages.add((i % 2 == 0 ? one : two).saying("n" + i));
            if (i == 2_000) {
                get(stages.get(500));
                server.kill();
            }
        }
        server.start();
        for (CompletionStage<Message> stage : stages) {
            try {
                acknowledged.add(get(stage));
            } catch (ExecutionException e) {
                refused++;
            }
        }
        assertTrue(acknowledged.size() > 500 && refused > 0, acknowledged.size() + " kept, " + refused + " refused");
        one.sayOnceItCan("well again");
        two.sayOnceItCan("well again, too");
        awaitThat(() -> one.engine.head() == two.engine.head());
        List<Message> history = one.history();
        assertEquals(history, two.history());
        assertTrue(new HashSet<>(history).containsAll(acknowledged));
        List<String> texts = one.texts();
        assertEquals(texts.size(), new HashSet<>(texts).size(), "something is there twice");
    }

    /** It takes connections, and does not answer. */
    @Test
    void anEngineThatStandsStillRefusesInTime() throws Exception {
        one.say("before");
        server.stop();
        long start = System.nanoTime();
        assertEquals(Reason.UNAVAILABLE, refusal(one.saying("into the void")));
        assertTrue(System.nanoTime() - start < PROMISED.toNanos());
        awaitThat(() -> one.engine.outage().isPresent());
        assertEquals(Reason.UNAVAILABLE, refusal(one.saying("never sent")));
        assertEquals(List.of("before"), one.texts());

        server.goOn();
        one.sayOnceItCan("after");
        assertFalse(one.texts().contains("never sent"));
    }

    @Test
    void aStartWithoutItServesTheCopy() throws Exception {
        Message before = one.say("before");
        one.close();
        server.kill();
        one = Node.open(log, parent.resolve("one"));
        assertTrue(one.engine.outage().isPresent());
        assertEquals(List.of(before), one.history());
        assertEquals(Reason.UNAVAILABLE, refusal(one.saying("meanwhile")));
        try (Node three = Node.open(log, parent.resolve("three"))) {
            assertEquals(0, three.engine.epoch());
            assertEquals(List.of(), three.history());

            server.start();
            Message after = one.sayOnceItCan("after");
            assertEquals(List.of(after), one.entries());
            assertEquals(0, one.anew.get());
            awaitThat(() -> three.heard.size() == 2);
            assertEquals(1, three.anew.get());
            assertEquals(List.of(before, after), three.history());
        }
    }

    /** As after a restore from a backup, or a power cut of the majority. */
    @Test
    void anOlderFolderGetsANewEpochOnceForAll() throws Exception {
        one.say("in the backup");
        awaitThat(() -> two.heard.size() == 1);
        server.kill();
        Path backup = parent.resolve("backup");
        copy(server.folder(), backup);
        server.start();
        one.sayOnceItCan("lost");
        long epoch = one.engine.epoch();
        awaitThat(() -> two.heard.size() == 2);
        server.kill();
        delete(server.folder());
        copy(backup, server.folder());
        server.start();

        Message after = one.sayOnceItCan("after");
        two.sayOnceItCan("two is back");
        one.sayOnceItCan("one, too");
        awaitThat(() -> one.engine.head() == two.engine.head());
        assertTrue(one.engine.epoch() > epoch);
        assertEquals(one.engine.epoch(), two.engine.epoch());
        assertEquals(one.engine.epoch(), after.id().epoch());
        assertEquals(1, one.anew.get());
        assertEquals(1, two.anew.get());
        assertEquals(List.of("in the backup", "after", "two is back", "one, too"), one.texts());
        assertEquals(one.history(), two.history());
    }

    /** The stream has got as far again, with other messages. */
    @Test
    void otherMessagesAtTheSamePlacesGetANewEpoch() throws Exception {
        one.say("in the backup");
        server.kill();
        Path backup = parent.resolve("backup");
        copy(server.folder(), backup);
        server.start();
        one.sayOnceItCan("lost");
        long epoch = one.engine.epoch();
        one.close();
        two.close();
        server.kill();
        delete(server.folder());
        copy(backup, server.folder());
        server.start();
        try (Node three = Node.open(log, parent.resolve("three"))) {
            three.sayOnceItCan("said by another");
            three.say("and more");
            assertEquals(epoch, three.engine.epoch());
            one = Node.open(log, parent.resolve("one"));
            awaitThat(() -> three.engine.epoch() > epoch || one.engine.epoch() > epoch);
            assertEquals(List.of("in the backup", "said by another", "and more", "one is back"), after(one));
            assertNotEquals(epoch, one.engine.epoch());
            awaitThat(() -> three.engine.epoch() == one.engine.epoch());
        }
    }

    private static List<String> after(Node node) throws Exception {
        node.sayOnceItCan("one is back");
        return node.texts();
    }

    @Test
    void aStreamThatIsMadeAnewGetsANewEpoch() throws Exception {
        one.say("before");
        awaitThat(() -> two.heard.size() == 1);
        long epoch = one.engine.epoch();
        try (Connection raw = Nats.connect(server.url().toString())) {
            raw.jetStreamManagement().deleteStream("PROSA");
        }
        awaitThat(() -> one.engine.epoch() > epoch && two.engine.epoch() > epoch);
        one.sayOnceItCan("after");
        assertEquals(List.of("after"), one.texts());
        assertEquals(one.engine.epoch(), two.engine.epoch());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
