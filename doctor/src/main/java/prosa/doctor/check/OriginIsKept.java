package prosa.doctor.check;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Whether Prosa is told from which page somebody speaks. A page of a site that does not exist is refused, and the refusal names it; if it is let
 * in, or another is named, somebody on the way has changed it. What is posted has neither text nor name.
 */
record OriginIsKept(Site site) implements Check {
    private static final String FOREIGN = "https://prosa-doctor.invalid";

    /** With which Prosa refuses what is let in. */
    private static final Set<String> LET_IN = Set.of("name-invalid", "text-empty", "malformed", "unauthorized");

    @Override
    public String id() {
        return "origin";
    }

    @Override
    public Finding find() throws IOException {
        Exchange.Answer posted = Exchange.answer(
                site, "POST", "/messages?room=" + site.room(), "Origin: " + FOREIGN, "Content-Length: 0");
        Optional<Finding> of = judge(posted, LET_IN.contains(PageOrigin.reason(posted)));
        if (of.filter(found -> found.verdict() == Finding.Verdict.WRONG).isPresent()) {
            return of.get();
        }
        return overWebSocket().or(() -> of).orElseGet(() -> notTried("other", posted.status()));
    }

    /** Some proxies treat an upgrade by rules of their own. */
    private Optional<Finding> overWebSocket() throws IOException {
        try (Visit visit = Visit.begin(site, Optional.of(FOREIGN), Visit.PATIENCE)) {
            return visit.isUpgraded()
                    ? Optional.of(wrong("lost", FOREIGN))
                    : judge(visit.refusal(), false).filter(found -> found.verdict() == Finding.Verdict.WRONG);
        } catch (IOException e) {
            return Optional.empty(); // whether upgrades pass is another check
        }
    }

    private Optional<Finding> judge(Exchange.Answer answer, boolean letIn) {
        if (letIn) {
            return Optional.of(wrong("lost", FOREIGN));
        }
        return PageOrigin.refused(answer)
                .flatMap(PageOrigin::named)
                .map(named -> named.equals(FOREIGN) ? right("kept") : wrong("changed", FOREIGN, named));
    }
}
