package prosa.dialect;

import java.util.Locale;

/** A language in which Prosa talks to people. */
public enum Language {
    ENGLISH(Locale.ENGLISH),
    PORTUGUESE(Locale.of("pt"));

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** The two letters of ISO 639: {@code en}, {@code pt}. */
    public String tag() {
        return locale.getLanguage();
    }
}
