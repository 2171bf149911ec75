package prosa.lab.report;

import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.lab.Wire;
import prosa.language.Catalogue;
import prosa.language.Language;

/** All that a report says, in one language: a text for each key, and numbers as they are written there. */
final class Words {
    private static final Pattern MANY = Pattern.compile("((?:> )?)([0-9]{4,18})((?: ms)?)");
    private static final String REFUSED = "refused-";
    private static final String CLOSED = "closed-";
    private static final double FEW = 99.95;
    private static final double MICROS = 1_000;
    private static final double MANY_MICROS = 10_000_000;

    private final Catalogue texts;

    private Words(Catalogue texts) {
        this.texts = texts;
    }

    static Words of(Language language) {
        return new Words(Catalogue.beside(Words.class, language));
    }

    Language language() {
        return texts.language();
    }

    Set<String> keys() {
        return texts.keys();
    }

    /** @throws IllegalArgumentException if there is no such text */
    String get(String key) {
        return texts.get(key);
    }

    /** With numbers and other values in their places. */
    String get(String key, Object... values) {
        return texts.get(key, values);
    }

    /** What an id of a trial means; as it is if that is not known. */
    String id(String kind, String id) {
        return texts.find(kind + "." + id).orElse(id);
    }

    /** What was seen: a number with its unit, an id, or one with what goes with it, as in {@code refused-text-empty}. */
    String value(String value) {
        if (value.matches("(> )?[0-9]+\\.[0-9]+ s")) {
            return value.replace('.', DecimalFormatSymbols.getInstance(locale()).getDecimalSeparator());
        }
        Matcher many = MANY.matcher(value);
        if (many.matches()) {
            return many.group(1) + whole(Long.parseLong(many.group(2))) + many.group(3);
        }
        if (value.startsWith(REFUSED)) {
            return get("value.refused", value.substring(REFUSED.length()));
        }
        if (value.startsWith(CLOSED)) {
            return get("value.closed-with", value.substring(CLOSED.length()));
        }
        return id("value", value);
    }

    String wire(Wire wire) {
        return get("wire." + wire.id());
    }

    /** Rounded to what one can still make something of: a decimal below a hundred. */
    String number(double value) {
        return Math.abs(value) < FEW && value != Math.rint(value) ? fixed(value, 1) : whole(Math.round(value));
    }

    String whole(long value) {
        return String.format(locale(), "%,d", value);
    }

    /** Microseconds as milliseconds, without the unit. */
    String millis(long micros) {
        double millis = micros / MICROS;
        return millis < 1 ? fixed(millis, 2) : number(millis);
    }

    /** Microseconds with the unit that fits. */
    String time(long micros) {
        return micros < MANY_MICROS ? millis(micros) + " ms" : fixed(micros / (MICROS * MICROS), 1) + " s";
    }

    String seconds(double seconds) {
        return (seconds == Math.rint(seconds) ? whole((long) seconds) : fixed(seconds, 1)) + " s";
    }

    private String fixed(double value, int digits) {
        return String.format(locale(), "%,." + digits + "f", value);
    }

    private Locale locale() {
        return language().locale();
    }
}
