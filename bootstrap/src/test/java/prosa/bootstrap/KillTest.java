package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.bootstrap.client.EventSource;
import prosa.bootstrap.client.Http;
import prosa.bootstrap.client.Json;
import prosa.bootstrap.client.LineClient;
import prosa.bootstrap.client.Mailbox;
import prosa.bootstrap.client.WebSocketClient;

/** {@code kill -9} under load, and a start without help. */
class KillTest {
    /** So many messages somebody says before waiting for an acknowledgement. */
    private static final int AHEAD = 20;

    private static final String KEYED = "/messages?room=keyed&name=Ana";

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void everythingAcknowledgedIsThereAndAFeedGetsExactlyWhatItHadNotSeen() throws Exception {
        String data = folder.resolve("data").toString();
        Map<String, String> acknowledged;
        String lastSeen;
        List<String> seen;
        String keptWithKey;
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            EventSource leaver = new EventSource(prosa.http().server().resolve("/feed"));
            EventSource stayer = new EventSource(prosa.http().server().resolve("/feed"));
            Speakers speakers = new Speakers(prosa);
            stayer.blocks().until(blocks -> blocks.size() > 300);
            leaver.nextMessage();
            leaver.close();
            lastSeen = leaver.lastEventId();
            stayer.blocks().until(blocks -> blocks.size() > 1_000);
            Http.Answer keyed = prosa.http().post(KEYED, "with a key", "Idempotency-Key", "k");
            prosa.kill();
            keptWithKey = keyed.body();
            stayer.blocks().untilEnd();
            seen = ids(stayer);
            acknowledged = speakers.acknowledged();
            prosa.assertNoStackTrace();
        }
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            List<Json> all = prosa.http().messagesAfter("main", "0-0");
            List<String> ids = all.stream().map(message -> message.text("id")).toList();
            assertAllAreIn(all, acknowledged);
            assertEachOnesMessagesAreWithoutHoles(all);
            assertEquals(ids.subList(0, seen.size()), seen, "what was shown was kept");
            List<String> unseen = new ArrayList<>(ids.subList(ids.indexOf(lastSeen) + 1, ids.size()));
            EventSource feed = new EventSource(prosa.http().server().resolve("/feed"), "Last-Event-ID", lastSeen);
            String next =
                    prosa.http().say("main", "Ana", "after the restart").json().text("id");
            feed.blocks().next(block -> block.id().filter(next::equals).isPresent());
            unseen.add(next);
            assertEquals(unseen, ids(feed));
            assertEquals(ids.getFirst().split("-")[0], next.split("-")[0], "the log is the same");
            assertEquals(
                    keptWithKey,
                    prosa.http()
                            .post(KEYED, "with a key", "Idempotency-Key", "k")
                            .body(),
                    "kept once");
            prosa.terminate();
            prosa.assertEndedWell();
        }
    }

    private static List<String> ids(EventSource feed) {
        return feed.blocks().all().stream()
                .filter(EventSource.Block::isMessage)
                .map(block -> block.id().orElseThrow())
                .toList();
    }

    private static void assertAllAreIn(List<Json> all, Map<String, String> acknowledged) {
        Map<String, String> missing = new HashMap<>(acknowledged);
        all.forEach(message -> {
            String text = missing.remove(message.text("id"));
            assertTrue(text == null || text.equals(message.text("text")), message::toString);
        });
        assertEquals(Map.of(), missing);
        assertTrue(acknowledged.size() > 500, () -> "too few to be a load: " + acknowledged.size());
    }

    private static void assertEachOnesMessagesAreWithoutHoles(List<Json> all) {
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(message -> {
            int number = counts.merge(message.text("by"), 1, Integer::sum);
            assertEquals(message.text("by") + " " + number, message.text("text"));
        });
        assertEquals(3, counts.size());
    }

    /** One on each wire on which a message is acknowledged. They talk until the server ends. */
    private static final class Speakers {
        private final Map<String, String> posted = new ConcurrentHashMap<>();
        private final WebSocketClient socket;
        private final LineClient line;
        private final List<Thread> threads;

        Speakers(ProsaProcess prosa) throws Exception {
            Http http = prosa.http();
            socket = WebSocketClient.connect(http.server(), "/chat?name=Web", "prosa.v1");
            socket.next("welcome");
            line = new LineClient(prosa.place().tcp()).send("prosa.v1\n{\"type\":\"join\",\"name\":\"Line\"}\n");
            line.lines().next(text -> text.contains("\"welcome\""));
            threads = List.of(
                    talk(i -> {
                        Http.Answer answer = http.say("main", "Post", "Post " + i);
                        posted.put(answer.json().text("id"), "Post " + i);
                    }),
                    talk(i -> {
                        socket.send(say("Web " + i));
                        awaitAck(i, socket.texts());
                    }),
                    talk(i -> {
                        line.send(say("Line " + i) + "\n");
                        awaitAck(i, line.lines());
                    }));
        }

        private static String say(String text) {
            return Json.object("type", "say", "text", text, "ref", text);
        }

        private static void awaitAck(int number, Mailbox<String> mailbox) {
            if (number > AHEAD) {
                mailbox.next(text -> text.startsWith("{\"type\":\"ack\""));
            }
        }

        private static Thread talk(IntConsumer say) {
            return Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 1; ; i++) {
                        say.accept(i);
                    }
                } catch (RuntimeException | AssertionError e) {
                    // The server was killed.
                }
            });
        }

        /** Waits for the end, and returns the texts by the ids with which they were acknowledged. */
        Map<String, String> acknowledged() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
            socket.texts().untilEnd();
            line.lines().untilEnd();
            Map<String, String> all = new HashMap<>(posted);
            for (Mailbox<String> mailbox : List.of(socket.texts(), line.lines())) {
                mailbox.all().stream()
                        .filter(text -> text.startsWith("{\"type\":\"ack\""))
                        .map(Json::parse)
                        .forEach(ack -> all.put(ack.text("id"), ack.text("ref")));
            }
            return all;
        }
    }
}
