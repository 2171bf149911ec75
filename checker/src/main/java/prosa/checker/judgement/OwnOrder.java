package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person said before something else lies before it, where they could count on that: the earlier message was acknowledged by then, or was
 * sent before on the same connection and not refused there. If the later one was said several times, that has to be so each time.
 */
final class OwnOrder {
    private OwnOrder() {}

    static List<Finding> findings(Transcript transcript, Log log) {
        List<Finding> found = new ArrayList<>();
        log.byPerson().forEach((person, messages) -> {
            for (List<Attempt> later : messages) {
                overtaken(later, messages, log)
                        .ifPresent(earlier -> found.add(new Finding.Overtaken(
                                person,
                                earlier,
                                log.kept(later.getFirst().text()).orElseThrow())));
            }
        });
        return found;
    }

    private static Optional<Entry> overtaken(List<Attempt> later, List<List<Attempt>> messages, Log log) {
        Optional<Entry> kept = log.kept(later.getFirst().text());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        for (List<Attempt> earlier : messages) {
            Optional<Entry> before = log.kept(earlier.getFirst().text());
            boolean wrong = before.isPresent()
                    && before.get().room().equals(kept.get().room())
                    && before.get().at().isAfter(kept.get().at())
                    && later.stream().allMatch(attempt -> couldCountOn(earlier, attempt));
            if (wrong) {
                return before;
            }
        }
        return Optional.empty();
    }

    private static boolean couldCountOn(List<Attempt> earlier, Attempt later) {
        return earlier.stream().anyMatch(attempt -> switch (attempt.answer()) {
            case Answer.Acknowledged(Position _, long moment) -> moment < later.moment() || isBefore(attempt, later);
            case Answer.Refused _ -> false;
            case Answer.None _ -> isBefore(attempt, later);
        });
    }

    private static boolean isBefore(Attempt earlier, Attempt later) {
        return earlier.membership().equals(later.membership()) && earlier.moment() < later.moment();
    }
}
