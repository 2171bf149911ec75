package prosa.language;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A language in which Prosa talks to people. */
public enum Language {
    ENGLISH(Locale.ENGLISH, ','),
    PORTUGUESE(Locale.of("pt", "BR"), '.');

    private static final int GROUP = 1_000;

    private final Locale locale;
    private final char groupingSeparator;

    /** @param groupingSeparator as the locale has it; to ask for it would take a tenth of the time of {@code --help} */
    Language(Locale locale, char groupingSeparator) {
        this.locale = locale;
        this.groupingSeparator = groupingSeparator;
    }

    public Locale locale() {
        return locale;
    }

    /** A number that is not negative, as people write it: {@code 9,000} or {@code 9.000}. Without a formatter, as each welcome has some. */
    public String number(int number) {
        return number < GROUP
                ? Integer.toString(number)
                : number(number / GROUP)
                        + groupingSeparator
                        + Integer.toString(GROUP + number % GROUP).substring(1);
    }

    /**
     * Names or other words, as people join them: {@code Ana, Bia, and Caio}, {@code Ana, Bia e Caio}. By CLDR's patterns, without a
     * formatter, as each welcome has such a list.
     */
    public String list(List<String> words) {
        int last = words.size() - 1;
        if (last < 1) {
            return String.join("", words);
        }
        String and = switch (this) {
            case ENGLISH -> last == 1 ? " and " : ", and ";
            case PORTUGUESE -> " e ";
        };
        return String.join(", ", words.subList(0, last)) + and + words.get(last);
    }

    /** Whether words that go with this number are in the singular. By CLDR's plural rules Portuguese counts 0 among them. */
    public boolean isOne(int count) {
        return switch (this) {
            case ENGLISH -> count == 1;
            case PORTUGUESE -> count == 0 || count == 1;
        };
    }

    /** The two letters of ISO 639: {@code en}, {@code pt}. */
    public String tag() {
        return locale.getLanguage();
    }

    /** All of them, by their {@link #tag()}. */
    public static List<String> tags() {
        return Arrays.stream(values()).map(Language::tag).toList();
    }

    /** The language with that {@link #tag()}. */
    public static Optional<Language> of(String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag().equalsIgnoreCase(tag))
                .findFirst();
    }

    /** The language of a POSIX locale, as in {@code LANG}: {@code pt_BR.UTF-8}, {@code C}. English if we don't speak it. */
    public static Language ofLocale(String lang) {
        return of(lang.split("[_.@-]", 2)[0]).orElse(ENGLISH);
    }

    /**
     * The language that a reader likes best, by RFC 9110 §12.5.4. Of equally liked ones the first named; English if none is.
     *
     * @param acceptLanguage the header's value, or an empty string where there is none; what is malformed in it is skipped
     */
    public static Language preferred(String acceptLanguage) {
        Map<Language, Double> liked = new EnumMap<>(Language.class);
        double others = 0;
        Language best = ENGLISH;
        double most = 0;
        for (String range : acceptLanguage.split(",")) {
            String[] parts = range.strip().split("\\s*;\\s*");
            double quality = quality(parts);
            Optional<Language> language = of(parts[0].split("-", 2)[0]);
            if (language.isPresent()) {
                liked.merge(language.get(), quality, Math::max);
                if (quality > most) {
                    most = quality;
                    best = language.get();
                }
            } else if (parts[0].equals("*")) {
                others = Math.max(others, quality);
            }
        }
        for (Language language : values()) {
            // "*" stands for every language that the header does not name.
            if (others > most && !liked.containsKey(language)) {
                most = others;
                best = language;
            }
        }
        return best;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
                return Double.parseDouble(parts[i].substring(2));
            }
            if (parts[i].matches("[qQ]=.*")) {
                return 0;
            }
        }
        return 1;
    }
}
