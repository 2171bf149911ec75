package prosa.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long something is to be: {@code 30s}, {@code 10m}, {@code 1h}, {@code 7d}.
 *
 * @param length a second to {@link #LONGEST}
 */
public record Term(Duration length) {
    /** Some thirty years. */
    public static final Duration LONGEST = Duration.ofDays(9_999);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    /** @throws Refused {@link Reason#MALFORMED}, of what people call the time */
    public Term {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw new Refused(new Fault.NotTerm("time"));
        }
    }

    /** Reads one, if it is written like one. */
    public static Optional<Term> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        return Optional.of(new Term(
                switch (form.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                }));
    }

    /**
     * @param part what the client calls it
     * @throws Refused {@link Reason#MALFORMED}
     */
    public static Term parse(String part, String text) {
        return read(text).orElseThrow(() -> new Refused(new Fault.NotTerm(part)));
    }

    /** When it ends that begins now. */
    public Instant from(Instant now) {
        return now.plus(length);
    }
}
