package prosa.application.port;

import java.util.Optional;
import java.util.regex.Pattern;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * The header in which a trusted proxy says who somebody is.
 *
 * @param name of the header
 * @param strip what of its value is no part of the name
 */
public record UserHeader(String name, Optional<Strip> strip) {
    /** A token (RFC 9110 §5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** @throws IllegalArgumentException if no header can be called so */
    public UserHeader {
        if (!isName(name)) {
            throw new IllegalArgumentException("no header's name: " + name);
        }
    }

    /** Whether a header can be called so. */
    public static boolean isName(String name) {
        return TOKEN.matcher(name).matches();
    }

    /**
     * What is cut off: some text, and all that stands before or behind it, as much as there is. {@code @*} makes {@code ana} of {@code
     * ana@school.example}, and {@code *\} of {@code SCHOOL\ana}.
     *
     * @param text not empty
     * @param behind whether what stands behind the text goes with it; else what stands before it
     */
    public record Strip(String text, boolean behind) {
        private static final char REST = '*';

        /** A text, and one {@code *} behind or before it. Empty if this is none. */
        public static Optional<Strip> parse(String pattern) {
            int star = pattern.indexOf(REST);
            boolean one = star >= 0 && star == pattern.lastIndexOf(REST) && pattern.length() > 1;
            if (!one || star > 0 && star < pattern.length() - 1) {
                return Optional.empty();
            }
            return Optional.of(
                    star == 0 ? new Strip(pattern.substring(1), false) : new Strip(pattern.substring(0, star), true));
        }

        String of(String value) {
            int at = behind ? value.indexOf(text) : value.lastIndexOf(text);
            if (at < 0) {
                return value;
            }
            return behind ? value.substring(0, at) : value.substring(at + text.length());
        }
    }

    /**
     * Who somebody is.
     *
     * @param value of the header
     * @throws Refused {@link Reason#NAME_INVALID} if it is no name
     */
    public Name nameIn(String value) {
        return new Name(strip.map(cut -> cut.of(value)).orElse(value));
    }
}
