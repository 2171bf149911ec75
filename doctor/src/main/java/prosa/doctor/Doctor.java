package prosa.doctor;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import prosa.doctor.DoctorOptions.Parsed;
import prosa.doctor.check.Examination;
import prosa.doctor.check.Finding;
import prosa.doctor.check.NotReached;
import prosa.doctor.check.Patience;
import prosa.doctor.check.Site;
import prosa.language.Language;

/**
 * {@code ./prosa doctor}. Any thread.
 *
 * @param out gets what was found
 * @param err gets why nothing was
 * @param clock this machine's
 * @param usual how long is waited if nobody asks for more
 */
public record Doctor(PrintStream out, PrintStream err, InstantSource clock, Patience usual) {
    /** Half a minute. */
    public static final Patience USUAL = Patience.USUAL;

    /** How it ended. */
    public enum Outcome {
        /** Or what could be tried is; or the help is printed. */
        ALL_RIGHT,
        /** At least one thing. */
        SOMETHING_WRONG,
        /** There is no Prosa, or no way to it; or an option makes no sense. */
        NOT_REACHED
    }

    /** Which options there are, as the help has them. */
    public static CommandSpec spec(Language language) {
        return DoctorParser.spec(language);
    }

    /**
     * Does what a command line asks for.
     *
     * @param args what follows {@code doctor}
     */
    public Outcome run(List<String> args, Map<String, String> env) throws InterruptedException {
        return switch (new DoctorParser(env, usual).parse(args)) {
            case Parsed.Run(DoctorOptions options) -> examine(options);
            case Parsed.Print(String text) -> {
                out.println(text);
                yield Outcome.ALL_RIGHT;
            }
            case Parsed.Bad(String line) -> {
                err.println(line);
                yield Outcome.NOT_REACHED;
            }
        };
    }

    private Outcome examine(DoctorOptions options) throws InterruptedException {
        try {
            Site site = Site.of(options.url(), options.trust());
            List<Finding> found = new Examination(site, options.patience(), clock).make();
            if (options.json()) {
                out.println(JsonReport.of(found, options.language()));
            } else {
                out.print(TextReport.of(found, options.language()));
            }
            out.flush();
            return found.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.WRONG)
                    ? Outcome.SOMETHING_WRONG
                    : Outcome.ALL_RIGHT;
        } catch (NotReached e) {
            String why = Words.in(options.language())
                    .get("not-reached." + e.how(), e.values().toArray());
            err.println("prosa: " + options.url() + ": " + why);
            return Outcome.NOT_REACHED;
        }
    }
}
