package prosa.lab.report;

import java.util.Locale;

/** The languages in which the laboratory talks. */
public enum Speech {
    ENGLISH("en", Locale.ENGLISH),
    PORTUGUESE("pt", Locale.of("pt", "BR"));

    private final String code;
    private final Locale locale;

    Speech(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /** What HTML and the command line call the language. */
    public String code() {
        return code;
    }

    Locale locale() {
        return locale;
    }

    public String either(String english, String portuguese) {
        return this == ENGLISH ? english : portuguese;
    }
}
