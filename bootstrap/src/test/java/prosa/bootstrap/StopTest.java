package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.JsonLines;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.WebSocketClient;

/** SIGTERM and SIGINT. */
class StopTest {
    private static final int SAID = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void everybodyGetsWhatIsDueAndAGoodBye() throws Exception {
        try (ProsaProcess prosa =
                ProsaProcess.start(folder, "--data-dir", folder.resolve("data").toString())) {
            WebSocketClient program = WebSocketClient.connect(prosa.http().server(), "/chat?name=Program", "prosa.v1");
            WebSocketClient person = WebSocketClient.connect(prosa.http().server(), "/chat?name=Person", null);
            WebSocketClient atTheDoor = WebSocketClient.connect(prosa.http().server(), "/chat", "prosa.v1");
            WebSocketClient tutorial = WebSocketClient.connect(prosa.http().server(), "/testing", null);
            LineClient line = new LineClient(prosa.place().tcp()).join("Line");
            EventSource feed = new EventSource(prosa.http().server().resolve("/feed"));
            JsonLines follower = new JsonLines(prosa.http().server().resolve("/messages?follow"));
            EventSource meter = new EventSource(
                    java.net.URI.create("http://" + prosa.first("sse").getAuthority()));
            WebSocketClient loud = WebSocketClient.connect(prosa.http().server(), "/chat?name=Loud", "prosa.v1");
            loud.next("welcome");
            for (int i = 0; i < SAID; i++) {
                loud.send(Json.object("type", "say", "text", "number " + i));
            }
            loud.next("ack");
            prosa.terminate();
            assertEquals(1001, program.closeCode());
            assertEquals(1001, person.closeCode());
            assertEquals(1001, atTheDoor.closeCode());
            assertEquals(1001, tutorial.closeCode());
            List.of(feed, meter).forEach(source -> source.blocks().untilEnd());
            follower.lines().untilEnd();
            line.lines().untilEnd();
            loud.texts().untilEnd();
            assertTrue(
                    line.lines().all().getLast().startsWith("* The server is stopping"),
                    line.lines().all()::toString);
            long acks = loud.texts().all().stream()
                    .filter(text -> text.startsWith("{\"type\":\"ack\""))
                    .count();
            assertToldAtLeast(acks, program, line, feed, follower);
            prosa.assertEndedWell();
        }
    }

    private static void assertToldAtLeast(
            long acks, WebSocketClient program, LineClient line, EventSource feed, JsonLines follower) {
        List<String> told = feed.blocks().all().stream()
                .filter(EventSource.Block::isMessage)
                .map(block -> block.json().text("text"))
                .toList();
        assertTrue(told.size() >= acks, () -> acks + " were acknowledged, and told were " + told);
        assertEquals(
                IntStream.range(0, told.size()).mapToObj(i -> "number " + i).toList(), told);
        assertEquals(told, textsIn(program.texts().all()));
        assertEquals(told, textsIn(follower.lines().all()));
        assertEquals(
                told,
                line.lines().all().stream()
                        .filter(text -> text.startsWith("Loud: "))
                        .map(text -> text.substring("Loud: ".length()))
                        .toList());
    }

    private static List<String> textsIn(List<String> objects) {
        return objects.stream()
                .map(Json::parse)
                .filter(json -> json.is("said"))
                .map(json -> json.text("text"))
                .toList();
    }

    @Test
    @Timeout(60)
    void underLoadEverythingAcknowledgedIsKept() throws Exception {
        String data = folder.resolve("data").toString();
        Map<String, String> acknowledged;
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            EventSource feed = new EventSource(prosa.http().server().resolve("/feed"));
            Speakers speakers = new Speakers(prosa);
            feed.blocks().until(blocks -> blocks.size() > 1_000);
            prosa.terminate();
            prosa.assertEndedWell();
            acknowledged = speakers.acknowledged();
        }
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            List<Json> all = prosa.http().messagesAfter("main", "0-0");
            Speakers.assertAllAreIn(all, acknowledged);
            Speakers.assertEachOnesMessagesAreWithoutHoles(all);
        }
    }

    @Test
    @Timeout(60)
    void whoDoesNotReadHoldsItUpForFiveSecondsAtMost() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory");
                RawWebSocket stalled = new RawWebSocket(
                        prosa.http().server(), "/chat?name=Stalled", 4_096, "Sec-WebSocket-Protocol: prosa.v1");
                WebSocketClient loud = WebSocketClient.connect(prosa.http().server(), "/chat?name=Loud", "prosa.v1")) {
            assertEquals(101, stalled.status());
            loud.next("welcome");
            String text = "é".repeat(4_000);
            for (int i = 0; i < 1_500; i++) {
                loud.send(Json.object("type", "say", "text", text));
            }
            IntStream.range(0, 1_500).forEach(i -> loud.next("ack"));
            long before = System.nanoTime();
            prosa.terminate();
            assertEquals(1001, loud.closeCode());
            prosa.assertEndedWell();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(
                    took.compareTo(Duration.ofSeconds(7)) < 0,
                    took::toString); // and some for the JVM and a busy machine
        }
    }

    @Test
    @Timeout(60)
    void controlCEndsItWell() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory")) {
            LineClient line = new LineClient(prosa.place().tcp()).join("Line");
            new ProcessBuilder("kill", "-INT", Long.toString(prosa.pid()))
                    .start()
                    .waitFor();
            line.lines().untilEnd();
            prosa.assertEndedWell();
        }
    }
}
