package prosa.domain;

import java.util.Locale;

/** The wire over which somebody speaks. */
public enum Via {
    WS,
    TCP,
    HTTP;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The wire as clients see it: {@code ws}, {@code tcp} or {@code http}. */
    public String word() {
        return word;
    }

    /**
     * The wire of that word.
     *
     * @throws Refused {@link Reason#MALFORMED} if there is none
     */
    public static Via of(String word) {
        for (Via via : values()) {
            if (via.word.equals(word)) {
                return via;
            }
        }
        throw new Refused(Reason.MALFORMED);
    }
}
