package prosa.domain;

import java.util.regex.Pattern;

/**
 * The wire over which somebody speaks, as clients see it: {@code ws}, {@code tcp}, {@code http}, or what a newer program brings.
 *
 * @param word 1 to 16 of {@code a-z}, {@code 0-9} and {@code -}, beginning with a letter
 */
public record Via(String word) {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,15}");

    /** @throws Refused {@link Reason#MALFORMED} if it is no such word */
    public Via {
        if (!WORD.matcher(word).matches()) {
            throw new Refused(Reason.MALFORMED);
        }
    }

    @Override
    public String toString() {
        return word;
    }
}
