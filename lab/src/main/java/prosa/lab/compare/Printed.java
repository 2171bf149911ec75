package prosa.lab.compare;

import java.io.PrintStream;
import java.util.Locale;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.WireFigures;

/** The figures as plain lines. */
final class Printed {
    private Printed() {}

    static void table(Comparison comparison, PrintStream out) {
        out.println(comparison.environment());
        out.println(comparison.settings());
        for (WireFigures figures : comparison.wires()) {
            out.printf(
                    Locale.ROOT,
                    "%-10s connect %d up, %d down, %d round trips; p50 %d, p99 %d, max %d us of %d%n",
                    figures.wire().id(),
                    figures.connect().bytesUp(),
                    figures.connect().bytesDown(),
                    figures.connect().roundTrips(),
                    figures.latency().p50(),
                    figures.latency().p99(),
                    figures.latency().max(),
                    figures.latency().count());
            out.println("           down " + traffic(figures.down()));
            out.println("           up   " + traffic(figures.up()));
            out.println("           " + figures.cost());
        }
        for (Experiment experiment : comparison.experiments()) {
            experiment.trials().forEach(trial -> out.println(experiment.kind().id() + " " + trial));
        }
        comparison.disturbances().forEach(out::println);
    }

    private static String traffic(Traffic traffic) {
        return "%d messages: payload %.1f, envelope %.1f, framing %.1f, back %.1f, %s"
                .formatted(
                        traffic.messages(),
                        traffic.payload(),
                        traffic.envelope(),
                        traffic.framing(),
                        traffic.back(),
                        traffic.headers());
    }
}
