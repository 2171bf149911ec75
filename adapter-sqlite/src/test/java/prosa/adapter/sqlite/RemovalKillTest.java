package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import prosa.application.port.Stretch;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** {@code kill -9} while messages are taken away: each is there without its removal, or gone with it. */
class RemovalKillTest {
    private static final Name OP = new Name("Olga");

    @TempDir
    Path parent;

    @Test
    @Timeout(60)
    void aMessageIsThereOrItsRemovalIs() throws Exception {
        Path folder = parent.resolve("data");
        Process server = Jvm.start(Victim.class, folder.toString());
        Map<Long, String> said = new HashMap<>();
        Set<Long> gone = new HashSet<>();
        try (BufferedReader acks = server.inputReader()) {
            int enough = new Random().nextInt(50, 300);
            while (gone.size() < enough) {
                note(acks.readLine(), said, gone);
            }
            server.toHandle().destroyForcibly();
            for (String line = acks.readLine(); line != null; line = acks.readLine()) {
                note(line, said, gone);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        SqliteEngine engine = SqliteEngine.open(folder, HouseClock.over(InstantSource.system()));
        try {
            engine.start(batch -> {});
            assertWhole(engine, said, gone);
            assertFolded(folder, said, gone);
        } finally {
            engine.close();
        }
    }

    private static void note(String line, Map<Long, String> said, Set<Long> gone) {
        String[] parts = line.split(" ", 3);
        if (parts[0].equals("said")) {
            said.put(Long.valueOf(parts[1]), parts[2]);
        } else {
            gone.add(Long.valueOf(parts[1]));
        }
    }

    private static void assertWhole(SqliteEngine engine, Map<Long, String> said, Set<Long> gone) throws Exception {
        Set<Long> there = new HashSet<>();
        Set<Long> removed = new HashSet<>();
        for (Entry entry : all(engine)) {
            switch (entry) {
                case Message message -> there.add(message.id().offset());
                case Removed removal -> removed.add(removal.of().offset());
                case Cleared cleared -> throw new AssertionError("nobody cleared anything");
            }
        }
        Set<Long> both = new HashSet<>(there);
        both.retainAll(removed);
        assertEquals(Set.of(), both, "there, and removed");
        Set<Long> lost = new HashSet<>(said.keySet());
        lost.removeAll(there);
        lost.removeAll(removed);
        assertEquals(Set.of(), lost, "gone without a removal");
        assertTrue(removed.containsAll(gone), "a removal that was acknowledged is missing");
    }

    private static List<Entry> all(SqliteEngine engine) throws Exception {
        List<Entry> all = new ArrayList<>();
        Stretch page;
        long after = 0;
        do {
            page = engine.entries(Set.of(RoomName.MAIN), after, Long.MAX_VALUE, Bound.messages(1_000))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            all.addAll(page.entries());
            after = all.getLast().id().offset();
        } while (page.more());
        return all;
    }

    /** The write-ahead log that was left may have copies of the texts. */
    private static void assertFolded(Path folder, Map<Long, String> said, Set<Long> gone) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.size(folder.resolve("prosa.db-wal")) > 0) {
            assertTrue(System.nanoTime() - deadline < 0, "the write-ahead log is still there");
            Thread.onSpinWait();
        }
        String content = Files.readString(folder.resolve("prosa.db"), StandardCharsets.ISO_8859_1);
        for (long offset : gone) {
            String text = said.get(offset);
            assertFalse(text != null && content.contains(text), text);
        }
    }

    /** The process that is killed: what was said a while ago is removed while others speak. */
    static final class Victim {
        private static final int UNACKNOWLEDGED = 20;

        private Victim() {}

        public static void main(String[] args) throws Exception {
            SqliteEngine engine = SqliteEngine.open(Path.of(args[0]), HouseClock.over(InstantSource.system()));
            engine.start(batch -> {});
            for (int speaker = 0; speaker < 2; speaker++) {
                String name = "speaker " + speaker;
                Thread.ofPlatform().start(() -> speak(engine, name));
            }
        }

        private static void speak(SqliteEngine engine, String name) {
            Semaphore free = new Semaphore(UNACKNOWLEDGED);
            for (int number = 1; ; number++) {
                free.acquireUninterruptibly();
                boolean goes = number % 10 == 0;
                engine.publish(draft(name, number), 0).thenAccept(message -> {
                    print("said " + message.id().offset() + " " + message.text());
                    free.release();
                    if (goes) {
                        remove(engine, message);
                    }
                });
            }
        }

        private static void remove(SqliteEngine engine, Message message) {
            engine.remove(new Removal.One(message.room(), message.id(), OP, Instant.now()))
                    .thenAccept(entries -> print("gone " + message.id().offset() + " ."));
        }

        /** One write each: a kill cuts between lines. */
        private static void print(String line) {
            System.out.print(line + "\n");
            System.out.flush();
        }

        private static Draft draft(String name, int number) {
            return new Draft(
                    RoomName.MAIN,
                    new Name(name),
                    new Via("tcp"),
                    Instant.now(),
                    new Text("<" + name + " says number " + number + ">"),
                    Optional.empty());
        }
    }
}
