package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.List;

/** What is for some is in no history, and shown to nobody else. */
final class Privacy {
    private Privacy() {}

    static List<Finding> findings(Transcript transcript) {
        List<Finding> found = new ArrayList<>();
        for (Confidence confidence : transcript.confidences()) {
            String text = confidence.text();
            transcript.history().stream()
                    .filter(entry -> contains(entry, text))
                    .forEach(entry -> found.add(new Finding.Leaked(confidence, "the history, at " + entry.at())));
            for (Observer observer : transcript.observers()) {
                if (observer.seen().stream().anyMatch(seen -> isLeak(seen, observer, confidence))) {
                    found.add(new Finding.Leaked(confidence, observer.name()));
                }
            }
        }
        return found;
    }

    private static boolean isLeak(Seen seen, Observer observer, Confidence confidence) {
        return switch (seen) {
            case Seen.Said(Entry entry) -> contains(entry, confidence.text());
            case Seen.Other(String line) -> line.contains(confidence.text());
            case Seen.Gap _ -> false;
            case Seen.Whisper(String text) ->
                text.contains(confidence.text())
                        && observer.person()
                                .filter(confidence.persons()::contains)
                                .isEmpty();
        };
    }

    private static boolean contains(Entry entry, String text) {
        return entry.text().contains(text) || entry.by().contains(text);
    }
}
