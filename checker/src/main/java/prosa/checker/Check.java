package prosa.checker;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import prosa.checker.CheckOptions.Parsed;
import prosa.checker.run.Fault;
import prosa.checker.run.Outcome;
import prosa.checker.run.Pace;
import prosa.checker.run.Round;
import prosa.checker.run.Scene;

/** Makes rounds and tells what came of them, a line each. For one thread. */
public final class Check {
    private static final int SOUND = 0;
    private static final int NOT_SOUND = 1;
    private static final int REFUSED = 2;
    private static final int MOST_TOLD = 20;

    private final CheckOptions options;
    private final PrintStream out;

    private Check(CheckOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Ends with 0 if all rounds were as they should be, with 1 if not, and with 2 if there was none. */
    public static void main(String[] args) throws InterruptedException {
        System.exit(status(List.of(args)));
    }

    private static int status(List<String> args) throws InterruptedException {
        return switch (CheckParser.parse(args)) {
            case Parsed.Print(String text) -> {
                System.out.println(text);
                yield SOUND;
            }
            case Parsed.Bad(String why) -> {
                System.err.println("checker: " + why);
                yield REFUSED;
            }
            case Parsed.Run(CheckOptions options) -> new Check(options, System.out).run();
        };
    }

    private int run() throws InterruptedException {
        out.printf("seed %d; logs in %s%n", options.seed(), options.folder());
        List<Tally> tallies = new ArrayList<>();
        try (Scene scene = scene()) {
            for (Fault fault : options.faults()) {
                Tally tally = new Tally(fault);
                tallies.add(tally);
                for (int i = 1; i <= options.rounds(); i++) {
                    tally.add(tell(i, Round.make(scene, fault, pace(fault, i))));
                }
            }
        } catch (IOException e) {
            out.println("checker: " + e.getMessage());
            return tallies.isEmpty() ? REFUSED : NOT_SOUND;
        } finally {
            tallies.forEach(tally -> out.println(tally.line()));
        }
        return tallies.stream().allMatch(Tally::isSound) ? SOUND : NOT_SOUND;
    }

    private Scene scene() throws IOException, InterruptedException {
        if (!options.nodes().isEmpty()) {
            return Scene.at(options.nodes());
        }
        if (options.engines() == 0) {
            return Scene.onOneMachine(options.prosa(), options.folder());
        }
        boolean onDisks = options.faults().stream().anyMatch(Fault::needsDisks);
        return Scene.onEngines(options.prosa(), options.next(), options.folder(), options.engines(), onDisks);
    }

    private Pace pace(Fault fault, int round) {
        return new Pace(
                options.seed() + round,
                round,
                options.calm(),
                options.patience(),
                options.rate().orElse(fault.usualRate()));
    }

    private Outcome tell(int round, Outcome outcome) {
        out.printf(
                Locale.ROOT,
                "%s %d/%d: %s; %d messages in %s, %d observers, %s%s%n",
                outcome.fault().id(),
                round,
                options.rounds(),
                outcome.isSound() ? "sound" : "NOT SOUND",
                outcome.said(),
                seconds(outcome.talked()),
                outcome.observers(),
                outcome.gaps() == 0 ? "" : outcome.gaps() + " gaps told, ",
                outcome.well().map(well -> "well after " + seconds(well)).orElse("not well in time"));
        List<String> complaints = outcome.complaints();
        complaints.stream().limit(MOST_TOLD).forEach(line -> out.println("  not so: " + line));
        if (complaints.size() > MOST_TOLD) {
            out.println("  and " + (complaints.size() - MOST_TOLD) + " more");
        }
        return outcome;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1_000.0);
    }

    /** What came of the rounds with one fault. */
    private static final class Tally {
        private final Fault fault;
        private final List<Outcome> outcomes = new ArrayList<>();

        Tally(Fault fault) {
            this.fault = fault;
        }

        void add(Outcome outcome) {
            outcomes.add(outcome);
        }

        boolean isSound() {
            return outcomes.stream().allMatch(Outcome::isSound);
        }

        String line() {
            List<Duration> well = outcomes.stream()
                    .map(Outcome::well)
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
            String times = well.isEmpty()
                    ? ""
                    : "; well after " + seconds(well.getFirst()) + " to " + seconds(well.getLast()) + ", median "
                            + seconds(well.get(well.size() / 2));
            long sound = outcomes.stream().filter(Outcome::isSound).count();
            return fault.id() + ": " + sound + " of " + outcomes.size() + " rounds sound" + times;
        }
    }
}
