package prosa.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.lab.compare.Tilde;
import prosa.language.Language;

/**
 * The command line and the environment that speaks for it. Picocli takes the line apart and lays out the help; what a value
 * means is decided here, so that a bad one is told in the same words wherever it comes from.
 */
final class OptionsParser {
    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final String OFF = "off";
    private static final int MOST_SHOWN = 80;

    private static final int MEBIBYTES_IN_GIBIBYTE = 1_024;
    private static final int LEAST_MEBIBYTES = 256;
    private static final int MOST_MEBIBYTES = 1_024 * MEBIBYTES_IN_GIBIBYTE;

    /** As {@code ./prosa} reads it. */
    private static final Pattern SIZE = Pattern.compile("(?<number>[1-9][0-9]{0,5})(?:[mM]|(?<giga>[gG]))");

    /** What the options leave of 80 columns. */
    private static final int DESCRIPTION_WIDTH = 50;

    /** The options with a value, in the order of the help. Each is also read from the environment, as {@code PROSA_} and its name. */
    private enum Option {
        HTTP_PORT("PORT", "8080", "page, WebSocket, feed and HTTP; 0: any free port"),
        TCP_PORT("PORT", "2323", "telnet, and programs over TCP; 0: any free port"),
        TUTORIAL_PORT("PORT", "9090", "SSE tutorial; 0: any free port, off: none"),
        LAB_PORT("PORT", "0", "the page /lab; 0: any"),
        BIND("HOST", Bind.LOCALHOST, "address or host name to listen on; 0.0.0.0: all"),
        DATA_DIR("DIR", "data", "folder of the history, made if missing"),
        HISTORY("ENGINE", "sqlite", "sqlite, or memory: forgotten at the end"),
        LANG("en|pt", "by LANG", "language of TCP"),
        IO_URING("on|off", "on", "writes in batches"),
        MEMORY("SIZE", "1g", "heap and direct memory");

        final String placeholder;
        final String fallback;
        final String help;

        Option(String placeholder, String fallback, String help) {
            this.placeholder = placeholder;
            this.fallback = fallback;
            this.help = help;
        }

        String flag() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String variable() {
            return "PROSA_" + name();
        }

        /** On one line if it fits: the whole help is one screen. */
        String[] description() {
            String origin = "(default: " + fallback + "; " + variable() + ")";
            String line = help + " " + origin;
            return line.length() <= DESCRIPTION_WIDTH ? new String[] {line} : new String[] {help, origin};
        }
    }

    /** A value that someone chose, and where: {@code --http-port} or {@code PROSA_HTTP_PORT}. */
    private record Given(String where, String value) {}

    /** Ends the parsing: its message is the line to print. */
    private static final class BadOption extends Exception {
        private static final long serialVersionUID = 1;

        BadOption(String where, String why) {
            super("prosa: " + where + ": " + why, null, false, false);
        }

        BadOption(Given given, String why) {
            this(given.where(), "\"" + shown(given.value()) + "\" " + why);
        }

        String line() {
            return String.valueOf(getMessage());
        }
    }

    private final Map<String, String> env;
    private final boolean launched;

    /** @param launched whether {@code ./prosa} has started this JVM, and so has given it the memory that was asked for */
    OptionsParser(Map<String, String> env, boolean launched) {
        this.env = env;
        this.launched = launched;
    }

    Parsed parse(List<String> args) {
        CommandLine line = new CommandLine(spec())
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(HELP)) {
                return new Parsed.Print(line.getUsageMessage(Ansi.OFF).stripTrailing());
            }
            if (result.hasMatchedOption(VERSION)) {
                return new Parsed.Print("prosa " + version());
            }
            for (String unknown : result.unmatched()) {
                throw new BadOption(shown(unknown), "no such option, see " + HELP);
            }
            return new Parsed.Run(options(result));
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(explained(e).line());
        }
    }

    private Options options(ParseResult result) throws BadOption {
        requireMemory(chosen(Option.MEMORY, result));
        return new Options(
                port(given(Option.HTTP_PORT, result)),
                port(given(Option.TCP_PORT, result)),
                tutorialPort(chosen(Option.TUTORIAL_PORT, result)),
                port(given(Option.LAB_PORT, result)),
                bind(given(Option.BIND, result)),
                dataDir(given(Option.DATA_DIR, result)),
                history(given(Option.HISTORY, result)),
                language(chosen(Option.LANG, result)),
                isOn(given(Option.IO_URING, result)));
    }

    /** By programming picocli, not by annotations: reflecting on those would take longer than all the rest. */
    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("./prosa");
        spec.usageMessage()
                .description("A chat in which a browser, a feed, telnet and curl share one room.%n")
                .customSynopsis(
                        "./prosa [OPTION...]", "./prosa compare [OPTION...]  (see ./prosa compare " + HELP + ")")
                .sortOptions(false)
                .longOptionsMaxWidth(24)
                .footer("%nThe command line wins over the environment. JVM options: PROSA_JAVA_OPTS.");
        for (Option option : Option.values()) {
            spec.addOption(OptionSpec.builder(option.flag())
                    .type(String.class)
                    .paramLabel(option.placeholder)
                    .description(option.description())
                    .build());
        }
        return spec.addOption(OptionSpec.builder(HELP)
                        .usageHelp(true)
                        .description("print this")
                        .build())
                .addOption(OptionSpec.builder(VERSION)
                        .versionHelp(true)
                        .description("print the version")
                        .build());
    }

    private Optional<Given> chosen(Option option, ParseResult result) {
        if (result.hasMatchedOption(option.flag())) {
            return Optional.of(new Given(option.flag(), result.matchedOptionValue(option.flag(), "")));
        }
        // As everywhere in POSIX, an empty variable is as good as none.
        return Optional.ofNullable(env.get(option.variable()))
                .filter(value -> !value.isEmpty())
                .map(value -> new Given(option.variable(), value));
    }

    private Given given(Option option, ParseResult result) {
        return chosen(option, result).orElse(new Given(option.flag(), option.fallback));
    }

    private static int port(Given given) throws BadOption {
        return port(given, "is not a port (0 to " + Options.MAX_PORT + ")");
    }

    private static int port(Given given, String complaint) throws BadOption {
        // Not Integer.parseInt alone: it takes +1 and other scripts' digits.
        if (given.value().matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(given.value());
            if (port <= Options.MAX_PORT) {
                return port;
            }
        }
        throw new BadOption(given, complaint);
    }

    private static Optional<TutorialPort> tutorialPort(Optional<Given> chosen) throws BadOption {
        if (chosen.isEmpty()) {
            return Optional.of(new TutorialPort(Integer.parseInt(Option.TUTORIAL_PORT.fallback), false));
        }
        if (chosen.get().value().equals(OFF)) {
            return Optional.empty();
        }
        String complaint = "is neither a port (0 to " + Options.MAX_PORT + ") nor " + OFF;
        return Optional.of(new TutorialPort(port(chosen.get(), complaint), true));
    }

    private static Bind bind(Given given) throws BadOption {
        try {
            return Bind.to(given.value());
        } catch (UnknownHostException e) {
            throw new BadOption(given, "is " + e.getMessage());
        }
    }

    private Path dataDir(Given given) throws BadOption {
        if (given.value().isBlank()) {
            throw new BadOption(given, "is not a folder");
        }
        try {
            Path dir = Path.of(Tilde.expand(given.value(), env));
            if (Files.exists(dir) && !Files.isDirectory(dir)) {
                throw new BadOption(given, "is not a folder");
            }
            return dir;
        } catch (InvalidPathException e) {
            throw new BadOption(given, "is not a folder");
        } catch (IllegalArgumentException e) {
            throw new BadOption(given, String.valueOf(e.getMessage()));
        }
    }

    private static History history(Given given) throws BadOption {
        return switch (given.value()) {
            case "sqlite" -> History.SQLITE;
            case "memory" -> History.MEMORY;
            default -> throw new BadOption(given, "is neither sqlite nor memory");
        };
    }

    /** The launcher has read it before there was a JVM; here it is only told what is wrong with it. */
    private void requireMemory(Optional<Given> chosen) throws BadOption {
        if (chosen.isEmpty()) {
            return;
        }
        Given given = chosen.get();
        Matcher size = SIZE.matcher(given.value());
        if (!size.matches()) {
            throw new BadOption(given, "is not a size like 512m or 2g");
        }
        long mebibytes =
                Long.parseLong(size.group("number")) * (size.group("giga") == null ? 1 : MEBIBYTES_IN_GIBIBYTE);
        if (mebibytes < LEAST_MEBIBYTES || mebibytes > MOST_MEBIBYTES) {
            throw new BadOption(given, "is not from 256m to 1024g");
        }
        if (!launched) {
            throw new BadOption(given, "is not for java -jar: say -Xmx and -XX:MaxDirectMemorySize, or start ./prosa");
        }
    }

    private static boolean isOn(Given given) throws BadOption {
        return switch (given.value()) {
            case "on" -> true;
            case OFF -> false;
            default -> throw new BadOption(given, "is neither on nor off");
        };
    }

    private Language language(Optional<Given> chosen) throws BadOption {
        if (chosen.isEmpty()) {
            return languageOfLocale();
        }
        return Language.of(chosen.get().value()).orElseThrow(() -> new BadOption(chosen.get(), "is neither en nor pt"));
    }

    /** The language of messages as POSIX finds it: the first of these that is set. */
    private Language languageOfLocale() {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> env.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(Language::ofLocale)
                .orElse(Language.ENGLISH);
    }

    private static BadOption explained(ParameterException e) {
        if (e instanceof MissingParameterException missing) {
            return new BadOption(flags(missing.getMissing()), "a value is missing");
        }
        if (e instanceof OverwrittenOptionException twice) {
            return new BadOption(flags(List.of(twice.getOverwritten())), "given twice");
        }
        if (e.getArgSpec() instanceof OptionSpec option) {
            return new BadOption(flags(List.of(option)), "takes no value");
        }
        return new BadOption("command line", shown(String.valueOf(e.getMessage())));
    }

    private static String flags(List<ArgSpec> options) {
        return options.stream()
                .map(option -> ((OptionSpec) option).longestName())
                .collect(Collectors.joining(", "));
    }

    static String version() {
        try (InputStream in = OptionsParser.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What someone typed, fit for one line of a terminal. */
    private static String shown(String typed) {
        String line = typed.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
        return line.codePointCount(0, line.length()) <= MOST_SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }
}
