package prosa.bootstrap;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import prosa.application.port.HouseClock;
import prosa.lab.compare.Compare;
import prosa.lab.experiment.Patience;

/** Starts Prosa. */
public final class Main {
    /** What clients get to read what is due when the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int BAD_OPTION = 2;

    /** As the first argument: measure the wires instead of serving. */
    private static final String COMPARE = "compare";

    private Main() {}

    /**
     * Exits with 0 after SIGTERM, SIGINT, {@code --help} and {@code --version}, with 2 if it can't start as asked, and with 3 and 4 as
     * {@link LastWords} say; after {@code compare} as that says.
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0 && args[0].equals(COMPARE)) {
            compare(List.of(args).subList(1, args.length));
            return;
        }
        switch (Options.parse(List.of(args), System.getenv())) {
            case Parsed.Run(Options options) -> run(options);
            case Parsed.Print(String text) -> System.out.println(text);
            case Parsed.Bad(String line) -> fail(line);
        }
    }

    private static void compare(List<String> args) throws InterruptedException {
        Compare.Program program = new Compare.Program(Main.class.getName(), OptionsParser.version());
        // A console is there only if both input and output are a terminal, and with them the errors.
        boolean terminal = System.console() != null && System.console().isTerminal();
        Compare.Output output = new Compare.Output(System.out, System.err, terminal);
        Compare compare = new Compare(program, output, InstantSource.system(), Compare.USUAL, Patience.USUAL);
        System.exit(compare.run(args, System.getenv()));
    }

    private static void run(Options options) {
        LastWords.install(options.language());
        try {
            Prosa prosa = Prosa.start(options, HouseClock.over(InstantSource.system()), ZoneId.systemDefault());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(prosa), "prosa-stop"));
            System.out.print(new Greeting(prosa.listening(), prosa.selfMade(), options).text());
            System.out.flush();
            // The wires' threads are daemons: this one keeps the JVM up.
            Thread.currentThread().join();
        } catch (StartFailed e) {
            fail("prosa: " + e.line(options.language()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JVM would end with 143 after SIGTERM, as if something had gone wrong. */
    private static void stop(Prosa prosa) {
        prosa.stop(GRACE);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void fail(String line) {
        System.err.println(line);
        System.exit(BAD_OPTION);
    }
}
