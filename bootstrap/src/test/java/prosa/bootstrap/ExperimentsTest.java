package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;
import prosa.lab.experiment.Experiments;
import prosa.lab.experiment.Patience;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Experiment.Kind;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.figures.Vanished;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/** The experiments against a real Prosa: that each shows what the protocol promises and what the wires can't. */
@Isolated("It floods servers, and has experiments run beside each other.")
class ExperimentsTest {
    /** A stall is not waited out: the server takes 10 s to give a client up. */
    private static final Patience LITTLE =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(10), 60, 20, 1_000);

    private static final Set<Wire> HTTP = EnumSet.of(Wire.SSE, Wire.NDJSON, Wire.LONG_POLL);

    @TempDir
    static Path folder;

    private static RunningProsa prosa;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        prosa = new RunningProsa(folder);
        Address address = Address.plain(
                new InetSocketAddress("127.0.0.1", prosa.port("http")),
                new InetSocketAddress("127.0.0.1", prosa.port("tcp")));
        server = new Server(address, Optional.of(new Spending(ProcessHandle.current())));
    }

    @AfterAll
    static void stop() {
        prosa.close();
    }

    private static Experiments.Found run(Kind kind, Set<Wire> wires, Patience patience, Optional<String> main)
            throws InterruptedException {
        Experiments.Report report = new Experiments.Report() {
            @Override
            public void begins(Kind which, Duration expected) {
                assertEquals(kind, which);
            }

            @Override
            public void failed(Kind which, IOException why) {
                fail(which.id(), why);
            }
        };
        return new Experiments(server, main, wires, patience, WorkFolder.usual(), report).run(EnumSet.of(kind));
    }

    private static List<Trial> trials(Kind kind) throws InterruptedException {
        return trials(run(kind, EnumSet.allOf(Wire.class), LITTLE, Optional.empty()));
    }

    private static List<Trial> trials(Experiments.Found found) {
        assertEquals(1, found.experiments().size());
        Experiment experiment = found.experiments().getFirst();
        return experiment.trials();
    }

    private static List<Trial> of(List<Trial> trials, String variant) {
        return trials.stream().filter(trial -> trial.variant().equals(variant)).toList();
    }

    private static Trial of(List<Trial> trials, Wire wire) {
        return trials.stream()
                .filter(trial -> trial.wire().equals(Optional.of(wire)))
                .findFirst()
                .orElseThrow();
    }

    private static String seen(Trial trial, String key) {
        return trial.observations().stream()
                .filter(one -> one.key().equals(key))
                .map(Observation::value)
                .collect(Collectors.joining(","));
    }

    private static Set<Wire> wires(List<Trial> trials) {
        return trials.stream().map(trial -> trial.wire().orElseThrow()).collect(Collectors.toSet());
    }

    @Test
    void aCutLosesNothingWhereOneResumesAndSomethingElsewhere() throws Exception {
        List<Trial> trials = trials(Kind.CUT);
        List<Trial> resumed = of(trials, "with-resume");
        assertEquals(EnumSet.allOf(Wire.class), wires(resumed));
        for (Trial trial : resumed) {
            assertEquals(60, trial.sent());
            assertEquals(60, trial.received(), trial::toString);
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
            assertTrue(trial.delayedMicros().orElseThrow() > 300_000, trial::toString);
            assertTrue(Integer.parseInt(seen(trial, "replayed")) > 10, trial::toString);
        }
        for (Trial trial : of(trials, "without-resume")) {
            assertTrue(trial.lost() > 10 && trial.lost() < 40, trial::toString);
            assertEquals(0, trial.doubled(), trial::toString);
            // What was being said when it came back.
            assertTrue(Integer.parseInt(seen(trial, "replayed")) < 5, trial::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyNoticesWithinSecondsThatPacketsVanish(boolean lost) throws Exception {
        Experiments.Found found = run(
                Kind.HALF_OPEN,
                EnumSet.allOf(Wire.class),
                LITTLE,
                lost ? Optional.of(Main.class.getName()) : Optional.empty());
        assertTrue(lost || !found.reallyLost());
        List<Trial> trials = trials(found);
        assertEquals(9, trials.size());
        assertEquals(
                1,
                trials.stream()
                        .filter(trial -> trial.wire().equals(Optional.of(Wire.TCP)))
                        .count(),
                "a watchdog has nothing to wait for where there is no heartbeat");
        for (Trial trial : trials) {
            assertEquals(found.reallyLost() ? "network-namespace" : "relay", seen(trial, "by"));
            assertEquals("> 3 s", seen(trial, "server-noticed"), trial::toString);
            assertEquals("> 3 s", seen(trial, "client-noticed"), trial::toString);
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
            assertTrue(trial.delayedMicros().orElseThrow() > 2_500_000, trial::toString);
        }
        Vanished.Notice nobody = new Vanished.Notice(Duration.ofSeconds(3), false);
        for (Wire wire : Wire.values()) {
            assertEquals(
                    new Vanished(Optional.of(nobody), Optional.of(nobody)),
                    found.vanished().get(wire));
        }
    }

    @Test
    void aStalledClientHoldsNobodyUpAndLosesNothing() throws Exception {
        for (Trial trial : trials(Kind.STALL)) {
            assertEquals("waited", seen(trial, "server-did"), trial::toString);
            assertEquals("0", seen(trial, "other-lost"), trial::toString);
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
            assertTrue(trial.delayedMicros().orElseThrow() > 1_000_000, trial::toString);
        }
    }

    @Test
    void aBurstArrivesWholeAndInOrderOnEveryWire() throws Exception {
        List<Trial> trials = trials(Kind.BURST);
        assertEquals(15, trials.size());
        for (Trial trial : trials) {
            assertEquals(1_020, trial.received(), trial::toString);
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
            assertEquals("0", seen(trial, "out-of-order"), trial::toString);
        }
    }

    @Test
    void aProxyThatHeedsHeadersDelaysNothingAndOneThatDoesNotHoldsTheStreamsBack() throws Exception {
        List<Trial> trials = trials(Kind.BUFFERING_PROXY);
        for (Trial trial : of(trials, "heeds-headers")) {
            assertEquals("yes", seen(trial, "opened-at-once"), trial::toString);
            assertEquals("0", seen(trial, "held-back"), trial::toString);
            assertTrue(trial.delayedMicros().orElseThrow() < 500_000, trial::toString);
        }
        List<Trial> deaf = of(trials, "ignores-headers");
        for (Wire wire : List.of(Wire.WEBSOCKET, Wire.SSE, Wire.NDJSON)) {
            assertEquals("no", seen(of(deaf, wire), "opened-at-once"));
            assertTrue(Integer.parseInt(seen(of(deaf, wire), "held-back")) > 0, deaf::toString);
            assertTrue(of(deaf, wire).delayedMicros().orElseThrow() > 500_000, deaf::toString);
        }
        assertEquals("yes", seen(of(deaf, Wire.LONG_POLL), "opened-at-once"));
        assertEquals("0", seen(of(deaf, Wire.LONG_POLL), "held-back"), "each answer ends: " + deaf);
        for (Trial trial : trials) {
            assertEquals(0, trial.lost() + trial.doubled(), trial::toString);
        }
    }

    @Test
    void sixFeedsLeaveNoConnectionForASeventhNorForAPost() throws Exception {
        List<Trial> trials = trials(Kind.SIX_FEEDS);
        List<Trial> each = of(trials, "one-room-each");
        for (Wire wire : HTTP) {
            Trial trial = of(each, wire);
            assertEquals("6", seen(trial, "rooms-followed"), trial::toString);
            assertEquals("2", seen(trial, "queued"), trial::toString);
            assertEquals("> 1000 ms", seen(trial, "post-after"), trial::toString);
            assertEquals(1, trial.lost(), trial::toString);
            assertEquals(OptionalLong.empty(), trial.delayedMicros(), "it was not looked at");
        }
        assertEquals("7", seen(of(each, Wire.WEBSOCKET), "rooms-followed"));
        assertEquals(0, of(each, Wire.WEBSOCKET).lost());
        for (Trial trial : of(trials, "one-feed-of-seven-rooms")) {
            assertEquals("7", seen(trial, "rooms-followed"), trial::toString);
            assertEquals("1", seen(trial, "connections"), trial::toString);
            assertEquals("0", seen(trial, "queued"), trial::toString);
            assertEquals(0, trial.lost(), trial::toString);
        }
    }

    @Test
    void whatBrowsersSendIsAnsweredAsTheProtocolSays() throws Exception {
        List<Trial> trials = trials(Kind.AUTH);
        Trial webSocket = of(trials, Wire.WEBSOCKET);
        assertEquals("101", seen(webSocket, "status-plain"));
        assertEquals("101", seen(webSocket, "status-without-origin"));
        assertEquals("403", seen(webSocket, "status-foreign-origin"));
        assertEquals("prosa.v1", seen(webSocket, "chosen-subprotocol"));
        Trial sse = of(trials, Wire.SSE);
        assertEquals("200", seen(sse, "status-plain"));
        assertEquals("405", seen(sse, "status-post"));
        assertEquals("200", seen(sse, "status-foreign-origin"));
        assertEquals("*", seen(sse, "allow-origin"));
        assertTrue(seen(sse, "allow-headers").contains("last-event-id"), sse::toString);
        assertFalse(seen(sse, "allow-headers").contains("authorization"), sse::toString);
        Trial tcp = of(trials, Wire.TCP);
        assertEquals("none", seen(tcp, "status-http-request"));
        assertEquals("no", seen(tcp, "heard"));
        for (Wire wire : HTTP) {
            assertEquals(0, of(trials, wire).lost());
        }
    }

    @Test
    void everyTextComesBackAsTheProtocolSaysHoweverItIsSplit() throws Exception {
        List<Trial> trials = trials(Kind.UNICODE);
        for (String same : List.of(
                "ascii",
                "accents",
                "combining",
                "emoji-zwj",
                "right-to-left",
                "lf",
                "quotes",
                "framing-lookalike",
                "longest")) {
            assertEquals(5, of(trials, same).size());
            of(trials, same).forEach(trial -> assertEquals("equal", seen(trial, "came-back"), trial::toString));
        }
        for (String other : List.of("bidi-override", "line-separator", "cr", "crlf", "nul", "lone-surrogate")) {
            of(trials, other).forEach(trial -> assertEquals("normalised", seen(trial, "came-back"), trial::toString));
        }
        List<Trial> invalid = of(trials, "invalid-utf8");
        assertEquals("closed-1007", seen(of(invalid, Wire.WEBSOCKET), "came-back"));
        assertEquals("normalised", seen(of(invalid, Wire.TCP), "came-back"));
        assertEquals("normalised", seen(of(invalid, Wire.SSE), "came-back"));
    }
}
