package prosa.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.application.port.HouseClock;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Choices.Given;
import prosa.lab.compare.BadOption;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/**
 * {@code ./prosa move}: takes the history of a stopped Prosa, and what stands beside it, from a folder to a shared log, or back.
 *
 * @param out gets what has come of it
 * @param err gets how far it is, and why nothing came of it
 */
record Move(PrintStream out, PrintStream err, HouseClock clock) {
    static final String FROM = "--from";
    static final String TO = "--to";

    private static final String WORD = "move";
    private static final Pattern OF_SERVERS = Pattern.compile("(?i)[a-z0-9+.-]+://.*");

    static CommandSpec spec(Language language) {
        Catalogue words = Words.in(language);
        String place = words.get("move.place");
        CommandSpec spec = TextCommand.spec(WORD, FROM + " " + place + " " + TO + " " + place, words)
                .addOption(place(FROM, place, words.get("move.from")))
                .addOption(place(TO, place, words.get("move.to")))
                .addOption(Syntax.option(Option.NATS_CREDS, words))
                .addOption(Syntax.option(Option.NATS_PREFIX, words))
                .addOption(Syntax.option(Option.NATS_REPLICAS, words));
        return TextCommand.complete(spec, words);
    }

    private static OptionSpec place(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Between which two it is moved. */
    private sealed interface Way {
        record ToLog(Path from, SharedLog to) implements Way {}

        record ToFolder(SharedLog from, Path to) implements Way {}
    }

    /** @param args what follows its word */
    Status run(List<String> args, Map<String, String> env) throws InterruptedException {
        Language language = LanguageChoice.of(args, env);
        CommandSpec spec = spec(language);
        CommandLine line = new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(Syntax.HELP)) {
                out.println(Syntax.help(spec));
                return Status.FINE;
            }
            for (String unknown : result.unmatched()) {
                throw BadOption.unknown(unknown, WORD + " " + Syntax.HELP, language);
            }
            return move(way(new Choices(result, env, Words.in(language)), env, language), language);
        } catch (BadOption e) {
            return not(e.line(), Status.REFUSED);
        } catch (ParameterException e) {
            return not(BadOption.of(e, language).line(), Status.REFUSED);
        }
    }

    private Status not(String line, Status status) {
        err.println(line);
        return status;
    }

    private static Way way(Choices choices, Map<String, String> env, Language language) throws BadOption {
        Given from = given(choices, FROM);
        Given to = given(choices, TO);
        HistoryValues values = new HistoryValues(
                choices, (given, complaint) -> OptionValues.path(choices, given, complaint, env, language));
        boolean fromLog = isLog(from);
        if (fromLog == isLog(to)) {
            throw choices.bad(to, fromLog ? "move.two-logs" : "move.two-folders");
        }
        return fromLog
                ? new Way.ToFolder(values.log(from), OptionValues.path(choices, to, "bad.folder", env, language))
                : new Way.ToLog(OptionValues.path(choices, from, "bad.folder", env, language), values.log(to));
    }

    private static Given given(Choices choices, String option) throws BadOption {
        String value = choices.result().matchedOptionValue(option, "");
        if (value.isEmpty()) {
            throw new BadOption(option, choices.words().get("move.no-place"));
        }
        return new Given(option, value);
    }

    private static boolean isLog(Given place) {
        return OF_SERVERS.matcher(place.value()).matches();
    }

    private Status move(Way way, Language language) throws InterruptedException {
        Moving moving = new Moving(new MoveReport(err, Words.in(language), clock), clock);
        try {
            Optional<String> done = switch (way) {
                case Way.ToLog(Path from, SharedLog to) -> moving.move(from, to);
                case Way.ToFolder(SharedLog from, Path to) -> moving.move(from, to);
            };
            done.ifPresent(out::println);
            return done.isPresent() ? Status.FINE : Status.INCOMPLETE;
        } catch (StartFailed e) {
            return not("prosa: " + e.line(language), Status.REFUSED);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return not("prosa: " + Words.in(language).get("move.broken", why), Status.INCOMPLETE);
        }
    }
}
