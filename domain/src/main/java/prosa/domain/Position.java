package prosa.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log of everything that was said: {@code <epoch>-<offset>}.
 *
 * @param epoch milliseconds since 1970 when this log was made; kept with the log, never reused
 * @param offset counts the log's entries over all rooms, strictly increasing, not always without holes; 0 is before the first
 */
public record Position(long epoch, long offset) {
    // 18 digits fit a long whatever they are, so that parsing can't overflow.
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    public Position {
        if (epoch < 0 || offset < 0) {
            throw new IllegalArgumentException("negative position " + epoch + "-" + offset);
        }
    }

    /**
     * Reads {@code <epoch>-<offset>}, as a client sends it back in a {@code since}.
     *
     * @throws Refused {@link Reason#MALFORMED}
     */
    public static Position parse(String text) {
        return parse("since", text);
    }

    /**
     * Reads {@code <epoch>-<offset>}, as a client sends it back.
     *
     * @param part what the client calls it
     * @throws Refused {@link Reason#MALFORMED}
     */
    public static Position parse(String part, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Refused(new Fault.NotPosition(part));
        }
        return new Position(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return epoch + "-" + offset;
    }
}
