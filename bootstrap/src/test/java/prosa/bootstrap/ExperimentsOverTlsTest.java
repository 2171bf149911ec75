package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.experiment.Experiments;
import prosa.lab.experiment.Patience;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Experiment.Kind;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/** The experiments against a Prosa that is encrypted: they show the same. */
@Isolated("It floods servers, and has experiments run beside each other.")
class ExperimentsOverTlsTest {
    private static final Patience LITTLE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10), 30, 20, 300);

    @TempDir
    Path folder;

    private static List<Trial> of(Map<Kind, List<Trial>> found, Kind kind, String variant) {
        List<Trial> trials = found.getOrDefault(kind, List.of()).stream()
                .filter(trial -> trial.variant().equals(variant))
                .toList();
        assertTrue(!trials.isEmpty(), () -> kind + " " + variant + ": " + found);
        return trials;
    }

    private static String seen(Trial trial, String key) {
        return trial.observations().stream()
                .filter(one -> one.key().equals(key))
                .map(Observation::value)
                .collect(Collectors.joining(","));
    }

    @Test
    @Timeout(120)
    void showTheSame() throws Exception {
        Map<Kind, List<Trial>> found;
        try (RunningProsa prosa = RunningProsa.encrypted(folder)) {
            Server server = new Server(prosa.encryptedAddress(), Optional.of(new Spending(ProcessHandle.current())));
            Experiments.Report report = new Experiments.Report() {
                @Override
                public void begins(Kind which, Duration expected) {}

                @Override
                public void failed(Kind which, IOException why) {
                    fail(which.id(), why);
                }
            };
            found = new Experiments(
                            server, Optional.empty(), EnumSet.allOf(Wire.class), LITTLE, WorkFolder.usual(), report)
                    .run(EnumSet.complementOf(EnumSet.of(Kind.BROWSER))).experiments().stream()
                            .collect(Collectors.toMap(Experiment::kind, Experiment::trials));
        }
        assertEquals(EnumSet.complementOf(EnumSet.of(Kind.BROWSER)), found.keySet());
        for (Trial trial : of(found, Kind.CUT, "with-resume")) {
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
        }
        for (Trial trial : of(found, Kind.HALF_OPEN, "no-watchdog")) {
            assertEquals("relay", seen(trial, "by"));
            assertEquals("> 2 s", seen(trial, "client-noticed"), trial::toString);
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
        }
        for (Trial trial : of(found, Kind.BURST, "from-tcp")) {
            assertEquals(320, trial.received(), trial::toString);
        }
        for (Trial trial : of(found, Kind.STALL, "")) {
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
        }
        for (Trial trial : of(found, Kind.BUFFERING_PROXY, "heeds-headers")) {
            assertEquals("yes", seen(trial, "opened-at-once"), trial::toString);
            assertEquals("0", seen(trial, "held-back"), trial::toString);
        }
        for (Trial trial : of(found, Kind.BUFFERING_PROXY, "ignores-headers")) {
            assertTrue(
                    trial.wire().equals(Optional.of(Wire.LONG_POLL)) || Integer.parseInt(seen(trial, "held-back")) > 0,
                    trial::toString);
        }
        assertEquals(4, of(found, Kind.SIX_FEEDS, "one-room-each").size());
        for (Trial trial : of(found, Kind.AUTH, "")) {
            if (trial.wire().equals(Optional.of(Wire.WEBSOCKET))) {
                assertEquals("101", seen(trial, "status-plain"), trial::toString);
                assertEquals("403", seen(trial, "status-foreign-origin"), trial::toString);
            }
            if (trial.wire().equals(Optional.of(Wire.TCP))) {
                assertEquals("no", seen(trial, "heard"), trial::toString);
            }
        }
        for (Trial trial : of(found, Kind.UNICODE, "emoji-zwj")) {
            assertEquals("equal", seen(trial, "came-back"), trial::toString);
        }
    }
}
