package prosa.lab.compare;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import prosa.language.Catalogue;
import prosa.language.Language;

/** An option makes no sense, here or on the server's own command line. */
public final class BadOption extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MOST_SHOWN = 80;

    private BadOption(String line) {
        super(line, null, false, false);
    }

    /**
     * @param where the option, or what else it came from
     * @param why in the language of whoever gave it
     */
    public BadOption(String where, String why) {
        this("prosa: " + where + ": " + why);
    }

    /** @param value what was given; {@code why} goes on after it */
    public BadOption(String where, String value, String why) {
        this(where, "\"" + shown(value) + "\" " + why);
    }

    /** @param help how to see which options there are */
    public static BadOption unknown(String typed, String help, Language language) {
        return new BadOption(shown(typed), Words.in(language).get("bad.unknown", help));
    }

    /** Not one of the languages that we speak. */
    public static BadOption noLanguage(String where, String value, Language language) {
        return new BadOption(where, value, Words.in(language).get("bad.language"));
    }

    /** What picocli finds, in our words: it has English ones alone. */
    public static BadOption of(ParameterException e, Language language) {
        Catalogue words = Words.in(language);
        if (e instanceof MissingParameterException missing) {
            return new BadOption(flags(missing.getMissing()), words.get("bad.missing"));
        }
        if (e instanceof OverwrittenOptionException twice) {
            return new BadOption(flags(List.of(twice.getOverwritten())), words.get("bad.twice"));
        }
        if (e.getArgSpec() instanceof OptionSpec option) {
            return new BadOption(flags(List.of(option)), words.get("bad.no-value"));
        }
        return new BadOption("prosa: " + words.get("bad.line"));
    }

    private static String flags(List<ArgSpec> options) {
        return options.stream()
                .map(option -> ((OptionSpec) option).longestName())
                .collect(Collectors.joining(", "));
    }

    /** What someone typed, fit for one line of a terminal. */
    private static String shown(String typed) {
        String line = typed.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
        return line.codePointCount(0, line.length()) <= MOST_SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }

    /** The one line that says so. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
