package prosa.bootstrap;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.lab.compare.BadOption;
import prosa.lab.compare.Tilde;
import prosa.language.Catalogue;
import prosa.language.Language;

/** What the options' values mean, on the command line and in the environment. */
final class OptionValues {
    private static final String OFF = "off";

    private static final int MEBIBYTES_IN_GIBIBYTE = 1_024;
    private static final int LEAST_MEBIBYTES = 256;
    private static final int MOST_MEBIBYTES = 1_024 * MEBIBYTES_IN_GIBIBYTE;

    /** As {@code ./prosa} reads it. */
    private static final Pattern SIZE = Pattern.compile("(?<number>[1-9][0-9]{0,5})(?:[mM]|(?<giga>[gG]))");

    /** A port is no number that is written in groups. */
    private static final String MAX_PORT = Integer.toString(Options.MAX_PORT);

    /** A value that someone chose, and where: {@code --http-port} or {@code PROSA_HTTP_PORT}. */
    private record Given(String where, String value) {}

    private final ParseResult result;
    private final Map<String, String> env;
    private final boolean launched;
    private final Language language;
    private final Catalogue words;

    /** @param language that was chosen, in which it is also told what is wrong */
    OptionValues(ParseResult result, Map<String, String> env, boolean launched, Language language) {
        this.result = result;
        this.env = env;
        this.launched = launched;
        this.language = language;
        this.words = Words.in(language);
    }

    Options options() throws BadOption {
        requireMemory();
        requireLanguage();
        return new Options(
                port(given(Option.HTTP_PORT)),
                port(given(Option.TCP_PORT)),
                tutorialPort(),
                port(given(Option.LAB_PORT)),
                bind(given(Option.BIND)),
                dataDir(given(Option.DATA_DIR)),
                history(given(Option.HISTORY)),
                language,
                isOn(given(Option.IO_URING)));
    }

    private Optional<Given> chosen(Option option) {
        if (result.hasMatchedOption(option.flag())) {
            return Optional.of(new Given(option.flag(), result.matchedOptionValue(option.flag(), "")));
        }
        // As everywhere in POSIX, an empty variable is as good as none.
        return Optional.ofNullable(env.get(option.variable()))
                .filter(value -> !value.isEmpty())
                .map(value -> new Given(option.variable(), value));
    }

    private Given given(Option option) {
        return chosen(option).orElse(new Given(option.flag(), option.fallback));
    }

    /** @param key of what goes on after the value */
    private BadOption bad(Given given, String key, Object... values) {
        return new BadOption(given.where(), given.value(), words.get(key, values));
    }

    private int port(Given given) throws BadOption {
        return port(given, "bad.port");
    }

    private int port(Given given, String complaint) throws BadOption {
        // Not Integer.parseInt alone: it takes +1 and other scripts' digits.
        if (given.value().matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(given.value());
            if (port <= Options.MAX_PORT) {
                return port;
            }
        }
        throw bad(given, complaint, MAX_PORT);
    }

    private Optional<TutorialPort> tutorialPort() throws BadOption {
        Optional<Given> chosen = chosen(Option.TUTORIAL_PORT);
        if (chosen.isEmpty()) {
            return Optional.of(new TutorialPort(Integer.parseInt(Option.TUTORIAL_PORT.fallback), false));
        }
        if (chosen.get().value().equals(OFF)) {
            return Optional.empty();
        }
        return Optional.of(new TutorialPort(port(chosen.get(), "bad.tutorial-port"), true));
    }

    private Bind bind(Given given) throws BadOption {
        try {
            return Bind.to(given.value());
        } catch (Bind.NotOurs e) {
            throw bad(
                    given,
                    switch (e.why()) {
                        case NO_ADDRESS -> "bad.bind.none";
                        case UNKNOWN -> "bad.bind.unknown";
                        case FOREIGN -> "bad.bind.foreign";
                    });
        }
    }

    private Path dataDir(Given given) throws BadOption {
        if (given.value().isBlank()) {
            throw bad(given, "bad.folder");
        }
        try {
            Path dir = Path.of(Tilde.expand(given.where(), given.value(), env, language));
            if (Files.exists(dir) && !Files.isDirectory(dir)) {
                throw bad(given, "bad.folder");
            }
            return dir;
        } catch (InvalidPathException e) {
            throw bad(given, "bad.folder");
        }
    }

    private History history(Given given) throws BadOption {
        return switch (given.value()) {
            case "sqlite" -> History.SQLITE;
            case "memory" -> History.MEMORY;
            default -> throw bad(given, "bad.history");
        };
    }

    /** The launcher has read it before there was a JVM; here it is only told what is wrong with it. */
    private void requireMemory() throws BadOption {
        Optional<Given> chosen = chosen(Option.MEMORY);
        if (chosen.isEmpty()) {
            return;
        }
        Given given = chosen.get();
        Matcher size = SIZE.matcher(given.value());
        if (!size.matches()) {
            throw bad(given, "bad.size");
        }
        long mebibytes =
                Long.parseLong(size.group("number")) * (size.group("giga") == null ? 1 : MEBIBYTES_IN_GIBIBYTE);
        if (mebibytes < LEAST_MEBIBYTES || mebibytes > MOST_MEBIBYTES) {
            throw bad(given, "bad.size-range");
        }
        if (!launched) {
            throw bad(given, "bad.java-jar");
        }
    }

    private boolean isOn(Given given) throws BadOption {
        return switch (given.value()) {
            case "on" -> true;
            case OFF -> false;
            default -> throw bad(given, "bad.switch");
        };
    }

    /** What names none was passed over when the language was chosen. */
    private void requireLanguage() throws BadOption {
        Optional<Given> chosen = chosen(Option.LANG);
        if (chosen.isPresent() && Language.of(chosen.get().value()).isEmpty()) {
            throw BadOption.noLanguage(chosen.get().where(), chosen.get().value(), language);
        }
    }
}
