package prosa.lab.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.compare.CompareOptions.Parsed;
import prosa.lab.compare.CompareOptions.Running;
import prosa.lab.experiment.Experiments;
import prosa.lab.experiment.Patience;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Environment;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Settings;
import prosa.lab.figures.WireFigures;
import prosa.lab.measure.Surroundings;
import prosa.lab.measure.WireMeasurement;
import prosa.lab.measure.WireMeasurement.Step;
import prosa.lab.report.Discussion;
import prosa.lab.report.FiguresFile;
import prosa.lab.report.Page;
import prosa.lab.report.Terminal;
import prosa.lab.server.FreshServers;
import prosa.lab.server.OwnServer;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;
import prosa.lab.tls.Tls;
import prosa.language.Catalogue;
import prosa.language.Language;

/** {@code ./prosa compare}. Used once, by one thread. */
public final class Compare {
    /** What each wire is asked for if nothing else is said: three minutes for all of it, on two processors. */
    public static final Settings USUAL = new Settings(50, 20, Duration.ofSeconds(6), Duration.ofSeconds(3), 64, 1_000);

    private static final Duration START = Duration.ofSeconds(2);
    private static final Duration MEMORY = Duration.ofSeconds(8);

    private final Program program;
    private final Output output;
    private final InstantSource clock;
    private final Settings usual;
    private final Patience patience;
    private final FreshServers servers;
    private final List<WireFigures> wires = new ArrayList<>();
    private List<Experiment> experiments = List.of();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private Optional<Environment> environment = Optional.empty();
    private boolean complete = true;

    /** How it ended. */
    public enum Outcome {
        /** All that was asked for is measured, or printed. */
        FINE,
        /** Something could not be measured, or written. */
        NOT_MEASURED,
        /** An option makes no sense. */
        BAD_OPTION
    }

    /**
     * The program that this belongs to.
     *
     * @param main the class with its main method, to start a server with
     * @param version its version
     */
    public record Program(String main, String version) {}

    /**
     * Where it prints to.
     *
     * @param out gets the table
     * @param err gets the progress, and what went wrong
     * @param terminal whether {@code err} is one, on which a line can be drawn again
     */
    public record Output(PrintStream out, PrintStream err, boolean terminal) {}

    /**
     * @param usual what is not said on the command line
     * @param patience of the experiments
     */
    public Compare(Program program, Output output, InstantSource clock, Settings usual, Patience patience) {
        this.program = program;
        this.servers = new FreshServers(program.main());
        this.output = output;
        this.clock = clock;
        this.usual = usual;
        this.patience = patience;
    }

    /** Which options there are, as the help has them. */
    public static CommandSpec spec(Language language) {
        return CompareParser.spec(language);
    }

    /**
     * Does what a command line asks for.
     *
     * @param args what follows {@code compare}
     */
    public Outcome run(List<String> args, Map<String, String> env) throws InterruptedException {
        return switch (new CompareParser(env).parse(args)) {
            case Parsed.Run(CompareOptions options) -> compare(options);
            case Parsed.Print(String text) -> {
                output.out().println(text);
                yield Outcome.FINE;
            }
            case Parsed.Bad(String line) -> {
                output.err().println(line);
                yield Outcome.BAD_OPTION;
            }
        };
    }

    private Outcome compare(CompareOptions options) throws InterruptedException {
        if (options.from().isPresent()) {
            return again(options.from().get(), options);
        }
        Instant at = clock.instant();
        Settings lasting = options.duration().map(usual::lasting).orElse(usual);
        Settings settings = options.warmUp().map(lasting::warmedUp).orElse(lasting);
        try (Progress progress = new Progress(output.err(), output.terminal());
                servers) {
            for (Wire wire : Wire.values()) {
                if (options.wires().contains(wire)) {
                    measure(wire, at, options, settings, progress);
                }
            }
            if (!options.experiments().isEmpty() && environment.isPresent()) {
                experiment(options, progress);
            }
        }
        if (environment.isEmpty()) {
            return Outcome.NOT_MEASURED;
        }
        show(new Comparison(environment.get(), settings, wires, experiments, disturbances), options);
        return complete ? Outcome.FINE : Outcome.NOT_MEASURED;
    }

    private Outcome again(Path file, CompareOptions options) {
        try {
            show(FiguresFile.read(file), options);
        } catch (IOException e) {
            say(unreadable(file, e, words(options)));
            return Outcome.BAD_OPTION;
        }
        return complete ? Outcome.FINE : Outcome.NOT_MEASURED;
    }

    /** First on the terminal: what can't be written afterwards has not been measured in vain. */
    private void show(Comparison comparison, CompareOptions options) {
        output.out().print(Terminal.text(comparison, options.language()));
        output.out().flush();
        options.json().ifPresent(file -> write(options, file, () -> FiguresFile.write(comparison, file)));
        options.html().ifPresent(file -> write(options, file, () -> Page.write(comparison, options.language(), file)));
        options.docs().ifPresent(folder -> write(options, folder, () -> Discussion.write(comparison, folder)));
    }

    private static String unreadable(Path file, IOException e, Catalogue words) {
        return e instanceof FiguresFile.OtherFormat other
                ? words.get("other-format", file, other.found(), other.expected())
                : words.get("not-figures", file, why(e, words));
    }

    private void say(String what) {
        output.err().println("prosa: " + what);
    }

    private static String notMeasured(String what, IOException e, CompareOptions options) {
        return "prosa: " + words(options).get("failed", what, why(e, words(options)));
    }

    /** What the system, the JVM or a client says is not ours to translate. */
    private static String why(IOException e, Catalogue words) {
        return switch (e) {
            case OwnServer.NotStarted failed -> words.get("not-started", failed.said());
            case Tls.NotTrusted other -> words.get("not-trusted", other.why(), CompareParser.CACERT);
            default -> String.valueOf(e.getMessage());
        };
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void write(CompareOptions options, Path to, Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            complete = false;
            say(words(options).get("not-written", to, why(e, words(options))));
        }
    }

    /** Each wire gets a fresh server: what one has made it load, compile and keep is not the next one's. */
    private void measure(Wire wire, Instant at, CompareOptions options, Settings settings, Progress progress)
            throws InterruptedException {
        progress.begin(words(options).get("starting", wire.id()), START);
        try {
            if (options.running().isPresent()) {
                take(wire, at, running(options.running().get()), options, settings, progress);
            } else {
                try (OwnServer own = servers.take(options.work())) {
                    take(wire, at, own.server(), options, settings, progress);
                }
            }
        } catch (IOException e) {
            complete = false;
            progress.say(notMeasured(wire.id(), e, options));
        }
    }

    private void take(
            Wire wire, Instant at, Server server, CompareOptions options, Settings settings, Progress progress)
            throws IOException, InterruptedException {
        boolean own = options.running().isEmpty();
        WireMeasurement taken = WireMeasurement.take(wire, server, own, settings, step -> {
            progress.begin(words(options).get(key(step), wire.id()), expected(step, settings));
            if (own && step == Step.MEMORY && isFollowed(wire, options)) {
                // What is on the heap does not depend on who else uses the processors.
                servers.prepare(options.work());
            }
        });
        if (environment.isEmpty()) {
            environment = Optional.of(Surroundings.of(at, program.version(), false, server, own));
        }
        wires.add(taken.figures());
        disturbances.addAll(taken.disturbances());
    }

    /** Whether another server is wanted after a wire's. */
    private static boolean isFollowed(Wire wire, CompareOptions options) {
        return !options.experiments().isEmpty()
                || options.wires().stream().anyMatch(other -> other.compareTo(wire) > 0);
    }

    /** After the measuring: what half-open's waiting needs of the machine must not be in the latencies. */
    private void experiment(CompareOptions options, Progress progress) throws InterruptedException {
        progress.begin(words(options).get("experiments"), START);
        try {
            if (options.running().isPresent()) {
                experiment(running(options.running().get()), Optional.empty(), options, progress);
            } else {
                try (OwnServer own = servers.take(options.work())) {
                    warmUp(own.server(), options, progress);
                    experiment(own.server(), Optional.of(program.main()), options, progress);
                }
            }
        } catch (IOException e) {
            complete = false;
            progress.say("prosa: " + words(options).get("experiments-failed", why(e, words(options))));
        }
    }

    /** Only if it was asked for: most experiments tell of losses, which do not hang on the compilers. */
    private void warmUp(Server server, CompareOptions options, Progress progress)
            throws IOException, InterruptedException {
        if (options.warmUp().isEmpty()) {
            return;
        }
        Settings settings = usual.warmedUp(options.warmUp().get());
        for (Wire wire : Wire.values()) {
            if (options.wires().contains(wire)) {
                progress.begin(words(options).get("warming-up", wire.id()), settings.warmUp());
                WireMeasurement.warmUp(wire, server, settings);
            }
        }
    }

    private void experiment(Server server, Optional<String> main, CompareOptions options, Progress progress)
            throws InterruptedException {
        Experiments.Report report = new Experiments.Report() {
            @Override
            public void begins(Experiment.Kind kind, Duration expected) {
                progress.begin(words(options).get("experiment", kind.id()), expected);
            }

            @Override
            public void failed(Experiment.Kind kind, IOException why) {
                complete = false;
                progress.say(notMeasured(kind.id(), why, options));
            }
        };
        Experiments.Found found = new Experiments(server, main, options.wires(), patience, options.work(), report)
                .run(options.experiments());
        experiments = found.experiments();
        wires.replaceAll(figures -> figures.with(found.vanished().getOrDefault(figures.wire(), figures.vanished())));
        environment = environment.map(known -> known.with(found.reallyLost()));
    }

    private static Server running(Running running) {
        Optional<Spending> process = running.pid().isPresent()
                ? ProcessHandle.of(running.pid().getAsLong()).map(Spending::new)
                : Optional.empty();
        return new Server(new Address(running.http(), running.tcp()), process);
    }

    private static Catalogue words(CompareOptions options) {
        return Words.in(options.language());
    }

    private static String key(Step step) {
        return switch (step) {
            case WARM_UP -> "warming-up";
            case LOAD -> "measuring-messages";
            case SAYING -> "measuring-saying";
            case MEMORY -> "measuring-memory";
        };
    }

    private static Duration expected(Step step, Settings settings) {
        return switch (step) {
            case WARM_UP -> settings.warmUp();
            case LOAD -> settings.duration();
            case SAYING -> settings.warmUp().plus(settings.duration());
            case MEMORY -> MEMORY;
        };
    }
}
