package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.SharedLog;
import prosa.domain.Entry;
import prosa.domain.Message;

/** A node that is behind by several helpings, and what happens while it reads them. */
@Timeout(120)
class CatchingUpTest {
    private static final int BEHIND = 5 * CatchingUp.HELPING + 17;

    @TempDir
    Path parent;

    private NatsServer server;
    private SharedLog log;
    private Node one;
    private List<Message> said;

    /** What happens meanwhile, once the first helping is read. */
    private interface Meanwhile {
        void happen() throws Exception;
    }

    @BeforeEach
    void fillTheStream() throws Exception {
        begin(NatsServer.start(parent.resolve("engine")));
    }

    private void begin(NatsServer started) throws Exception {
        server = started;
        log = server.log("prosa");
        one = Node.open(
                log,
                started.folder().resolveSibling("one of " + started.folder().getFileName()));
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 1; i <= BEHIND; i++) {
            stages.add(one.saying("n" + i));
        }
        said = new ArrayList<>();
        for (CompletionStage<Message> stage : stages) {
            said.add(Node.get(stage));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        if (server != null) {
            one.close();
            server.close();
        }
    }

    /** One that comes new, and to which that happens amid its reading; closed at the end. */
    private void comes(Meanwhile meanwhile, Looking looking) throws Exception {
        AtomicBoolean happened = new AtomicBoolean();
        List<Exception> failures = new ArrayList<>();
        try (Node two = Node.open(log, parent.resolve("two"), batch -> {
            if (happened.compareAndSet(false, true)) {
                try {
                    assertTrue(batch.getLast().entry().id().offset() < BEHIND, "all came at once");
                    meanwhile.happen();
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        })) {
            awaitThat(() -> two.engine.head() >= BEHIND && two.engine.outage().isEmpty());
            assertTrue(happened.get());
            assertEquals(List.of(), failures);
            looking.look(two);
        }
    }

    private interface Looking {
        void look(Node node) throws Exception;
    }

    private void hasAllAsOneHas(Node two) throws Exception {
        awaitThat(() -> two.engine.head() == one.engine.head());
        assertEquals(one.history(), two.history());
        List<Long> offsets =
                two.entries().stream().map(entry -> entry.id().offset()).toList();
        assertEquals(offsets.stream().sorted().distinct().toList(), offsets, "told twice, or out of order");
    }

    @Test
    void allIsThereInItsOrder() throws Exception {
        comes(() -> {}, two -> {
            hasAllAsOneHas(two);
            assertEquals(said, two.entries());
        });
    }

    /** What was removed leaves holes in the stream, ahead of what is read and behind it; and people go on talking. */
    @Test
    void whatIsSaidAndRemovedMeanwhileIsSeen() throws Exception {
        List<Entry> removed = new ArrayList<>();
        comes(
                () -> {
                    for (int gone : new int[] {3, BEHIND / 2, BEHIND / 2 + 1, BEHIND - 1, BEHIND}) {
                        removed.addAll(Node.get(one.removing(said.get(gone - 1))));
                    }
                    for (int i = 0; i < CatchingUp.HELPING; i++) {
                        one.saying("meanwhile " + i);
                    }
                    one.say("and on");
                },
                two -> {
                    hasAllAsOneHas(two);
                    assertEquals(
                            BEHIND - 5 + CatchingUp.HELPING + 1, two.history().size());
                    assertTrue(two.entries().containsAll(removed));
                    assertEquals("and on", two.texts().getLast());
                });
    }

    @Test
    void aRoomThatIsClearedMeanwhileLeavesWhatCameBehind() throws Exception {
        comes(
                () -> {
                    one.clear();
                    one.say("and on");
                },
                two -> {
                    hasAllAsOneHas(two);
                    assertEquals(List.of("and on"), two.texts());
                });
    }

    @Test
    void anEngineThatIsKilledMeanwhileIsReadOn() throws Exception {
        comes(
                () -> {
                    server.kill();
                    server.start();
                },
                two -> {
                    one.sayOnceItCan("and on");
                    hasAllAsOneHas(two);
                    assertEquals(BEHIND + 1, two.history().size());
                });
    }

    /** As when the server of three ends that had it. */
    @Test
    void aConsumerThatIsGoneIsFollowedByAnother() throws Exception {
        List<String> deleted = new ArrayList<>();
        comes(
                () -> {
                    try (Connection raw = Nats.connect(server.url().toString())) {
                        JetStreamManagement management = raw.jetStreamManagement();
                        for (ConsumerInfo consumer : management.getConsumers("PROSA")) {
                            if (consumer.getConsumerConfiguration().getDeliverSubject() == null) {
                                management.deleteConsumer("PROSA", consumer.getName());
                                deleted.add(consumer.getName());
                            }
                        }
                    }
                },
                two -> {
                    hasAllAsOneHas(two);
                    assertEquals(said, two.entries());
                    assertEquals(1, deleted.size());
                });
    }

    /** An account as an earlier Prosa wanted it. */
    @Test
    void whoMayNotAskForHelpingsReadsAllTheSame() throws Exception {
        closeAll();
        Path settings = Files.writeString(parent.resolve("nats.conf"), """
                authorization { users = [ { user: p, password: q, permissions: {
                    publish: { deny: [ "$JS.API.CONSUMER.MSG.NEXT.>" ] } } } ] }
                no_auth_user: p
                """);
        begin(NatsServer.start(parent.resolve("strict"), "-c", settings.toString()));
        try (Node two = Node.open(log, parent.resolve("two"))) {
            awaitThat(() -> two.engine.head() >= BEHIND);
            hasAllAsOneHas(two);
        }
    }
}
