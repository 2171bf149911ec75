package prosa.bootstrap.examples;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a line that came is the one that a document shows. What differs from one run to the next is compared by its form only: times,
 * tokens, how long an EventSource is to wait. Whatever came for {@code ...} is right.
 */
final class Likeness {
    /** Stands for any text in a line, and alone for any lines. */
    static final String ELLIPSIS = "...";

    private record Form(Pattern pattern, String name) {}

    private static final List<Form> FORMS = List.of(
            new Form(
                    Pattern.compile("\"at\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\""), "\"at\":<time>"),
            new Form(
                    Pattern.compile("\"expires\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\""),
                    "\"expires\":<time>"),
            new Form(Pattern.compile("\"token\":\"\\d+\\.[\\w-]{22}\""), "\"token\":<token>"),
            new Form(Pattern.compile("^retry: [1-4]\\d{3}$"), "retry: <pause>"));

    private Likeness() {}

    static boolean is(String shown, String came) {
        String form = form(shown);
        if (!form.contains(ELLIPSIS)) {
            return form.equals(form(came));
        }
        String[] parts = form.split(Pattern.quote(ELLIPSIS), -1);
        String regex =
                String.join(".*", List.of(parts).stream().map(Pattern::quote).toList());
        return form(came).matches(regex);
    }

    private static String form(String line) {
        String form = line;
        for (Form each : FORMS) {
            form = each.pattern().matcher(form).replaceAll(each.name());
        }
        return form;
    }
}
