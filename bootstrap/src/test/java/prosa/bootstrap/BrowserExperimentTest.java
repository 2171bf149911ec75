package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.InBrowser;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;
import prosa.lab.experiment.Experiments;
import prosa.lab.experiment.Patience;
import prosa.lab.figures.Experiment.Kind;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.server.Server;

/** What the laboratory sees of a real browser, against a real Prosa. */
@InBrowser
@Isolated("It starts a browser of its own, and waits for what that does by its own clock.")
class BrowserExperimentTest {
    private static final Patience LITTLE =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(10), 60, 20, 1_000);

    @TempDir
    Path folder;

    private Map<Wire, Map<String, String>> seen(boolean tls) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder)) {
            Address address = tls
                    ? prosa.encryptedAddress()
                    : Address.plain(
                            new InetSocketAddress("127.0.0.1", prosa.port("http")),
                            new InetSocketAddress("127.0.0.1", prosa.port("tcp")));
            Experiments.Report report = new Experiments.Report() {
                @Override
                public void begins(Kind kind, Duration expected) {}

                @Override
                public void failed(Kind kind, IOException why) {
                    fail(kind.id(), why);
                }
            };
            Experiments experiments = new Experiments(
                    new Server(address, Optional.empty()),
                    Optional.empty(),
                    EnumSet.allOf(Wire.class),
                    LITTLE,
                    WorkFolder.usual(),
                    report);
            return experiments.run(EnumSet.of(Kind.BROWSER)).experiments().getFirst().trials().stream()
                    .collect(
                            Collectors.toMap(trial -> trial.wire().orElseThrow(), BrowserExperimentTest::observations));
        }
    }

    private static Map<String, String> observations(Trial trial) {
        return trial.observations().stream().collect(Collectors.toMap(Observation::key, Observation::value));
    }

    /** Over TLS, that ends at the relay, which looks at what the browser sends. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sixFeedsAHostIsWhatABrowserOpensAndOnlyEventSourceComesBack(boolean tls) throws Exception {
        Map<Wire, Map<String, String>> seen = seen(tls);
        assertEquals(EnumSet.of(Wire.WEBSOCKET, Wire.SSE, Wire.NDJSON, Wire.LONG_POLL), seen.keySet());
        Function<String, Map<Wire, String>> row = key -> seen.entrySet().stream()
                .filter(wire -> wire.getValue().containsKey(key))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, wire -> wire.getValue().get(key)));
        assertEquals(
                Map.of(Wire.WEBSOCKET, "7", Wire.SSE, "6", Wire.NDJSON, "6", Wire.LONG_POLL, "6"),
                row.apply("rooms-followed"));
        assertEquals(row.apply("rooms-followed"), row.apply("connections"), "a connection for each");
        assertEquals(
                Map.of(Wire.WEBSOCKET, "0", Wire.SSE, "2", Wire.NDJSON, "2", Wire.LONG_POLL, "2"), row.apply("queued"));
        assertEquals(
                Map.of(Wire.WEBSOCKET, "yes", Wire.SSE, "no", Wire.NDJSON, "no", Wire.LONG_POLL, "no"),
                row.apply("sends-origin"));
        assertTrue(row.apply("sends-cookie").values().stream().allMatch("yes"::equals), seen::toString);
        assertTrue(
                row.apply("opening-bytes").values().stream().allMatch(bytes -> Integer.parseInt(bytes) > 200),
                seen::toString);
        assertEquals(Map.of(Wire.SSE, "yes"), row.apply("sends-last-event-id"));
        assertEquals(Map.of(Wire.SSE, "ended"), row.apply("after-502"));
        assertTrue(seen.get(Wire.NDJSON).get("back-after").startsWith("> "), seen::toString);
    }
}
