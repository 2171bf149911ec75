package prosa.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.report.Table.Column;

/** An experiment of which much was seen on each wire: the wires stand side by side, and a row tells what each made of one thing. */
final class WireColumns {
    private static final String CAME_BACK = "came-back";

    private final Words words;
    private final List<Trial> trials;

    WireColumns(Words words, List<Trial> trials) {
        this.words = words;
        this.trials = List.copyOf(trials);
    }

    /** A row for each thing that was seen, and a column for each trial. */
    Table byObservation() {
        return byObservation(Optional.empty());
    }

    /** The same with how each is known: {@code page-} are facts of browsers' interfaces, all else this server was asked for. */
    Table byObservationAndSource() {
        return byObservation(Optional.of(key -> words.get(key.startsWith("page-") ? "known.standard" : "known.asked")));
    }

    private Table byObservation(Optional<Function<String, String>> source) {
        List<String> keys = trials.stream()
                .flatMap(trial -> trial.observations().stream())
                .map(Observation::key)
                .distinct()
                .toList();
        List<List<Trial>> columns = trials.stream().map(List::of).toList();
        return table(
                "environment.what",
                columns,
                keys,
                key -> words.id("seen", key),
                source,
                (trials, key) -> TrialTable.value(trials.getFirst(), key));
    }

    /** A row for each variant, and a column for each wire: how it came back. */
    Table byVariant() {
        List<String> variants = trials.stream().map(Trial::variant).distinct().toList();
        List<List<Trial>> columns = trials.stream()
                .map(Trial::wire)
                .distinct()
                .map(wire ->
                        trials.stream().filter(one -> one.wire().equals(wire)).toList())
                .toList();
        return table(
                "trial.variant",
                columns,
                variants,
                variant -> words.id("variant", variant),
                Optional.empty(),
                (trials, variant) -> trials.stream()
                        .filter(trial -> trial.variant().equals(variant))
                        .map(trial -> TrialTable.value(trial, CAME_BACK))
                        .findFirst()
                        .orElse(""));
    }

    private Table table(
            String first,
            List<List<Trial>> columns,
            List<String> keys,
            Function<String, String> name,
            Optional<Function<String, String>> source,
            BiFunction<List<Trial>, String, String> value) {
        List<Column> heads = new ArrayList<>(List.of(Column.text(words.get(first))));
        source.ifPresent(known -> heads.add(Column.text(words.get("known"))));
        columns.forEach(one ->
                heads.add(Column.text(one.getFirst().wire().map(words::wire).orElse(""))));
        List<List<String>> rows = keys.stream()
                .map(key -> Stream.of(
                                Stream.of(name.apply(key)),
                                source.map(known -> known.apply(key)).stream(),
                                columns.stream().map(one -> shown(value.apply(one, key))))
                        .flatMap(Function.identity())
                        .toList())
                .toList();
        return new Table(trials.isEmpty() ? List.of() : heads, rows);
    }

    private String shown(String value) {
        return value.isEmpty() ? words.get("none") : words.value(value);
    }

    /** How many there were of all, and what became of them. */
    List<String> notes() {
        if (trials.isEmpty()) {
            return List.of();
        }
        return List.of(words.get(
                "trial.sum",
                words.whole(trials.stream().mapToLong(Trial::sent).sum()),
                words.whole(trials.stream().mapToLong(Trial::received).sum()),
                words.whole(trials.stream().mapToLong(Trial::lost).sum()),
                words.whole(trials.stream().mapToLong(Trial::doubled).sum())));
    }
}
