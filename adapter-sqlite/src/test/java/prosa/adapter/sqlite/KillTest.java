package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.Page;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** {@code kill -9}, at any moment and under load. */
class KillTest {
    private static final int SPEAKERS = 3;

    @TempDir
    Path parent;

    @Test
    @Timeout(60)
    void whatWasAcknowledgedOutlivesAKill() throws Exception {
        Path folder = parent.resolve("data");
        Process server = Jvm.start(Victim.class, folder.toString());
        Map<Long, String> acknowledged = new HashMap<>();
        try (BufferedReader acks = server.inputReader()) {
            note(acks.readLine(), acknowledged);
            IOException e = assertThrows(
                    IOException.class, () -> SqliteEngine.open(folder, HouseClock.over(InstantSource.system())));
            assertTrue(e.getMessage().contains("in use by another Prosa"), e.getMessage());
            int enough = new Random().nextInt(1_000, 20_000);
            while (acknowledged.size() < enough) {
                note(acks.readLine(), acknowledged);
            }
            // At once after an acknowledgement, as one that came too early would be wrong just now.
            // By the handle: the process's own method would close the pipe, with acknowledgements still in it.
            server.toHandle().destroyForcibly();
            for (String line = acks.readLine(); line != null; line = acks.readLine()) {
                note(line, acknowledged);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        SqliteEngine engine = SqliteEngine.open(folder, HouseClock.over(InstantSource.system()));
        try {
            engine.start(batch -> {});
            assertAllThere(engine, acknowledged);
            assertLifeGoesOn(engine, acknowledged);
        } finally {
            engine.close();
        }
    }

    private static void note(String line, Map<Long, String> acknowledged) {
        assertTrue(line != null, "the server ended by itself");
        String[] parts = line.split(" ", 2);
        assertNull(acknowledged.put(Long.valueOf(parts[0]), parts[1]), "acknowledged twice: " + line);
    }

    private static void assertAllThere(SqliteEngine engine, Map<Long, String> acknowledged) throws Exception {
        Map<Long, String> missing = new HashMap<>(acknowledged);
        Map<String, Integer> lastOf = new HashMap<>();
        long after = 0;
        for (List<Message> page = read(engine, after); !page.isEmpty(); page = read(engine, after)) {
            for (Message message : page) {
                assertTrue(message.id().offset() > after, "out of order: " + message);
                after = message.id().offset();
                String text = message.text().value();
                String expected = missing.remove(after);
                assertEquals(expected == null ? text : expected, text);
                // Each speaker's messages without a hole, in the order in which they were said, and none twice.
                int number = Integer.parseInt(text.substring(1));
                assertEquals(lastOf.merge(message.by().value(), 1, Integer::sum), number, message.by() + " said");
            }
        }
        assertEquals(Map.of(), missing);
        assertEquals(after, engine.head());
    }

    private static void assertLifeGoesOn(SqliteEngine engine, Map<Long, String> acknowledged) throws Exception {
        long head = engine.head();
        Message next = engine.publish(Victim.draft("newcomer", 1), 0)
                .toCompletableFuture()
                .get();
        assertTrue(next.id().offset() > head, "beyond all that was given before");
        // A client that lost its acknowledgement by the kill says it again.
        long offset = acknowledged.keySet().iterator().next();
        Message said = read(engine, offset - 1).getFirst();
        int number = Integer.parseInt(said.text().value().substring(1));
        Draft again = Victim.draft(said.by().value(), number);
        assertEquals(said, engine.publish(again, 0).toCompletableFuture().get());
    }

    private static List<Message> read(SqliteEngine engine, long after) throws Exception {
        return engine.after(Set.of(RoomName.MAIN), after, Long.MAX_VALUE, Bound.messages(1_000))
                .thenApply(Page::messages)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** The process that is killed: everybody speaks as fast as the engine acknowledges. */
    static final class Victim {
        private static final int UNACKNOWLEDGED = 40;

        private Victim() {}

        public static void main(String[] args) throws Exception {
            SqliteEngine engine = SqliteEngine.open(Path.of(args[0]), HouseClock.over(InstantSource.system()));
            engine.start(batch -> {});
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                String name = "speaker " + speaker;
                Thread.ofPlatform().start(() -> speak(engine, name));
            }
        }

        private static void speak(SqliteEngine engine, String name) {
            Semaphore free = new Semaphore(UNACKNOWLEDGED);
            for (int number = 1; ; number++) {
                free.acquireUninterruptibly();
                engine.publish(draft(name, number), 0).thenAccept(message -> {
                    // One write each: a kill cuts between lines.
                    System.out.print(message.id().offset() + " " + message.text() + "\n");
                    System.out.flush();
                    free.release();
                });
            }
        }

        static Draft draft(String name, int number) {
            return new Draft(
                    RoomName.MAIN,
                    new Name(name),
                    new Via("tcp"),
                    Instant.now(),
                    new Text("n" + number),
                    Optional.of(new Key("k" + number)));
        }
    }
}
