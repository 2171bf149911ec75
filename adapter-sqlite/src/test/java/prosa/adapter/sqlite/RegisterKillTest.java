package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HouseClock;
import prosa.application.port.Register;
import prosa.application.port.Register.Kind;

/** {@code kill -9} while facts are being kept. */
class RegisterKillTest {
    private static final int KEYS = 5;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void whatWasAcknowledgedOutlivesAKill() throws Exception {
        Map<String, Integer> acknowledged = new HashMap<>();
        Process house = Jvm.start(Victim.class, folder.toString());
        try (BufferedReader acks = house.inputReader()) {
            int enough = new Random().nextInt(20, 500);
            for (int i = 0; i < enough; i++) {
                note(acks.readLine(), acknowledged);
            }
            // By the handle: the process's own method would close the pipe, with acknowledgements still in it.
            house.toHandle().destroyForcibly();
            for (String line = acks.readLine(); line != null; line = acks.readLine()) {
                note(line, acknowledged);
            }
        } finally {
            house.destroyForcibly().waitFor();
        }
        try (SqliteEngine engine = SqliteEngine.open(folder, HouseClock.over(InstantSource.system()))) {
            Map<String, String> kept = engine.register().read(Kind.CLAIM);
            acknowledged.forEach((key, number) -> assertTrue(
                    Integer.parseInt(kept.getOrDefault(key, "0")) >= number, key + " of " + number + " in " + kept));
        }
    }

    private static void note(String line, Map<String, Integer> acknowledged) {
        assertTrue(line != null, "the house ended by itself");
        String[] parts = line.split(" ");
        int number = Integer.parseInt(parts[1]);
        assertTrue(number > acknowledged.getOrDefault(parts[0], 0), "out of order: " + line);
        acknowledged.put(parts[0], number);
    }

    /** The process that is killed: it counts, in several facts at once. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws Exception {
            SqliteEngine engine = SqliteEngine.open(Path.of(args[0]), HouseClock.over(InstantSource.system()));
            for (int key = 0; key < KEYS; key++) {
                count(engine.register(), "k" + key, 1);
            }
            Thread.currentThread().join(); // the register's thread keeps no process alive
        }

        private static void count(Register register, String key, int number) {
            var unused = register.keep(Kind.CLAIM, key, Integer.toString(number))
                    .thenRun(() -> {
                        // One write each: a kill cuts between lines.
                        System.out.print(key + " " + number + "\n");
                        System.out.flush();
                        count(register, key, number + 1);
                    });
        }
    }
}
