package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was acknowledged is in the history, once; what was refused is not; what had no answer may be, once. */
final class Keeping {
    private Keeping() {}

    static List<Finding> findings(Transcript transcript, Log log) {
        List<Finding> found = new ArrayList<>();
        log.attempts().values().forEach(tries -> acknowledged(tries, transcript, log, found));
        log.byText().values().forEach(entries -> {
            if (entries.size() > 1) {
                found.add(new Finding.Doubled(
                        entries.getFirst().text(),
                        entries.stream().map(Entry::at).toList()));
            }
            kept(entries.getFirst(), log.attemptsOf(entries.getFirst().text()), found);
        });
        return found;
    }

    private static void acknowledged(List<Attempt> tries, Transcript transcript, Log log, List<Finding> found) {
        Set<Position> told = new HashSet<>();
        for (Attempt attempt : tries) {
            if (attempt.answer() instanceof Answer.Acknowledged(Position at, long _) && told.add(at)) {
                List<Entry> kept = log.entriesOf(attempt.text());
                if (kept.isEmpty()) {
                    found.add(new Finding.Lost(attempt, shownTo(attempt.text(), transcript)));
                } else if (kept.stream().noneMatch(entry -> entry.at().equals(at))) {
                    found.add(new Finding.Elsewhere(attempt, kept.getFirst().at()));
                }
            }
        }
    }

    private static Set<String> shownTo(String text, Transcript transcript) {
        Set<String> observers = new TreeSet<>();
        for (Observer observer : transcript.observers()) {
            boolean shown = observer.seen().stream()
                    .anyMatch(seen -> seen instanceof Seen.Said(Entry entry)
                            && entry.text().equals(text));
            if (shown) {
                observers.add(observer.name());
            }
        }
        return observers;
    }

    private static void kept(Entry entry, List<Attempt> tries, List<Finding> found) {
        boolean said = tries.stream()
                .anyMatch(attempt -> attempt.room().equals(entry.room())
                        && Holders.key(attempt.name()).equals(Holders.key(entry.by())));
        if (!said) {
            found.add(new Finding.Invented(entry));
        } else if (tries.stream().allMatch(Attempt::isRefusedForGood)
                && tries.getLast().answer() instanceof Answer.Refused(String reason)) {
            found.add(new Finding.KeptThoughRefused(entry, reason));
        }
    }
}
