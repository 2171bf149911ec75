package prosa.checker.run;

import java.util.Set;
import prosa.checker.judgement.Answer;

/** What refusals mean to who says something. */
final class Refusals {
    private static final Set<String> PASSING = Set.of("unavailable", "busy", "too-fast");

    private Refusals() {}

    /** Whether the same may be said again a little later. */
    static boolean mayPass(Answer.Refused refused) {
        return PASSING.contains(refused.reason());
    }
}
