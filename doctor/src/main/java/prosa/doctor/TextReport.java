package prosa.doctor;

import java.util.List;
import java.util.stream.Stream;
import prosa.doctor.check.Finding;
import prosa.language.Catalogue;
import prosa.language.Language;

/** Findings for people: a line each, and below what is wrong a line for each proxy. */
final class TextReport {
    private static final String INDENT = "    ";

    private TextReport() {}

    /** With the end of its last line. */
    static String of(List<Finding> findings, Language language) {
        Catalogue words = Words.in(language);
        int verdict = widest(Stream.of(Finding.Verdict.values()).map(each -> words.get("verdict." + each)));
        int check = widest(findings.stream().map(Finding::check));
        int proxy = widest(Stream.of(Proxy.values()).map(Proxy::title));
        StringBuilder report = new StringBuilder();
        for (Finding finding : findings) {
            Told told = new Told(finding, words);
            report.append(padded(words.get("verdict." + finding.verdict()), verdict))
                    .append(padded(finding.check(), check))
                    .append(told.says())
                    .append('\n');
            if (finding.verdict() == Finding.Verdict.WRONG) {
                for (Proxy each : Proxy.values()) {
                    report.append(INDENT)
                            .append(padded(each.title(), proxy))
                            .append(told.change(each))
                            .append('\n');
                }
            }
        }
        return report.toString();
    }

    private static int widest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }
}
