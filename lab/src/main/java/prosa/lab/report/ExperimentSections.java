package prosa.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Trial;
import prosa.lab.report.Plot.Part;
import prosa.lab.report.Table.Column;

/** What was done to the wires, and what each made of it: a section for each experiment, a row for each trial. */
final class ExperimentSections {
    /** More than these have no room for their names: the table tells them better. */
    private static final int MOST_BARS = 20;

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
        return new Section(
                kind.id(),
                words.get("section." + kind.id()),
                words.get("about." + kind.id()),
                plots(trials),
                table(trials),
                List.of(),
                "./prosa compare --experiments " + kind.id());
    }

    private List<Plot> plots(List<Trial> trials) {
        if (trials.size() > MOST_BARS) {
            return List.of();
        }
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
                        trial -> words.time(trial.delayedMicros()),
                        part("trial.delayed", trials, trial -> trial.delayedMicros() / MICROS)));
    }

    private Plot bars(String key, String unit, List<Trial> trials, Function<Trial, String> total, Part... parts) {
        return new Plot.Bars(
                words.get(key),
                unit,
                trials.stream().map(this::name).toList(),
                List.of(parts),
                trials.stream().map(total).toList());
    }

    private Part part(String key, List<Trial> trials, ToDoubleFunction<Trial> value) {
        return new Part(
                words.get(key), trials.stream().map(value::applyAsDouble).toList());
    }

    private String name(Trial trial) {
        return Stream.of(wire(trial), variant(trial))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String wire(Trial trial) {
        return trial.wire().map(words::wire).orElse("");
    }

    private String variant(Trial trial) {
        return trial.variant().isEmpty() ? "" : words.id("variant", trial.variant());
    }

    private String seen(Trial trial) {
        return trial.observations().stream()
                .map(one -> words.id("seen", one.key()) + ": " + words.value(one.value()))
                .collect(Collectors.joining("\n"));
    }

    private record Shown(Column column, Function<Trial, String> cell) {}

    /** Without the columns in which there is nothing to tell. */
    private Table table(List<Trial> trials) {
        List<Shown> shown = new ArrayList<>();
        text("wire", this::wire, trials).ifPresent(shown::add);
        text("trial.variant", this::variant, trials).ifPresent(shown::add);
        if (trials.stream().anyMatch(trial -> trial.sent() > 0)) {
            shown.add(number("trial.sent", trial -> words.whole(trial.sent())));
            shown.add(number("trial.received", trial -> words.whole(trial.received())));
            shown.add(number("trial.lost", trial -> words.whole(trial.lost())));
            shown.add(number("trial.doubled", trial -> words.whole(trial.doubled())));
            shown.add(number("trial.delayed", trial -> words.time(trial.delayedMicros())));
        }
        text("trial.seen", this::seen, trials).ifPresent(shown::add);
        return new Table(
                shown.stream().map(Shown::column).toList(),
                trials.stream()
                        .map(trial -> shown.stream()
                                .map(one -> one.cell().apply(trial))
                                .toList())
                        .toList());
    }

    private Optional<Shown> text(String key, Function<Trial, String> cell, List<Trial> trials) {
        return trials.stream().map(cell).allMatch(String::isEmpty)
                ? Optional.empty()
                : Optional.of(new Shown(Column.text(words.get(key)), cell));
    }

    private Shown number(String key, Function<Trial, String> cell) {
        return new Shown(Column.number(words.get(key)), cell);
    }
}
