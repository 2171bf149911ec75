package prosa.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.Vanished;
import prosa.lab.figures.Vanished.Notice;
import prosa.lab.figures.WireFigures;
import prosa.lab.report.Plot.Curve;
import prosa.lab.report.Plot.Part;
import prosa.lab.report.Table.Column;

/** What each wire costs, figure by figure: a row for each wire. */
final class WireSections {
    private static final String COMMAND = "./prosa compare --experiments none";
    private static final double MICROS = 1_000;

    private final Words words;
    private final WireCells cells;
    private final List<WireFigures> wires;
    private final List<String> names;
    /** Whether TLS has figures. */
    private final boolean secured;

    WireSections(Comparison comparison, Words words) {
        this.words = words;
        this.cells = new WireCells(words);
        this.wires = comparison.wires();
        this.secured = comparison.environment().secured();
        this.names = wires.stream().map(one -> words.wire(one.wire())).toList();
    }

    List<Section> all() {
        return List.of(
                connect(),
                traffic("down", WireFigures::down),
                traffic("up", figures -> figures.saying().traffic()),
                latency("latency", WireFigures::latency),
                latency("said", figures -> figures.saying().acknowledged()),
                cpu(),
                memory(),
                vanished());
    }

    private Section connect() {
        List<Plot> plots = List.of(bars(
                "connect.bytes",
                "bytes",
                figures -> words.whole(
                        figures.connect().bytesUp() + figures.connect().bytesDown()),
                part("connect.up", figures -> figures.connect().bytesUp()),
                part("connect.down", figures -> figures.connect().bytesDown())));
        List<Shown> shown = new ArrayList<>(
                List.of(column("connect.up", cells::connectUp), column("connect.down", cells::connectDown)));
        if (secured) {
            shown.add(column("connect.tls", cells::tls));
        }
        shown.add(column("connect.roundTrips", cells::roundTrips));
        return section("connect", plots, List.of(secured ? "note.connect.tls" : "note.connect"), COMMAND, shown);
    }

    private Section traffic(String id, Function<WireFigures, Traffic> which) {
        Function<Function<Traffic, String>, Function<WireFigures, String>> of = which::andThen;
        List<Shown> shown = new ArrayList<>(List.of(
                column("traffic.payload", of.apply(cells::payload)),
                column("traffic.envelope", of.apply(cells::envelope)),
                column("traffic.framing", of.apply(cells::framing)),
                column("traffic.back", of.apply(cells::back))));
        if (secured) {
            shown.add(column("traffic.tls", of.apply(cells::tls)));
        }
        shown.add(column("traffic.headers", of.apply(cells::headers)));
        shown.add(column("traffic.total", of.apply(cells::total)));
        List<String> notes = secured ? List.of("note.traffic", "note.traffic.tls") : List.of("note.traffic");
        List<Plot> plots = List.of(bars(id, "bytes", of.apply(cells::total), parts(which)));
        return section(id, plots, notes, COMMAND, shown);
    }

    private Part[] parts(Function<WireFigures, Traffic> which) {
        List<Part> parts = new ArrayList<>(List.of(
                part("traffic.payload", one -> which.apply(one).payload()),
                part("traffic.envelope", one -> which.apply(one).envelope()),
                part("traffic.framing", one -> which.apply(one).framing()),
                part("traffic.back", one -> which.apply(one).back())));
        if (secured) {
            parts.add(part(
                    "traffic.tls",
                    one -> which.apply(one)
                            .tls()
                            .map(tls -> tls.along() + tls.back())
                            .orElse(0.0)));
        }
        parts.add(part(
                "traffic.headers",
                one -> which.apply(one)
                        .headers()
                        .map(headers -> headers.along() + headers.back())
                        .orElse(0.0)));
        return parts.toArray(Part[]::new);
    }

    private Section latency(String id, Function<WireFigures, Latency> which) {
        List<Curve> curves = wires.stream()
                .filter(figures -> which.apply(figures).count() > 0)
                .map(figures -> curve(figures, which.apply(figures)))
                .toList();
        List<Plot> plots = List.of(
                new Plot.Curves(words.get(id + ".plot"), words.get("unit.ms"), words.get("latency.across"), curves));
        return section(
                id,
                plots,
                List.of("note." + id),
                COMMAND,
                column("latency.p50", which.andThen(cells::p50)),
                column("latency.p90", which.andThen(cells::p90)),
                column("latency.p99", which.andThen(cells::p99)),
                column("latency.max", which.andThen(cells::max)),
                column(id + ".count", which.andThen(latency -> words.whole(latency.count()))));
    }

    private Curve curve(WireFigures of, Latency latency) {
        return new Curve(
                of.wire().id(),
                words.wire(of.wire()),
                latency.count(),
                latency.points().stream().map(Latency.Point::percentile).toList(),
                latency.points().stream().map(point -> point.micros() / MICROS).toList());
    }

    private Section cpu() {
        List<Plot> plots = List.of(
                bars(
                        "cpu.plot",
                        "micros",
                        cells::cpu,
                        part(
                                "cpu.plot",
                                figures -> figures.cost().cpuMicrosPerDelivery().orElse(0))),
                bars(
                        "cpu.saying.plot",
                        "micros",
                        cells::cpuOfSaying,
                        part(
                                "cpu.saying.plot",
                                figures -> figures.saying().cpuMicros().orElse(0))));
        return section(
                "cpu",
                plots,
                List.of("note.cpu"),
                COMMAND,
                column("cpu.micros", cells::cpu),
                column("cpu.saying", cells::cpuOfSaying));
    }

    private Section memory() {
        List<Plot> plots = List.of(bars(
                "memory.plot",
                "bytes",
                cells::memory,
                part(
                        "memory.plot",
                        figures -> figures.cost()
                                .idle()
                                .map(idle -> Math.max(0.0, idle.bytesEach()))
                                .orElse(0.0))));
        return section(
                "memory",
                plots,
                List.of("note.memory"),
                COMMAND,
                column("memory.each", cells::memory),
                column(
                        "memory.noise",
                        figures -> cells.idle(figures, idle -> "± " + words.whole(idle.noiseBytesEach()))),
                column(
                        "memory.source",
                        figures -> cells.idle(
                                figures,
                                idle -> words.get("memory." + idle.source().id()))),
                column("memory.connections", figures -> cells.idle(figures, idle -> words.whole(idle.connections()))));
    }

    private Section vanished() {
        return section(
                "vanished",
                List.of(
                        notices("vanished.byServer", Vanished::byServer),
                        notices("vanished.byClient", Vanished::byClient)),
                List.of("note.vanished"),
                "./prosa compare --experiments " + Experiment.Kind.HALF_OPEN.id(),
                column(
                        "vanished.byServer",
                        figures -> cells.notice(figures.vanished().byServer())),
                column(
                        "vanished.byClient",
                        figures -> cells.notice(figures.vanished().byClient())));
    }

    private Plot notices(String key, Function<Vanished, Optional<Notice>> side) {
        return bars(
                key,
                "seconds",
                figures -> cells.notice(side.apply(figures.vanished())),
                part(
                        key,
                        figures -> side.apply(figures.vanished())
                                .map(notice -> notice.after().toNanos() / 1e9)
                                .orElse(0.0)));
    }

    private Plot bars(String key, String unit, Function<WireFigures, String> total, Part... parts) {
        return new Plot.Bars(
                words.get(key),
                words.get("unit." + unit),
                names,
                List.of(parts),
                wires.stream().map(total).toList());
    }

    private Part part(String key, ToDoubleFunction<WireFigures> value) {
        return new Part(words.get(key), wires.stream().map(value::applyAsDouble).toList());
    }

    /** The figures of the plots; for latencies, of which the plot has too many, one that most users know. */
    private String gist(String id, List<Plot> plots) {
        if (id.equals("latency")) {
            return words.get("summary.latency", words.get("latency.p99")) + ": "
                    + figures(wires.stream()
                            .map(figures -> cells.p99(figures.latency()))
                            .toList());
        }
        if (id.equals("said")) {
            return words.get("summary.said", words.get("latency.p99")) + ": "
                    + figures(wires.stream()
                            .map(figures -> cells.p99(figures.saying().acknowledged()))
                            .toList());
        }
        return plots.stream()
                .filter(Plot.Bars.class::isInstance)
                .map(Plot.Bars.class::cast)
                .map(plot -> plot.title() + ": " + figures(plot.totals()))
                .collect(Collectors.joining(". "));
    }

    private String figures(List<String> ofWires) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + " " + ofWires.get(i))
                .collect(Collectors.joining("; "));
    }

    private record Shown(Column column, Function<WireFigures, String> cell) {}

    private Shown column(String key, Function<WireFigures, String> cell) {
        return new Shown(Column.number(words.get(key)), cell);
    }

    private Section section(String id, List<Plot> plots, List<String> notes, String command, Shown... shown) {
        return section(id, plots, notes, command, List.of(shown));
    }

    private Section section(String id, List<Plot> plots, List<String> notes, String command, List<Shown> shown) {
        List<Column> columns = new ArrayList<>(List.of(Column.text(words.get("wire"))));
        shown.forEach(one -> columns.add(one.column()));
        List<List<String>> rows = new ArrayList<>();
        for (WireFigures figures : wires) {
            List<String> row = new ArrayList<>(List.of(words.wire(figures.wire())));
            shown.forEach(one -> row.add(one.cell().apply(figures)));
            rows.add(row);
        }
        return new Section(
                id,
                words.get("section." + id),
                words.get("about." + id),
                gist(id, plots),
                plots,
                new Table(columns, rows),
                notes.stream().map(words::get).toList(),
                command);
    }
}
