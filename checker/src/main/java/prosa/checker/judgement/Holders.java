package prosa.checker.judgement;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * While one connection has a name, nobody else speaks under it. That it has it is certain from the first message that it was acknowledged to the
 * last; so whatever another person said under the name in this stretch of the log is wrong. What was said more than once counts for no stretch:
 * it may have been kept before the connection that it was acknowledged on.
 */
final class Holders {
    private Holders() {}

    /** What of a name is compared; the run uses none whose likeness goes further than that of capitals and forms of letters. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    static List<Finding> findings(Transcript transcript, Log log) {
        // By room and name, what was spoken, and by which attempt.
        Map<List<String>, TreeMap<Position, Attempt>> spoken = new HashMap<>();
        log.attempts()
                .values()
                .forEach(tries -> log.kept(tries.getFirst().text())
                        .ifPresent(entry -> spoken.computeIfAbsent(
                                        List.of(entry.room(), key(entry.by())), name -> new TreeMap<>())
                                .put(entry.at(), tries.getFirst())));
        List<Finding> found = new ArrayList<>();
        spoken.values().forEach(of -> stretches(of, log).forEach(stretch -> strangers(stretch, of, log, found)));
        return found;
    }

    private record Stretch(String person, Position first, Position last) {}

    private static List<Stretch> stretches(TreeMap<Position, Attempt> spoken, Log log) {
        Map<String, Stretch> stays = new HashMap<>();
        spoken.forEach((at, attempt) -> {
            boolean once = log.attemptsOf(attempt.text()).size() == 1;
            if (once && attempt.answer() instanceof Answer.Acknowledged) {
                stays.merge(
                        attempt.membership(),
                        new Stretch(attempt.person(), at, at),
                        (stay, more) -> new Stretch(stay.person, stay.first, more.last));
            }
        });
        return List.copyOf(stays.values());
    }

    private static void strangers(Stretch stretch, TreeMap<Position, Attempt> spoken, Log log, List<Finding> found) {
        spoken.subMap(stretch.first, false, stretch.last, false).forEach((at, attempt) -> {
            if (!attempt.person().equals(stretch.person)) {
                Entry entry = log.kept(attempt.text()).orElseThrow();
                found.add(new Finding.TwoHolders(attempt.name(), stretch.person, attempt.person(), entry));
            }
        });
    }
}
