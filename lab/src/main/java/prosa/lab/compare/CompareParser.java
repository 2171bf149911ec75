package prosa.lab.compare;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.Wire;
import prosa.lab.compare.CompareOptions.Parsed;
import prosa.lab.compare.CompareOptions.Running;
import prosa.lab.figures.Experiment;
import prosa.language.Language;

/** The command line of {@code compare}: picocli takes it apart, what a value means is decided here. */
final class CompareParser {
    private static final String HELP = "--help";
    private static final String URL = "--url";
    private static final String TCP = "--tcp";
    private static final String PID = "--pid";
    private static final String WIRES = "--wires";
    private static final String EXPERIMENTS = "--experiments";
    private static final String SECONDS = "--seconds";
    private static final String JSON = "--json";
    private static final String HTML = "--html";
    private static final String FROM = "--from";
    private static final String DOCS = "--docs";
    private static final String LANG = "--lang";
    private static final String NONE = "none";

    private static final int DEFAULT_HTTP = 80;
    private static final int DEFAULT_TCP = 2323;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_SHOWN = 80;

    /** Its message is the line to print. */
    private static final class BadOption extends Exception {
        private static final long serialVersionUID = 1;

        BadOption(String option, String value, String why) {
            super("prosa: " + option + ": \"" + shown(value) + "\" " + why, null, false, false);
        }

        String line() {
            return String.valueOf(getMessage());
        }
    }

    private final Map<String, String> env;

    CompareParser(Map<String, String> env) {
        this.env = env;
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
            if (!result.unmatched().isEmpty()) {
                return new Parsed.Bad(
                        "prosa: " + shown(result.unmatched().getFirst()) + ": no such option, see compare " + HELP);
            }
            return new Parsed.Run(options(result));
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad("prosa: " + shown(String.valueOf(e.getMessage())));
        }
    }

    /** By programming picocli, not by annotations: reflecting on those would take longer than all the rest. */
    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("./prosa compare");
        spec.usageMessage()
                .description("Measures what each wire costs and loses, on this machine.%n")
                .customSynopsis("./prosa compare [OPTION...]")
                .sortOptions(false)
                .longOptionsMaxWidth(24)
                .footer(
                        "%nEnds with 0, with 2 if an option makes no sense, with 1 if something could not be measured.");
        option(spec, URL, "URL", "a server that runs already, as http://HOST:PORT", "one of its own");
        option(spec, TCP, "HOST:PORT", "where that server speaks TCP", "its host, port " + DEFAULT_TCP);
        option(spec, PID, "N", "that server's process on this machine, for CPU and memory", "not measured");
        option(spec, WIRES, "A,B", "of " + ids(Wire.values(), Wire::id), "all");
        option(
                spec,
                EXPERIMENTS,
                "A,B",
                "of " + ids(Experiment.Kind.values(), Experiment.Kind::id) + ", or " + NONE,
                "all");
        option(
                spec,
                SECONDS,
                "N",
                "for how long each wire's messages count",
                Long.toString(Compare.USUAL.duration().toSeconds()));
        option(spec, JSON, "FILE", "write the figures there", NONE);
        option(spec, HTML, "FILE", "write a report with plots there", NONE);
        option(spec, FROM, "FILE", "show the figures that --json wrote there, without measuring", "measure");
        option(spec, DOCS, "FOLDER", "put the figures into the discussion.md and discussion.pt.md there", NONE);
        option(spec, LANG, "en|pt", "language of what is printed", "by LANG");
        return spec.addOption(OptionSpec.builder(HELP)
                .usageHelp(true)
                .description("print this")
                .build());
    }

    private static void option(CommandSpec spec, String flag, String placeholder, String help, String fallback) {
        spec.addOption(OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(placeholder)
                .description(help, "(default: " + fallback + ")")
                .build());
    }

    private CompareOptions options(ParseResult result) throws BadOption {
        return new CompareOptions(
                running(result),
                some(WIRES, given(WIRES, result), Wire.class, Wire::id, false),
                some(EXPERIMENTS, given(EXPERIMENTS, result), Experiment.Kind.class, Experiment.Kind::id, true),
                duration(given(SECONDS, result)),
                readable(given(FROM, result)),
                file(JSON, given(JSON, result)),
                file(HTML, given(HTML, result)),
                documents(given(DOCS, result)),
                language(given(LANG, result)));
    }

    private static Optional<String> given(String flag, ParseResult result) {
        return Optional.ofNullable(result.matchedOptionValue(flag, null));
    }

    private static Optional<Running> running(ParseResult result) throws BadOption {
        Optional<String> url = given(URL, result);
        if (url.isEmpty()) {
            for (String flag : List.of(TCP, PID)) {
                if (given(flag, result).isPresent()) {
                    throw new BadOption(flag, given(flag, result).get(), "goes with " + URL);
                }
            }
            return Optional.empty();
        }
        InetSocketAddress http = place(URL, url.get(), "http", DEFAULT_HTTP);
        Optional<String> tcp = given(TCP, result);
        InetSocketAddress lines = tcp.isPresent()
                ? place(TCP, "tcp://" + tcp.get(), "tcp", DEFAULT_TCP)
                : new InetSocketAddress(http.getHostString(), DEFAULT_TCP);
        Optional<String> pid = given(PID, result);
        return Optional.of(new Running(http, lines, pid.isPresent() ? process(pid.get()) : OptionalLong.empty()));
    }

    private static InetSocketAddress place(String flag, String value, String scheme, int port) throws BadOption {
        try {
            URI uri = URI.create(value);
            if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
                throw new BadOption(flag, value, "is not " + (flag.equals(URL) ? "http://HOST:PORT" : "HOST:PORT"));
            }
            InetSocketAddress place = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
            if (place.isUnresolved()) {
                throw new BadOption(flag, value, "is on no host that is known here");
            }
            return place;
        } catch (IllegalArgumentException e) {
            throw new BadOption(flag, value, "is no address");
        }
    }

    private static OptionalLong process(String value) throws BadOption {
        long pid = number(PID, value, Integer.MAX_VALUE);
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new BadOption(PID, value, "is no process here");
        }
        return OptionalLong.of(pid);
    }

    private static Optional<Duration> duration(Optional<String> seconds) throws BadOption {
        return seconds.isPresent()
                ? Optional.of(Duration.ofSeconds(number(SECONDS, seconds.get(), MOST_SECONDS)))
                : Optional.empty();
    }

    private static int number(String flag, String value, int most) throws BadOption {
        // Not Integer.parseInt alone: it takes +1 and other scripts' digits.
        if (value.matches("[1-9][0-9]{0,9}") && Long.parseLong(value) <= most) {
            return Integer.parseInt(value);
        }
        throw new BadOption(flag, value, "is not a whole number from 1 to " + most);
    }

    private static <E extends Enum<E>> Set<E> some(
            String flag, Optional<String> value, Class<E> type, Function<E, String> id, boolean orNone)
            throws BadOption {
        if (value.isEmpty()) {
            return EnumSet.allOf(type);
        }
        Set<E> chosen = EnumSet.noneOf(type);
        if (orNone && value.get().equals(NONE)) {
            return chosen;
        }
        for (String wanted : value.get().split(",", -1)) {
            Optional<E> found = Arrays.stream(type.getEnumConstants())
                    .filter(one -> id.apply(one).equals(wanted))
                    .findFirst();
            chosen.add(found.orElseThrow(
                    () -> new BadOption(flag, wanted, "is none of " + ids(type.getEnumConstants(), id))));
        }
        return chosen;
    }

    private static <E> String ids(E[] all, Function<E, String> id) {
        return Stream.of(all).map(id).collect(Collectors.joining(", "));
    }

    /** Told before three minutes are spent on what then can't be written. */
    private Optional<Path> file(String flag, Optional<String> value) throws BadOption {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Path file = path(flag, value.get());
        Path folder = file.getParent();
        boolean writable = !value.get().isBlank()
                && folder != null
                && Files.isWritable(folder)
                && !Files.isDirectory(file)
                && (Files.notExists(file) || Files.isWritable(file));
        if (!writable) {
            throw new BadOption(flag, value.get(), "can't be written");
        }
        return Optional.of(file);
    }

    private Path path(String flag, String value) throws BadOption {
        try {
            return Path.of(Tilde.expand(value, env)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new BadOption(flag, value, "is no file's name");
        } catch (IllegalArgumentException e) {
            throw new BadOption(flag, value, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Path> readable(Optional<String> value) throws BadOption {
        return existing(FROM, value, path -> Files.isRegularFile(path) && Files.isReadable(path), "can't be read");
    }

    private Optional<Path> documents(Optional<String> value) throws BadOption {
        return existing(
                DOCS,
                value,
                folder -> Files.isWritable(folder.resolve("discussion.md"))
                        && Files.isWritable(folder.resolve("discussion.pt.md")),
                "has no discussion.md and discussion.pt.md that can be written");
    }

    private Optional<Path> existing(String flag, Optional<String> value, Predicate<Path> fits, String otherwise)
            throws BadOption {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Path path = path(flag, value.get());
        if (value.get().isBlank() || !fits.test(path)) {
            throw new BadOption(flag, value.get(), otherwise);
        }
        return Optional.of(path);
    }

    private Language language(Optional<String> lang) throws BadOption {
        if (lang.isPresent()) {
            return switch (lang.get()) {
                case "en" -> Language.ENGLISH;
                case "pt" -> Language.PORTUGUESE;
                default -> throw new BadOption(LANG, lang.get(), "is neither en nor pt");
            };
        }
        // PROSA_LANG as for the server, then the language of messages as POSIX finds it.
        return Stream.of("PROSA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> env.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .filter(value -> value.matches("pt([_.@-].*)?"))
                .map(value -> Language.PORTUGUESE)
                .orElse(Language.ENGLISH);
    }

    /** What someone typed, fit for one line of a terminal. */
    private static String shown(String typed) {
        String line = typed.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
    }
}
