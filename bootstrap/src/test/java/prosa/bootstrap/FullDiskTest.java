package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.WebSocketClient;

/** A disk that is full, as the limit on the size of a process's files makes it; on Linux, where that can be set from outside. */
class FullDiskTest {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final int ROOM_FOR_MORE = 64 << 10;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void aFullDiskRefusesMessagesAndKeepsTheConnections() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "prlimit is needed to fill the disk of one process");
        Path data = folder.resolve("data");
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data.toString())) {
            Http http = prosa.http();
            WebSocketClient program = WebSocketClient.connect(http.server(), "/chat?name=Program", "prosa.v1");
            program.next("welcome");
            LineClient person = new LineClient(prosa.place().tcp()).join("Person");
            EventSource feed = new EventSource(http.server().resolve("/feed"));
            limitFiles(prosa, Long.toString(largest(data) + ROOM_FOR_MORE));
            int kept = fill(http);
            program.send(Json.object("type", "say", "text", "full".repeat(500), "ref", "r"));
            Json refused = program.next("refused");
            assertEquals(List.of("unavailable", "r"), List.of(refused.text("reason"), refused.text("ref")));
            person.send("full".repeat(500) + "\n");
            person.lines().next(line -> line.startsWith("* unavailable: "));
            assertEquals(200, http.get("/health").status(), "starting anew would not mend it");
            limitFiles(prosa, "unlimited");
            Waiting.await(
                    "there is room again",
                    () -> http.say("main", "Ana", "after").status() == 201);
            program.send(Json.object("type", "say", "text", "program"));
            program.next("ack");
            person.send("person\n");
            feed.blocks()
                    .next(block ->
                            block.isMessage() && block.json().text("text").equals("person"));
            List<String> texts = http.messagesAfter("main", "0-0").stream()
                    .map(json -> json.text("text"))
                    .toList();
            assertEquals(kept + 3, texts.size(), "what was refused was not kept");
            assertEquals(List.of("after", "program", "person"), texts.subList(kept, kept + 3));
            assertEquals(
                    texts,
                    feed.blocks().all().stream()
                            .filter(EventSource.Block::isMessage)
                            .map(block -> block.json().text("text"))
                            .toList(),
                    "what was refused was not shown");
            prosa.assertNoStackTrace();
        }
    }

    /** Says things until there is no more room. */
    private static int fill(Http http) {
        String text = "x".repeat(2_000);
        for (int kept = 0; kept < 1_000; kept++) {
            Http.Answer answer = http.say("main", "Ana", text);
            if (answer.status() != 201) {
                assertEquals(503, answer.status());
                assertEquals("unavailable", answer.json().text("reason"));
                assertTrue(kept > 0);
                return kept;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    private static long largest(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    /** The soft limit only, so that it can be lifted again. */
    private static void limitFiles(ProsaProcess prosa, String bytes) throws Exception {
        Process prlimit = new ProcessBuilder(
                        PRLIMIT.toString(), "--pid", Long.toString(prosa.pid()), "--fsize=" + bytes + ":")
                .redirectErrorStream(true)
                .start();
        String output = prlimit.inputReader().readAllAsString();
        assertEquals(0, prlimit.waitFor(), output);
    }
}
