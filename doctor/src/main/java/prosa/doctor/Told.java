package prosa.doctor;

import prosa.doctor.check.Finding;
import prosa.doctor.check.Finding.Verdict;
import prosa.language.Catalogue;

/** A finding in words. */
record Told(Finding finding, Catalogue words) {
    /** In one line. */
    String says() {
        return words.get(finding.check() + "." + finding.how(), finding.values().toArray());
    }

    /** What to change in a proxy; empty if nothing is wrong. Some faults have a remedy of their own, others share that of their check. */
    String change(Proxy proxy) {
        if (finding.verdict() != Verdict.WRONG) {
            return "";
        }
        String remedy = "change." + finding.check() + ".";
        return words.find(remedy + finding.how() + "." + proxy.id()).orElseGet(() -> words.get(remedy + proxy.id()));
    }
}
