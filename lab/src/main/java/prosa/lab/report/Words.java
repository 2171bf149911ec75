package prosa.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import prosa.lab.Wire;

/** All that a report says, in one language: a text for each key, and numbers as they are written there. */
final class Words {
    private static final Pattern MANY = Pattern.compile("((?:> )?)([0-9]{4,18})((?: ms)?)");
    private static final String REFUSED = "refused-";
    private static final String CLOSED = "closed-";
    private static final double FEW = 99.95;
    private static final double MICROS = 1_000;
    private static final double MANY_MICROS = 10_000_000;

    private final Speech speech;
    private final Map<String, String> texts;

    private Words(Speech speech, Map<String, String> texts) {
        this.speech = speech;
        this.texts = texts;
    }

    static Words of(Speech speech) {
        Properties read = new Properties();
        String name = "words." + speech.code() + ".properties";
        try (InputStream from = Objects.requireNonNull(Words.class.getResourceAsStream(name), name);
                Reader text = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            read.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Words(
                speech,
                read.stringPropertyNames().stream()
                        .collect(Collectors.toUnmodifiableMap(key -> key, key -> read.getProperty(key, ""))));
    }

    Speech speech() {
        return speech;
    }

    Set<String> keys() {
        return texts.keySet();
    }

    /** @throws IllegalArgumentException if there is no such text */
    String get(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException(key + " has no text in " + speech);
        }
        return text;
    }

    /** With numbers and other values in the places of {@code %s}. */
    String get(String key, Object... values) {
        return get(key).formatted(values);
    }

    /** What an id of a trial means; as it is if that is not known. */
    String id(String kind, String id) {
        return texts.getOrDefault(kind + "." + id, id);
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
        return speech.locale();
    }
}
