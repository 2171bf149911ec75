package prosa.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import prosa.lab.Wire;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Connect;
import prosa.lab.figures.Cost;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Environment;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Saying;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.Trial;
import prosa.lab.figures.Vanished;
import prosa.lab.figures.Vanished.Notice;
import prosa.lab.figures.WireFigures;

/** Comparisons in which every kind of figure occurs, and every kind of absence. */
final class Samples {
    static final String HOSTILE = "<script>alert(1)</script>\u001b[31m|`*_&\"'";

    private Samples() {}

    static Comparison full() {
        return new Comparison(
                environment(),
                new Settings(50, 50, Duration.ofMillis(6_500), Duration.ofSeconds(3), 64, 1_000),
                Stream.of(Wire.values()).map(Samples::figures).toList(),
                Stream.of(Experiment.Kind.values()).map(Samples::experiment).toList(),
                List.of(
                        new Disturbance(Disturbance.Kind.CPU_STOLEN, Optional.of(Wire.TCP), 3.25),
                        new Disturbance(Disturbance.Kind.TIMER_LATE, Optional.empty(), 40)));
    }

    /** One wire over TLS. */
    static Comparison secured() {
        Comparison bare = bare();
        WireFigures figures = bare.wires().getFirst();
        Environment at = environment("https://127.0.0.1:1");
        return new Comparison(
                at,
                bare.settings(),
                List.of(new WireFigures(
                        figures.wire(),
                        new Connect(700, 1_500, 3, Optional.of(new Connect.Tls(600, 1_234))),
                        new Traffic(10, 64, 130, 4, 0, Optional.of(new Traffic.Tls(22, 11.5)), Optional.empty()),
                        figures.latency(),
                        figures.saying(),
                        figures.cost(),
                        figures.vanished())),
                List.of(experiment(Experiment.Kind.BUFFERING_PROXY)),
                List.of());
    }

    /** One wire, of which next to nothing is known, and no experiment. */
    static Comparison bare() {
        WireFigures figures = new WireFigures(
                Wire.SSE,
                new Connect(1, 2, 3, Optional.empty()),
                new Traffic(1, 1, 1, 1, 1, Optional.empty(), Optional.empty()),
                new Latency(0, 0, 0, 0, 0, List.of()),
                new Saying(
                        new Traffic(0, 0, 0, 0, 0, Optional.empty(), Optional.empty()),
                        new Latency(0, 0, 0, 0, 0, List.of()),
                        OptionalDouble.empty()),
                new Cost(OptionalDouble.empty(), Optional.empty()),
                Vanished.UNTRIED);
        Settings settings = new Settings(1, 1, Duration.ofSeconds(1), Duration.ZERO, 1, 0);
        return new Comparison(environment(), settings, List.of(figures), List.of(), List.of());
    }

    private static Environment environment() {
        return environment("http://127.0.0.1:1");
    }

    private static Environment environment(String server) {
        return new Environment(
                Instant.parse("2026-11-24T01:30:13.618418842Z"),
                "0.1.0",
                "25",
                HOSTILE,
                "a processor ".repeat(15),
                2,
                0,
                true,
                false,
                server,
                true);
    }

    private static WireFigures figures(Wire wire) {
        int more = wire.ordinal();
        boolean longPoll = wire == Wire.LONG_POLL;
        Traffic.Source source = longPoll ? Traffic.Source.ESTIMATED : Traffic.Source.KERNEL;
        return new WireFigures(
                wire,
                new Connect(100 + more, 12_345_678, 2, Optional.empty()),
                new Traffic(
                        15_000, 64, 130.25, 4, 0, Optional.empty(), Optional.of(new Traffic.Headers(52, 51.5, source))),
                latency(15_000),
                new Saying(
                        new Traffic(300, 64, 0, 128, 681, Optional.empty(), Optional.empty()),
                        latency(300),
                        OptionalDouble.of(48.25)),
                new Cost(
                        OptionalDouble.of(32.9),
                        Optional.of(new Cost.Idle(
                                1_000,
                                -5 + 1_000L * more,
                                183,
                                longPoll ? Cost.Source.RESIDENT : Cost.Source.LIVE_HEAP))),
                new Vanished(
                        Optional.of(new Notice(Duration.ofMillis(45_210), true)),
                        Optional.of(new Notice(Duration.ofSeconds(60), false))));
    }

    private static Latency latency(int count) {
        return new Latency(
                count,
                2_399,
                4_000,
                18_735,
                123_456_789,
                List.of(new Latency.Point(0, 900), new Latency.Point(50, 2_399), new Latency.Point(100, 26_751)));
    }

    private static Experiment experiment(Experiment.Kind kind) {
        return new Experiment(
                kind,
                List.of(
                        new Trial(
                                Optional.of(Wire.SSE),
                                "with-resume",
                                100,
                                101,
                                0,
                                1,
                                OptionalLong.of(512_000),
                                List.of()),
                        new Trial(
                                Optional.empty(),
                                "never-heard-of",
                                100,
                                90,
                                10,
                                0,
                                OptionalLong.of(70_000_000),
                                List.of(
                                        new Observation("by", "relay"),
                                        new Observation("never-seen", HOSTILE),
                                        new Observation("reason", "a long reason, ".repeat(20))))));
    }
}
