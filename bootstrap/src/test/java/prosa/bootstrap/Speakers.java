package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.Mailbox;
import prosa.test.wire.client.WebSocketClient;

/** One on each wire on which a message is acknowledged. They talk until the server ends. */
final class Speakers {
    /** So many messages somebody says before waiting for an acknowledgement. */
    private static final int AHEAD = 20;

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

    /** Everything that was acknowledged is there, as it was said. */
    static void assertAllAreIn(List<Json> all, Map<String, String> acknowledged) {
        Map<String, String> missing = new HashMap<>(acknowledged);
        all.forEach(message -> {
            String text = missing.remove(message.text("id"));
            assertTrue(text == null || text.equals(message.text("text")), message::toString);
        });
        assertEquals(Map.of(), missing);
        assertTrue(acknowledged.size() > 500, () -> "too few to be a load: " + acknowledged.size());
    }

    /** In the order in which each of them talked, and none twice. */
    static void assertEachOnesMessagesAreWithoutHoles(List<Json> all) {
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(message -> {
            int number = counts.merge(message.text("by"), 1, Integer::sum);
            assertEquals(message.text("by") + " " + number, message.text("text"));
        });
        assertEquals(3, counts.size());
    }
}
