package prosa.domain;

import java.util.List;

/**
 * What somebody says: 1 to 4,000 code points, not only what shows nothing, and free of what could forge or hide something on a
 * reader's screen. Line ends are LF, and none is at the end; controls other than TAB, bidirectional controls and invalid Unicode became
 * U+FFFD.
 *
 * @param value the text, cleaned
 */
public record Text(String value) {
    /** The greatest length, in code points. */
    public static final int MAX_CODE_POINTS = 4_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final char NEL = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    /** @throws Refused {@link Reason#TEXT_EMPTY} or {@link Reason#TEXT_TOO_LONG} */
    public Text {
        // Cleaning never makes a text longer, and CRLF at most halves it: what is longer than this needs no cleaning.
        if (value.length() > 4 * MAX_CODE_POINTS) {
            throw new Refused(Reason.TEXT_TOO_LONG);
        }
        // `date | curl --data-binary @-` sends one: it would be an empty line under the text on everybody's terminal.
        value = withoutLineEnds(cleaned(value));
        if (showsNothing(value)) {
            throw new Refused(Reason.TEXT_EMPTY);
        }
        if (value.codePointCount(0, value.length()) > MAX_CODE_POINTS) {
            throw new Refused(Reason.TEXT_TOO_LONG);
        }
    }

    /**
     * What was kept when the rules were others: what shows nothing becomes U+FFFD.
     *
     * @throws Refused {@link Reason#TEXT_TOO_LONG}
     */
    public static Text kept(String value) {
        return new Text(showsNothing(value) ? String.valueOf(REPLACEMENT) : value);
    }

    /** The text's lines, at least one. */
    public List<String> lines() {
        return List.of(value.split("\n", -1));
    }

    private static boolean showsNothing(String text) {
        return text.codePoints().allMatch(Text::isBlank);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Unicode.DEFAULT_IGNORABLE.contains(c)
                || Character.getType(c) == Character.FORMAT // interlinear annotations
                || c == NEL
                || c == '\u2800'; // braille blank
    }

    private static String withoutLineEnds(String clean) {
        int end = clean.length();
        while (end > 0 && clean.charAt(end - 1) == '\n') {
            end--;
        }
        return clean.substring(0, end);
    }

    private static String cleaned(String raw) {
        if (isClean(raw)) {
            return raw;
        }
        StringBuilder clean = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                if (i < raw.length() && raw.charAt(i) == '\n') {
                    i++;
                }
                clean.append('\n');
            } else if (isLineEnd(c)) {
                clean.append('\n');
            } else if (isForbidden(c)) {
                clean.append(REPLACEMENT);
            } else {
                clean.appendCodePoint(c);
            }
        }
        return clean.toString();
    }

    private static boolean isClean(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' ? c != '\n' && c != '\t' : c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == NEL || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    private static boolean isForbidden(int c) {
        return Character.getType(c) == Character.SURROGATE
                || Character.isISOControl(c) && c != '\t'
                || isBidiControl(c)
                || (c & 0xFFFE) == 0xFFFE // noncharacters
                || c >= 0xFDD0 && c <= 0xFDEF;
    }

    /** Unicode's Bidi_Control property (UAX #9 §2): these reorder what a reader sees. */
    private static boolean isBidiControl(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    @Override
    public String toString() {
        return value;
    }
}
