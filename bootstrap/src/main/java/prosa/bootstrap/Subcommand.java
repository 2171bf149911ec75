package prosa.bootstrap;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import prosa.application.port.HouseClock;
import prosa.doctor.Doctor;
import prosa.lab.compare.Compare;
import prosa.lab.experiment.Patience;
import prosa.language.Language;

/**
 * What {@code ./prosa} does instead of serving, by its first argument. Whoever adds one finds it in the help, the completions and the manual;
 * the launcher need not know it.
 */
enum Subcommand {
    /** Measure the wires. */
    COMPARE {
        @Override
        CommandSpec spec(Language language) {
            return Compare.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) throws InterruptedException {
            Compare.Program program = new Compare.Program(Main.class.getName(), OptionsParser.version());
            // A console is there only if both input and output are a terminal, and with them the errors.
            boolean terminal = System.console() != null && System.console().isTerminal();
            Compare.Output output = new Compare.Output(System.out, System.err, terminal);
            Compare compare = new Compare(program, output, InstantSource.system(), Compare.USUAL, Patience.USUAL);
            return Status.of(compare.run(args, env));
        }
    },

    /** Look at what stands before a server. */
    DOCTOR {
        @Override
        CommandSpec spec(Language language) {
            return Doctor.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) throws InterruptedException {
            Doctor doctor = new Doctor(System.out, System.err, InstantSource.system(), Doctor.USUAL);
            return Status.of(doctor.run(args, env));
        }
    },

    /** Take a history elsewhere. */
    MOVE {
        @Override
        CommandSpec spec(Language language) {
            return Move.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) throws InterruptedException {
            HouseClock clock = HouseClock.over(InstantSource.system());
            return new Move(System.out, System.err, clock).run(args, env);
        }
    },

    /** Ask this machine's server how it is. */
    HEALTH {
        @Override
        CommandSpec spec(Language language) {
            return Health.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) {
            return new Health(System.out).run(args, env);
        }
    },

    /** Print what makes a shell complete all these. */
    COMPLETION {
        @Override
        CommandSpec spec(Language language) {
            return Completion.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) {
            return Main.print(Completion.parse(args, env));
        }
    },

    /** Print the manual. */
    MANUAL {
        @Override
        CommandSpec spec(Language language) {
            return ManualCommand.spec(language);
        }

        @Override
        Status run(List<String> args, Map<String, String> env) {
            return Main.print(ManualCommand.parse(args, env));
        }
    };

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Subcommand> of(String word) {
        return Stream.of(values())
                .filter(subcommand -> subcommand.word().equals(word))
                .findFirst();
    }

    /** Its options, and what is said of them. The first line of its description is what the help says of it. */
    abstract CommandSpec spec(Language language);

    /** @param args what follows its word */
    abstract Status run(List<String> args, Map<String, String> env) throws InterruptedException;
}
