package prosa.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.report.Table.Column;

/** A row for each trial of an experiment, and a column for each thing that was seen. What is the same in all of them is said once. */
final class TrialTable {
    private static final Pattern FIGURE = Pattern.compile("(> )?[0-9]+(\\.[0-9]+)?( (ms|s))?|none|unknown|");

    private final Words words;
    private final List<Trial> trials;
    private final Map<String, String> common = new LinkedHashMap<>();

    private record Shown(Column column, Function<Trial, String> cell) {}

    TrialTable(Words words, List<Trial> trials) {
        this.words = words;
        this.trials = List.copyOf(trials);
        if (trials.size() > 1) {
            keys().forEach(key -> theSame(key).ifPresent(value -> common.put(key, value)));
        }
    }

    private List<String> keys() {
        return trials.stream()
                .flatMap(trial -> trial.observations().stream())
                .map(Observation::key)
                .distinct()
                .toList();
    }

    private Optional<String> theSame(String key) {
        Set<String> values = trials.stream().map(trial -> value(trial, key)).collect(Collectors.toSet());
        return values.stream()
                .filter(value -> values.size() == 1 && !value.isEmpty())
                .findFirst();
    }

    /** What was seen; empty if that was not looked at. */
    static String value(Trial trial, String key) {
        return trial.observations().stream()
                .filter(one -> one.key().equals(key))
                .map(Observation::value)
                .findFirst()
                .orElse("");
    }

    /** What is the same in all trials, as a sentence; none if nothing is. */
    List<String> notes() {
        if (common.isEmpty()) {
            return List.of();
        }
        return List.of(words.get(
                "trial.common",
                common.entrySet().stream()
                        .map(one -> words.id("seen", one.getKey()) + ": " + words.value(one.getValue()))
                        .collect(Collectors.joining("; "))));
    }

    /** Without the columns in which there is nothing to tell. */
    Table table() {
        List<Shown> shown = new ArrayList<>();
        text("wire", trial -> trial.wire().map(words::wire).orElse("")).ifPresent(shown::add);
        text("trial.variant", this::variant).ifPresent(shown::add);
        if (trials.stream().anyMatch(trial -> trial.sent() > 0)) {
            shown.add(number("trial.sent", trial -> words.whole(trial.sent())));
            shown.add(number("trial.received", trial -> words.whole(trial.received())));
            shown.add(number("trial.lost", trial -> words.whole(trial.lost())));
            shown.add(number("trial.doubled", trial -> words.whole(trial.doubled())));
        }
        if (trials.stream().anyMatch(trial -> trial.delayedMicros().orElse(0) > 0)) {
            shown.add(number("trial.delayed", this::delayed));
        }
        keys().stream().filter(key -> !common.containsKey(key)).map(this::seen).forEach(shown::add);
        return new Table(
                shown.stream().map(Shown::column).toList(),
                trials.stream()
                        .map(trial -> shown.stream()
                                .map(one -> one.cell().apply(trial))
                                .toList())
                        .toList());
    }

    String variant(Trial trial) {
        return trial.variant().isEmpty() ? "" : words.id("variant", trial.variant());
    }

    String delayed(Trial trial) {
        return trial.delayedMicros().isPresent()
                ? words.time(trial.delayedMicros().getAsLong())
                : words.get("none");
    }

    private Shown seen(String key) {
        boolean figures = trials.stream()
                .allMatch(trial -> FIGURE.matcher(value(trial, key)).matches());
        String name = words.id("seen", key);
        Function<Trial, String> cell =
                trial -> value(trial, key).isEmpty() ? words.get("none") : words.value(value(trial, key));
        return new Shown(figures ? Column.number(name) : Column.text(name), cell);
    }

    private Optional<Shown> text(String key, Function<Trial, String> cell) {
        return trials.stream().map(cell).allMatch(String::isEmpty)
                ? Optional.empty()
                : Optional.of(new Shown(Column.text(words.get(key)), cell));
    }

    private Shown number(String key, Function<Trial, String> cell) {
        return new Shown(Column.number(words.get(key)), cell);
    }
}
