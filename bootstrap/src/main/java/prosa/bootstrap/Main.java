package prosa.bootstrap;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import prosa.application.port.HouseClock;

/** Starts Prosa. */
public final class Main {
    /** What clients get to read what is due when the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Main() {}

    /** Exits with a {@link Status}. */
    public static void main(String[] args) throws InterruptedException {
        List<String> line = List.of(args);
        Optional<Subcommand> subcommand = line.isEmpty() ? Optional.empty() : Subcommand.of(line.getFirst());
        if (subcommand.isPresent()) {
            exit(subcommand.get().run(line.subList(1, line.size()), System.getenv()));
            return;
        }
        switch (Options.parse(line, System.getenv())) {
            case Parsed.Run(Options options) -> run(options);
            case Parsed.Told told -> exit(print(told));
        }
    }

    /** Prints what a command line comes to that starts nothing. */
    static Status print(Parsed.Told told) {
        return switch (told) {
            case Parsed.Print(String text) -> {
                System.out.println(text);
                yield Status.FINE;
            }
            case Parsed.Bad(String line) -> fail(line);
        };
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
            exit(fail("prosa: " + e.line(options.language())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JVM would end with 143 after SIGTERM, as if something had gone wrong. */
    private static void stop(Prosa prosa) {
        prosa.stop(GRACE);
        System.out.flush();
        Runtime.getRuntime().halt(Status.FINE.code());
    }

    private static Status fail(String line) {
        System.err.println(line);
        return Status.REFUSED;
    }

    private static void exit(Status status) {
        System.out.flush();
        System.exit(status.code());
    }
}
