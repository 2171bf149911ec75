package prosa.adapter.tcp;

import java.util.regex.Pattern;
import prosa.dialect.JsonDialect;

/** Who is at the other end, as the first line tells. */
enum FirstLine {
    /** Somebody who types. */
    PERSON,
    /** Something that speaks {@code prosa.v1}. */
    PROGRAM,
    /**
     * A browser. A web page can make it post to this port, and so put words into the mouth of whoever reads that page; none of
     * it may be heard.
     */
    BROWSER;

    private static final Pattern REQUEST_LINE = Pattern.compile(".* HTTP/[0-9](\\.[0-9])?\\s*");
    // A request line too long to be seen whole: a method (a token of RFC 9110 §5.6.2), and a target that begins like
    // one.
    private static final Pattern REQUEST_LINE_BEGUN =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ (/|\\*|[A-Za-z][A-Za-z0-9+.-]*:).*", Pattern.DOTALL);

    static FirstLine of(LineReader.Line line) {
        if ((line.whole() ? REQUEST_LINE : REQUEST_LINE_BEGUN)
                .matcher(line.text())
                .matches()) {
            return BROWSER;
        }
        return line.whole() && line.text().equals(JsonDialect.NAME) ? PROGRAM : PERSON;
    }
}
