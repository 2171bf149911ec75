package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Positions grow wherever messages are shown, and at each there is the same message everywhere. */
final class Order {
    private Order() {}

    static List<Finding> findings(Transcript transcript, Log log) {
        List<Finding> found = new ArrayList<>();
        Map<Entry, Set<String>> strange = new LinkedHashMap<>();
        historyGrows(transcript.history(), found);
        for (Observer observer : transcript.observers()) {
            Position last = observer.from();
            for (Seen seen : observer.seen()) {
                if (seen instanceof Seen.Said(Entry entry)) {
                    if (!entry.at().isAfter(last)) {
                        found.add(new Finding.OutOfOrder(observer.name(), last, entry));
                    }
                    last = entry.at();
                    if (isStrange(entry, log)) {
                        strange.computeIfAbsent(entry, shown -> new TreeSet<>()).add(observer.name());
                    }
                }
            }
        }
        strange.forEach((entry, observers) -> found.add(new Finding.NotInHistory(entry, observers)));
        return found;
    }

    private static void historyGrows(List<Entry> history, List<Finding> found) {
        for (int i = 1; i < history.size(); i++) {
            if (!history.get(i).at().isAfter(history.get(i - 1).at())) {
                found.add(new Finding.HistoryOutOfOrder(history.get(i - 1), history.get(i)));
            }
        }
    }

    /** A message that was acknowledged and is nowhere in the history is told as lost, and not here too. */
    private static boolean isStrange(Entry shown, Log log) {
        Optional<Entry> kept = log.kept(shown.text());
        if (kept.isEmpty()) {
            return log.attemptsOf(shown.text()).stream()
                    .noneMatch(attempt -> attempt.answer() instanceof Answer.Acknowledged);
        }
        Entry same = kept.get();
        // In another epoch the same message has another place.
        return same.at().epoch() == shown.at().epoch()
                ? log.entriesOf(shown.text()).stream().noneMatch(shown::equals)
                : !same.by().equals(shown.by()) || !same.room().equals(shown.room());
    }
}
