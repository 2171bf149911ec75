package prosa.lab.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Trial;

/** What an experiment showed, in a line, for the answers to the questions: the figure that decides, for each wire. */
final class Gist {
    private final Words words;

    Gist(Words words) {
        this.words = words;
    }

    /** Empty if there is nothing to tell. */
    String of(Experiment.Kind kind, List<Trial> trials) {
        return switch (kind) {
            case CUT -> line(kind, of(trials, "without-resume"), trial -> words.whole(trial.lost()));
            case STALL -> line(kind, trials, seen("server-did-after"));
            case HALF_OPEN -> line(kind, of(trials, "with-heartbeat-watchdog"), seen("client-noticed"));
            case BUFFERING_PROXY ->
                line(kind, of(trials, "ignores-headers"), trial -> new TrialTable(words, trials).delayed(trial));
            case SIX_FEEDS -> line(kind, of(trials, "one-room-each"), seen("post-after"));
            case BROWSER -> line(kind, trials, seen("rooms-followed"));
            case BURST -> line(kind, of(trials, "from-websocket"), seen("lines-per-second"));
            case AUTH -> line(kind, trials, seen("page-sends-headers"));
            case UNICODE -> line(kind, of(trials, "invalid-utf8"), seen("came-back"));
        };
    }

    private static List<Trial> of(List<Trial> trials, String variant) {
        return trials.stream().filter(trial -> trial.variant().equals(variant)).toList();
    }

    private Function<Trial, String> seen(String key) {
        return trial -> words.value(TrialTable.value(trial, key));
    }

    private String line(Experiment.Kind kind, List<Trial> trials, Function<Trial, String> figure) {
        String figures = trials.stream()
                .filter(trial ->
                        trial.wire().isPresent() && !figure.apply(trial).isEmpty())
                .map(trial -> words.wire(trial.wire().get()) + " " + figure.apply(trial))
                .collect(Collectors.joining("; "));
        return figures.isEmpty() ? "" : words.get("gist." + kind.id(), figures);
    }
}
