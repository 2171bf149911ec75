package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.checker.judgement.Sentence;
import prosa.checker.run.Fault;
import prosa.checker.run.Node;
import prosa.checker.run.Outcome;
import prosa.checker.run.Pace;
import prosa.checker.run.Round;
import prosa.checker.run.Scene;
import prosa.lab.relay.Fault.DropEvery;
import prosa.lab.relay.Relay;
import prosa.lab.tls.Endpoint;

/** Some short rounds of the checker, on one machine. {@code checker/check} makes more, and others. */
@Timeout(240)
class CheckerTest {
    private static final Duration CALM = Duration.ofMillis(300);
    private static final int PER_SECOND = 80;

    @TempDir
    static Path folder;

    private static Scene scene;

    @BeforeAll
    static void startProsa() throws Exception {
        scene = Scene.onOneMachine(ProsaProcess.command(List.of()), folder);
    }

    @AfterAll
    static void stopProsa() {
        scene.close();
    }

    private static Pace pace(int turn, Duration patience) {
        return new Pace(17, turn, CALM, patience, PER_SECOND);
    }

    @Test
    void prosaKeepsItsWordWhateverHappens() throws Exception {
        List<Fault> faults = List.of(Fault.KILL, Fault.CUT, Fault.STALL, Fault.RESTART);
        for (int turn = 0; turn < faults.size(); turn++) {
            Fault fault = faults.get(turn);
            Outcome outcome = Round.make(scene, fault, pace(turn, Duration.ofSeconds(60)));
            assertEquals(List.of(), outcome.complaints(), fault.id());
            assertEquals(0, outcome.gaps(), "on one machine there is no reason for any");
            assertTrue(outcome.said() > 20, () -> "said: " + outcome.said());
        }
    }

    /** So that a round can't be void: what somebody on the way leaves out is missed. */
    @Test
    void whatIsLeftOutOnTheWayIsFound() throws Exception {
        Node node = scene.nodes().getFirst();
        Endpoint tcp = node.tcp().orElseThrow();
        try (Relay thief = Relay.to(tcp.at())) {
            thief.set(new DropEvery(7, DropEvery.Unit.LINE));
            Node robbed = new Node(
                    "robbed", node.host(), node.http(), Optional.of(tcp.by(thief.listening())), node.operatorToken());
            try (Scene there = Scene.at(List.of(robbed))) {
                Outcome outcome = Round.make(there, Fault.NONE, pace(0, Duration.ofSeconds(1)));
                assertFalse(outcome.findings().isEmpty());
                assertTrue(
                        outcome.findings().stream().allMatch(finding -> finding.sentence() == Sentence.NO_SILENT_GAP),
                        outcome.complaints()::toString);
            }
        }
    }
}
