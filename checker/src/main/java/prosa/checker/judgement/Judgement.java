package prosa.checker.judgement;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Decides what of a transcript should not be. Pure: the same transcript has the same findings, on any thread. */
public final class Judgement {
    private Judgement() {}

    /** All findings, in the order of their sentences; none if all is as it should be. Each fault is found once, not once for each who saw it. */
    public static List<Finding> of(Transcript transcript) {
        Log log = Log.of(transcript);
        return Stream.of(
                        Keeping.findings(transcript, log),
                        Order.findings(transcript, log),
                        OwnOrder.findings(transcript, log),
                        Completeness.findings(transcript, log),
                        Holders.findings(transcript, log),
                        Privacy.findings(transcript))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Finding::sentence))
                .toList();
    }
}
