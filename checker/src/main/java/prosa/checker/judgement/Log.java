package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The history and what was tried, each to be looked up.
 *
 * @param byPosition of two at one place, the first
 * @param byText the history's, in its order
 * @param attempts by their text, in the order in which they were sent
 */
record Log(TreeMap<Position, Entry> byPosition, Map<String, List<Entry>> byText, Map<String, List<Attempt>> attempts) {
    static Log of(Transcript transcript) {
        Log log = new Log(new TreeMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Entry entry : transcript.history()) {
            log.byPosition.putIfAbsent(entry.at(), entry);
            log.byText.computeIfAbsent(entry.text(), text -> new ArrayList<>()).add(entry);
        }
        for (Attempt attempt : transcript.attempts()) {
            log.attempts
                    .computeIfAbsent(attempt.text(), text -> new ArrayList<>())
                    .add(attempt);
        }
        return log;
    }

    /** What was tried with a text, in the order in which it was sent. */
    List<Attempt> attemptsOf(String text) {
        return attempts.getOrDefault(text, List.of());
    }

    /** Where a text is kept, in the history's order. */
    List<Entry> entriesOf(String text) {
        return byText.getOrDefault(text, List.of());
    }

    /** Where a text is kept first, if it is. */
    Optional<Entry> kept(String text) {
        return entriesOf(text).stream().findFirst();
    }

    /** Who said a text, if somebody did. */
    Optional<String> speaker(String text) {
        return attempts.getOrDefault(text, List.of()).stream()
                .map(Attempt::person)
                .findFirst();
    }

    /** The texts of each person, in the order in which they were first sent. */
    Map<String, List<List<Attempt>>> byPerson() {
        Map<String, List<List<Attempt>>> persons = new HashMap<>();
        attempts.values()
                .forEach(tries -> persons.computeIfAbsent(tries.getFirst().person(), person -> new ArrayList<>())
                        .add(tries));
        return persons;
    }
}
