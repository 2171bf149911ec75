package prosa.lab.report;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Trial;
import prosa.lab.report.Plot.Part;

/** What was done to the wires, and what each made of it: a section for each experiment. */
final class ExperimentSections {
    private static final double MICROS = 1_000;

    private final Words words;
    private final Comparison comparison;

    ExperimentSections(Comparison comparison, Words words) {
        this.comparison = comparison;
        this.words = words;
    }

    List<Section> all() {
        return Stream.of(Experiment.Kind.values()).map(this::section).toList();
    }

    private Section section(Experiment.Kind kind) {
        List<Trial> trials = comparison.experiments().stream()
                .filter(experiment -> experiment.kind() == kind)
                .flatMap(experiment -> experiment.trials().stream())
                .toList();
        WireColumns columns = new WireColumns(words, trials);
        TrialTable rows = new TrialTable(words, trials);
        String gist = new Gist(words).of(kind, trials);
        return switch (kind) {
            case AUTH -> section(kind, gist, List.of(), columns.byObservationAndSource(), own(kind, trials));
            case BROWSER -> section(kind, gist, List.of(), columns.byObservation(), own(kind, trials));
            case UNICODE -> section(kind, gist, List.of(), columns.byVariant(), columns.notes());
            default -> section(kind, gist, plots(trials, rows), rows.table(), notes(kind, trials, rows));
        };
    }

    private Section section(Experiment.Kind kind, String gist, List<Plot> plots, Table table, List<String> notes) {
        return new Section(
                kind.id(),
                words.get("section." + kind.id()),
                words.get("about." + kind.id()),
                gist,
                plots,
                table,
                notes,
                "./prosa compare --experiments " + kind.id());
    }

    private List<String> notes(Experiment.Kind kind, List<Trial> trials, TrialTable rows) {
        return Stream.concat(rows.notes().stream(), own(kind, trials).stream()).toList();
    }

    /** What one must know to read this kind's figures; or why there are none. */
    private List<String> own(Experiment.Kind kind, List<Trial> trials) {
        String key = "note." + kind.id() + (trials.isEmpty() ? ".none" : "");
        boolean secured = comparison.environment().secured() && !trials.isEmpty();
        return Stream.of(key, secured ? key + ".tls" : key)
                .distinct()
                .filter(words.keys()::contains)
                .map(words::get)
                .toList();
    }

    private List<Plot> plots(List<Trial> trials, TrialTable rows) {
        return List.of(
                bars(
                        "trial.plot",
                        words.get("unit.messages"),
                        trials,
                        trial -> words.whole(trial.lost() + trial.doubled()),
                        part("trial.lost", trials, Trial::lost),
                        part("trial.doubled", trials, Trial::doubled)),
                bars(
                        "trial.delayed",
                        words.get("unit.ms"),
                        trials,
                        rows::delayed,
                        part(
                                "trial.delayed",
                                trials,
                                trial -> trial.delayedMicros().orElse(0) / MICROS)));
    }

    private Plot bars(String key, String unit, List<Trial> trials, Function<Trial, String> total, Part... parts) {
        TrialTable rows = new TrialTable(words, trials);
        return new Plot.Bars(
                words.get(key),
                unit,
                trials.stream().map(trial -> name(trial, rows)).toList(),
                List.of(parts),
                trials.stream().map(total).toList());
    }

    private Part part(String key, List<Trial> trials, ToDoubleFunction<Trial> value) {
        return new Part(
                words.get(key), trials.stream().map(value::applyAsDouble).toList());
    }

    private String name(Trial trial, TrialTable rows) {
        return Stream.of(trial.wire().map(words::wire).orElse(""), rows.variant(trial))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
