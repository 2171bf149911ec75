package prosa.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;
import prosa.lab.compare.BadOption;
import prosa.language.Catalogue;

/** What someone chose, on the command line or, where that is silent, in the environment. */
record Choices(ParseResult result, Map<String, String> env, Catalogue words) {
    static final String OFF = "off";

    /** A port is no number that is written in groups. */
    static final String MAX_PORT = Integer.toString(Options.MAX_PORT);

    /** A value that someone chose, and where: {@code --http-port} or {@code PROSA_HTTP_PORT}. */
    record Given(String where, String value) {}

    Optional<Given> chosen(Option option) {
        if (result.hasMatchedOption(option.flag())) {
            return Optional.of(new Given(option.flag(), result.matchedOptionValue(option.flag(), "")));
        }
        // As everywhere in POSIX, an empty variable is as good as none.
        return Optional.ofNullable(env.get(option.variable()))
                .filter(value -> !value.isEmpty())
                .map(value -> new Given(option.variable(), value));
    }

    /** All values of an option that may be given several times. */
    List<Given> all(Option option) {
        if (result.hasMatchedOption(option.flag())) {
            return result.matchedOptionValue(option.flag(), List.<String>of()).stream()
                    .map(value -> new Given(option.flag(), value))
                    .toList();
        }
        return Stream.of(env.getOrDefault(option.variable(), "").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Given(option.variable(), value))
                .toList();
    }

    Given given(Option option) {
        return chosen(option).orElse(new Given(option.flag(), option.fallback));
    }

    /** @param key of what goes on after the value */
    BadOption bad(Given given, String key, Object... values) {
        return new BadOption(given.where(), given.value(), words.get(key, values));
    }

    /** Something is wrong not with the value, but with its being given. */
    BadOption alone(Given given, String key, Object... values) {
        return new BadOption(given.where(), words.get(key, values));
    }

    boolean isOn(Given given) throws BadOption {
        return switch (given.value()) {
            case "on" -> true;
            case OFF -> false;
            default -> throw bad(given, "bad.switch");
        };
    }

    int port(Given given, String complaint) throws BadOption {
        return port(given, given.value(), complaint);
    }

    /** @param number the part of what was given that is to be one */
    int port(Given given, String number, String complaint) throws BadOption {
        // Not Integer.parseInt alone: it takes +1 and other scripts' digits.
        if (number.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(number);
            if (port <= Options.MAX_PORT) {
                return port;
            }
        }
        throw bad(given, complaint, MAX_PORT);
    }

    /** Empty if it is off. */
    OptionalInt portOrOff(Option option) throws BadOption {
        Given given = given(option);
        return given.value().equals(OFF) ? OptionalInt.empty() : OptionalInt.of(port(given, "bad.port-or-off"));
    }
}
