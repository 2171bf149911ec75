package prosa.checker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import prosa.checker.judgement.Finding;
import prosa.checker.judgement.Position;

/**
 * How a round ended.
 *
 * @param said how many messages were acknowledged
 * @param talked for how long
 * @param gaps how many observers were told
 * @param well how long after the fault all was well again: each node ready, each who talks acknowledged something that they said since, and
 *     that shown to each observer; empty: not in time
 * @param settled whether in the end all that was said had its answer, and each observer and each node was at the history's end
 * @param falls which Prosas have ended by themselves, and why
 */
public record Outcome(
        Fault fault,
        long said,
        Duration talked,
        int observers,
        long gaps,
        Optional<Duration> well,
        boolean settled,
        List<String> falls,
        List<Finding> findings) {
    public Outcome {
        falls = List.copyOf(falls);
        findings = List.copyOf(findings);
    }

    /** For people, a line each: what was not as it should be. */
    public List<String> complaints() {
        List<String> lines = new ArrayList<>(falls);
        if (well.isEmpty()) {
            lines.add("it did not become well in time");
        }
        if (!settled) {
            lines.add("in the end not all had their answers, or not all were shown all");
        }
        findings.forEach(found -> lines.add(found.sentence().words() + ": " + words(found)));
        return lines;
    }

    /** Of a gap, only how large it is. */
    private static String words(Finding finding) {
        return finding instanceof Finding.SilentGap(String observer, List<Position> missing)
                ? observer + " was not shown " + missing.size() + ", from " + missing.getFirst() + " to "
                        + missing.getLast()
                : finding.toString();
    }

    /** Whether all was as it should be. */
    public boolean isSound() {
        return complaints().isEmpty();
    }
}
