package prosa.checker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.checker.CheckOptions.Parsed;
import prosa.checker.run.Fault;
import prosa.checker.run.Node;

/** The command line of {@code checker/check}. */
final class CheckParser {
    private static final String FAULT = "--fault";
    private static final String ROUNDS = "--rounds";
    private static final String HISTORY = "--history";
    private static final String ENGINES = "--engines";
    private static final String NODE = "--node";
    private static final String SEED = "--seed";
    private static final String CALM = "--calm";
    private static final String PATIENCE = "--patience";
    private static final String RATE = "--rate";
    private static final String FOLDER = "--folder";
    private static final String PROSA = "--prosa";
    private static final String HELP = "--help";
    private static final int MOST = 100_000;
    private static final int CLUSTER = 3;

    private final ParseResult result;

    private CheckParser(ParseResult result) {
        this.result = result;
    }

    /** Prints nothing. */
    static Parsed parse(List<String> args) {
        CommandLine line = new CommandLine(spec());
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            return result.hasMatchedOption(HELP)
                    ? new Parsed.Print(line.getUsageMessage(Ansi.OFF).stripTrailing())
                    : new Parsed.Run(new CheckParser(result).options());
        } catch (ParameterException | IllegalArgumentException | IOException e) {
            return new Parsed.Bad(String.valueOf(e.getMessage()));
        }
    }

    private static CommandSpec spec() {
        String faults = Arrays.stream(Fault.values())
                .map(fault -> "  " + fault.id() + ": " + fault.words())
                .collect(Collectors.joining("%n"));
        CommandSpec spec = CommandSpec.create().name("checker/check");
        spec.usageMessage()
                .description(
                        "People talk at a Prosa, something happens to it, and it is decided whether it kept its word.",
                        "")
                .sortOptions(false)
                .footer("", "Faults:", faults, "", "Status 0: all rounds were sound; 1: not all; 2: there was none.");
        spec.addOption(value(FAULT, "FAULT", "with these alone, separated by commas; else with all that are possible"));
        spec.addOption(value(ROUNDS, "N", "so many with each fault (1)"));
        spec.addOption(value(HISTORY, "sqlite|nats", "one Prosa, or two that share their rooms (sqlite)"));
        spec.addOption(value(ENGINES, "1|3", "so many nats-servers (3)"));
        spec.addOption(OptionSpec.builder(NODE)
                .type(String[].class)
                .paramLabel("URL[,URL]")
                .description(
                        "a Prosa that runs already: http[s]://HOST:PORT and perhaps tcp[s]://HOST:PORT; may be repeated")
                .build());
        spec.addOption(value(RATE, "N", "so many messages a second (100; newcomer: 1000)"));
        spec.addOption(value(CALM, "SECONDS", "how long people talk before the fault and after it (3)"));
        spec.addOption(
                value(PATIENCE, "SECONDS", "how long it may take until all is well again (20; several nodes: 120)"));
        spec.addOption(value(SEED, "N", "of what is said (any)"));
        spec.addOption(value(FOLDER, "FOLDER", "for what is kept and logged, which has to be empty (a temporary one)"));
        spec.addOption(value(
                PROSA, "JAR[,JAR]", "what is tried; of two, an upgrade leads to the second, and the next one back"));
        return spec.addOption(OptionSpec.builder(HELP)
                .usageHelp(true)
                .description("shows this")
                .build());
    }

    private static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private CheckOptions options() throws IOException {
        List<Node> nodes = nodes();
        String history = text(HISTORY, "sqlite");
        if (!history.equals("sqlite") && !history.equals("nats")) {
            throw new IllegalArgumentException(HISTORY + " " + history + ": sqlite or nats");
        }
        boolean shared = history.equals("nats");
        int engines = shared ? number(ENGINES, CLUSTER) : 0;
        List<List<String>> prosas = nodes.isEmpty() ? prosas() : List.of(List.of());
        boolean several = shared || nodes.size() > 1;
        return new CheckOptions(
                faults(nodes.isEmpty(), shared),
                number(ROUNDS, 1),
                nodes,
                engines,
                result.hasMatchedOption(SEED) ? number(SEED, 0) : new SecureRandom().nextInt(MOST),
                Duration.ofSeconds(number(CALM, 3)),
                Duration.ofSeconds(number(PATIENCE, several ? 120 : 20)),
                result.hasMatchedOption(RATE) ? OptionalInt.of(number(RATE, 0)) : OptionalInt.empty(),
                prosas.getFirst(),
                prosas.getLast(),
                folder());
    }

    private String text(String option, String usual) {
        return result.matchedOptionValue(option, usual);
    }

    private int number(String option, int usual) {
        String typed = text(option, String.valueOf(usual));
        if (!typed.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(option + " " + typed + ": a number from 1 to 999999");
        }
        return Integer.parseInt(typed);
    }

    private List<Node> nodes() {
        String[] typed = result.matchedOptionValue(NODE, new String[0]);
        return Arrays.stream(typed)
                .map(urls -> Node.at(Stream.of(urls.split(",")).map(URI::create).toList()))
                .toList();
    }

    private List<Fault> faults(boolean started, boolean shared) {
        if (!result.hasMatchedOption(FAULT)) {
            return Arrays.stream(Fault.values())
                    .filter(fault -> fault.isPossible(started, shared))
                    .filter(fault -> fault != Fault.NONE)
                    .toList();
        }
        return Stream.of(text(FAULT, "").split(","))
                .map(typed -> fault(typed, started, shared))
                .toList();
    }

    private static Fault fault(String typed, boolean started, boolean shared) {
        Fault fault = Arrays.stream(Fault.values())
                .filter(one -> one.id().equals(typed))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(FAULT + " " + typed + ": there is no such fault"));
        if (!fault.isPossible(started, shared)) {
            throw new IllegalArgumentException(FAULT + " " + typed + ": not possible here");
        }
        return fault;
    }

    private List<List<String>> prosas() {
        String[] jars = text(PROSA, "bootstrap/target/prosa.jar").split(",", -1);
        if (jars.length > 2) {
            throw new IllegalArgumentException(PROSA + ": one jar, or two");
        }
        return Arrays.stream(jars).map(jar -> command(Path.of(jar))).toList();
    }

    private static List<String> command(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(PROSA + " " + jar + ": is not there");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toAbsolutePath().toString());
    }

    private Path folder() throws IOException {
        if (!result.hasMatchedOption(FOLDER)) {
            return Files.createTempDirectory("prosa-checker-");
        }
        Path folder = Files.createDirectories(Path.of(text(FOLDER, "")).toAbsolutePath());
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(FOLDER + " " + folder + ": is not empty");
            }
        }
        return folder;
    }
}
