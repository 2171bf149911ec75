package prosa.bootstrap.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an example.
 *
 * @param who whose it is: the word before the mark, or an empty string where only one person is shown
 * @param line where it stands in the document
 */
public record Step(Kind kind, String who, String text, int line) {
    private static final Pattern MARKED = Pattern.compile("(\\w*)([$><@])(?: (.*))?");

    /** What a line does. */
    public enum Kind {
        /** {@code $ curl ...}: somebody comes. */
        COMMAND,
        /** {@code > oi}: is typed or sent. */
        SENT,
        /** {@code < oi}, or no mark: has to come. */
        SHOWN,
        /** {@code @ 2026-11-25T23:58:00Z}: so late it is now. */
        TIME
    }

    static Step of(String text, int line) {
        Matcher marked = MARKED.matcher(text);
        if (!marked.matches()) {
            return new Step(Kind.SHOWN, "", text, line);
        }
        String rest = marked.group(3) == null ? "" : marked.group(3);
        return new Step(kind(marked.group(2)), marked.group(1), rest, line);
    }

    private static Kind kind(String mark) {
        return switch (mark) {
            case "$" -> Kind.COMMAND;
            case ">" -> Kind.SENT;
            case "@" -> Kind.TIME;
            default -> Kind.SHOWN;
        };
    }
}
