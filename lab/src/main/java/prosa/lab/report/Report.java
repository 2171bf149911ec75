package prosa.lab.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Environment;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.WireFigures;
import prosa.lab.report.Table.Column;
import prosa.language.Language;

/**
 * A comparison in words and tables, in one language: the same ones on the terminal, on the page and in the documents.
 *
 * @param summary all figures of the wires, side by side
 * @param wires one section for each figure
 * @param experiments one each, also of those that were left out: their tables are empty
 * @param environment where and how it was measured
 * @param disturbances a sentence each; if there are any, they are to be read first
 */
record Report(
        Words words,
        Section summary,
        List<Section> wires,
        List<Section> experiments,
        Section environment,
        List<String> disturbances) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static Report of(Comparison comparison, Language language) {
        Words words = Words.of(language);
        return new Report(
                words,
                summary(comparison, words),
                new WireSections(comparison, words).all(),
                new ExperimentSections(comparison, words).all(),
                environment(comparison, words),
                comparison.disturbances().stream()
                        .map(one -> sentence(one, words))
                        .toList());
    }

    /** In the order in which they are read. */
    List<Section> sections() {
        return Stream.of(List.of(summary), wires, experiments, List.of(environment))
                .flatMap(List::stream)
                .toList();
    }

    /** A column for each wire, as there are more figures than wires. */
    private static Section summary(Comparison comparison, Words words) {
        WireCells cells = new WireCells(words);
        List<Column> columns = new ArrayList<>(List.of(Column.text(words.get("summary.figure"))));
        comparison.wires().forEach(one -> columns.add(Column.number(words.wire(one.wire()))));
        List<List<String>> rows = new ArrayList<>();
        Rows add = (name, cell) -> rows.add(
                Stream.concat(Stream.of(name), comparison.wires().stream().map(cell))
                        .toList());
        add.row(words.get("summary.connect", words.get("connect.up")), cells::connectUp);
        add.row(words.get("summary.connect", words.get("connect.down")), cells::connectDown);
        boolean secured = comparison.environment().secured();
        if (secured) {
            add.row(words.get("summary.connect", words.get("connect.tls")), cells::tls);
        }
        add.row(words.get("connect.roundTrips"), cells::roundTrips);
        traffic("summary.down", WireFigures::down, secured, words, cells, add);
        traffic("summary.up", figures -> figures.saying().traffic(), secured, words, cells, add);
        latency("summary.latency", WireFigures::latency, words, cells, add);
        latency("summary.said", figures -> figures.saying().acknowledged(), words, cells, add);
        add.row(words.get("summary.cpu"), cells::cpu);
        add.row(words.get("summary.cpu.saying"), cells::cpuOfSaying);
        add.row(words.get("summary.memory"), cells::memory);
        add.row(
                words.get("memory.source"),
                figures -> cells.idle(
                        figures, idle -> words.get("memory." + idle.source().id())));
        add.row(
                words.get("vanished.byServer"),
                figures -> cells.notice(figures.vanished().byServer()));
        add.row(
                words.get("vanished.byClient"),
                figures -> cells.notice(figures.vanished().byClient()));
        return new Section(
                "summary",
                words.get("section.summary"),
                words.get("about.summary"),
                "",
                List.of(),
                new Table(columns, comparison.wires().isEmpty() ? List.of() : rows),
                Stream.of("note.latency", "note.traffic", "note.traffic.tls")
                        .filter(note -> secured || !note.equals("note.traffic.tls"))
                        .map(words::get)
                        .toList(),
                "./prosa compare");
    }

    private interface Rows {
        void row(String name, Function<WireFigures, String> cell);
    }

    private static void traffic(
            String row, Function<WireFigures, Traffic> which, boolean secured, Words words, WireCells cells, Rows add) {
        add.row(words.get(row, words.get("traffic.payload")), which.andThen(cells::payload));
        add.row(words.get(row, words.get("traffic.envelope")), which.andThen(cells::envelope));
        add.row(words.get(row, words.get("traffic.framing")), which.andThen(cells::framing));
        add.row(words.get(row, words.get("traffic.back")), which.andThen(cells::back));
        if (secured) {
            add.row(words.get(row, words.get("traffic.tls")), which.andThen(cells::tls));
        }
        add.row(words.get(row, words.get("traffic.headers")), which.andThen(cells::headers));
        add.row(words.get(row, words.get("traffic.total")), which.andThen(cells::total));
    }

    private static void latency(
            String row, Function<WireFigures, Latency> which, Words words, WireCells cells, Rows add) {
        add.row(words.get(row, words.get("latency.p50")), which.andThen(cells::p50));
        add.row(words.get(row, words.get("latency.p99")), which.andThen(cells::p99));
        add.row(words.get(row, words.get("latency.max")), which.andThen(cells::max));
    }

    private static Section environment(Comparison comparison, Words words) {
        Environment at = comparison.environment();
        Settings settings = comparison.settings();
        List<List<String>> rows = List.of(
                row(words, "at", TIME.format(at.at())),
                row(words, "prosa", at.prosa()),
                row(
                        words,
                        "server",
                        at.server() + ", " + words.get(at.ownServer() ? "environment.own" : "environment.running")),
                row(words, "java", at.java()),
                row(words, "system", at.system()),
                row(words, "cpu", at.cpu() + ", " + words.get("environment.cores", at.cores())),
                row(
                        words,
                        "memory",
                        at.memoryBytes() == 0 ? words.get("unmeasured") : words.whole(at.memoryBytes() >> 20) + " MiB"),
                row(words, "tcpInfo", words.get(at.tcpInfo() ? "yes" : "no")),
                row(words, "networkNamespace", words.get(at.networkNamespace() ? "yes" : "no")),
                row(
                        words,
                        "load",
                        words.get(
                                "environment.load.value",
                                words.whole(settings.subscribers()),
                                words.whole(settings.ratePerSecond()),
                                words.whole(settings.textBytes()),
                                words.seconds(settings.duration().toMillis() / 1e3),
                                words.seconds(settings.warmUp().toMillis() / 1e3))),
                row(words, "idle", words.whole(settings.idleConnections())));
        return new Section(
                "environment",
                words.get("section.environment"),
                words.get("about.environment"),
                "",
                List.of(),
                new Table(
                        List.of(
                                Column.text(words.get("environment.what")),
                                Column.text(words.get("environment.value"))),
                        rows),
                List.of(),
                "./prosa compare");
    }

    private static List<String> row(Words words, String key, String value) {
        return List.of(words.get("environment." + key), value);
    }

    private static String sentence(Disturbance one, Words words) {
        String what = words.get("disturbance." + one.kind().id(), words.number(one.amount()));
        return one.during().map(wire -> words.wire(wire) + ": " + what).orElse(what);
    }
}
