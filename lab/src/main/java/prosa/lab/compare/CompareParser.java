package prosa.lab.compare;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.Wire;
import prosa.lab.compare.CompareOptions.Parsed;
import prosa.lab.figures.Experiment;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** The command line of {@code compare}: picocli takes it apart and lays out the help, {@link CompareValues} says what a value means. */
final class CompareParser {
    static final String HELP = "--help";
    static final String URL = "--url";
    static final String TCP = "--tcp";
    static final String CACERT = "--cacert";
    static final String PID = "--pid";
    static final String WIRES = "--wires";
    static final String EXPERIMENTS = "--experiments";
    static final String SECONDS = "--seconds";
    static final String WARM_UP = "--warm-up";
    static final String JSON = "--json";
    static final String HTML = "--html";
    static final String FROM = "--from";
    static final String DOCS = "--docs";
    static final String WORK_DIR = "--work-dir";

    /** As a value: no experiments. */
    static final String NO_EXPERIMENTS = "none";

    static final int DEFAULT_TCP = 2323;
    static final int DEFAULT_TCP_TLS = 2324;

    private final Map<String, String> env;

    CompareParser(Map<String, String> env) {
        this.env = env;
    }

    /** Never throws, never prints. */
    Parsed parse(List<String> args) {
        Language language = LanguageChoice.of(args, env);
        CommandLine line = new CommandLine(spec(language))
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(HELP)) {
                return new Parsed.Print(line.getUsageMessage(Ansi.OFF).stripTrailing());
            }
            for (String typed : result.unmatched()) {
                throw BadOption.unknown(typed, "compare " + HELP, language);
            }
            return new Parsed.Run(new CompareValues(result, env, language).options());
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(BadOption.of(e, language).line());
        }
    }

    static CommandSpec spec(Language language) {
        return new Help(Words.in(language)).spec();
    }

    /** Which options there are, and what the help says of them. By programming picocli: reflecting on annotations takes long. */
    private record Help(Catalogue words) {
        private static final int FLAGS_WIDTH = 24;

        CommandSpec spec() {
            CommandSpec spec = CommandSpec.create().name("./prosa compare");
            spec.usageMessage()
                    .synopsisHeading(words.get("help.usage") + " ")
                    .description(words.get("help.lead"), "")
                    .customSynopsis("./prosa compare " + words.get("help.option"))
                    .sortOptions(false)
                    .longOptionsMaxWidth(FLAGS_WIDTH)
                    .footer("%n" + words.get("help.end"));
            String file = words.get("place.file");
            String all = words.get("help.all");
            String none = words.get("help.none");
            List<String> wires = CompareValues.ids(Wire.class, Wire::id);
            List<String> kinds = CompareValues.ids(Experiment.Kind.class, Experiment.Kind::id);
            List<String> orNone =
                    Stream.concat(kinds.stream(), Stream.of(NO_EXPERIMENTS)).toList();
            long seconds = Compare.USUAL.duration().toSeconds();
            long warmUp = Compare.USUAL.warmUp().toSeconds();
            option(spec, URL, "URL", words.get("help.url"), words.get("help.url.default"));
            option(spec, TCP, words.get("place.host-port"), words.get("help.tcp"), tcp());
            file(spec, CACERT, file, words.get("help.cacert"), words.get("help.cacert.default"));
            option(spec, PID, "N", words.get("help.pid"), words.get("help.pid.default"));
            oneOf(spec, WIRES, wires, words.get("help.wires", ids(wires)), all);
            oneOf(spec, EXPERIMENTS, orNone, words.get("help.experiments", ids(kinds), NO_EXPERIMENTS), all);
            option(spec, SECONDS, "N", words.get("help.seconds"), Long.toString(seconds));
            option(spec, WARM_UP, "N", words.get("help.warm-up"), Long.toString(warmUp));
            file(spec, JSON, file, words.get("help.json"), none);
            file(spec, HTML, file, words.get("help.html"), none);
            file(spec, FROM, file, words.get("help.from"), words.get("help.from.default"));
            file(spec, DOCS, words.get("place.folder"), words.get("help.docs"), none);
            file(
                    spec,
                    WORK_DIR,
                    words.get("place.folder"),
                    words.get("help.work-dir"),
                    words.get("help.work-dir.default"));
            spec.addOption(
                    described(LanguageChoice.OPTION, "en|pt", words.get("help.lang"), words.get("help.lang.default"))
                            .completionCandidates(Language.tags())
                            .build());
            return spec.addOption(OptionSpec.builder(HELP)
                    .usageHelp(true)
                    .description(words.get("help.help"))
                    .build());
        }

        /** Ports are no numbers that are written in groups. */
        private String tcp() {
            return words.get("help.tcp.default", Integer.toString(DEFAULT_TCP), Integer.toString(DEFAULT_TCP_TLS));
        }

        private String ids(List<String> ids) {
            return words.language().list(ids);
        }

        private void option(CommandSpec spec, String flag, String placeholder, String help, String fallback) {
            spec.addOption(described(flag, placeholder, help, fallback).build());
        }

        /** A shell that completes it looks for files; what the text means is decided by {@link CompareValues}. */
        private void file(CommandSpec spec, String flag, String placeholder, String help, String fallback) {
            spec.addOption(described(flag, placeholder, help, fallback)
                    .type(File.class)
                    .converters(typed -> typed)
                    .build());
        }

        private void oneOf(CommandSpec spec, String flag, List<String> values, String help, String fallback) {
            spec.addOption(described(flag, "A,B", help, fallback)
                    .completionCandidates(values)
                    .build());
        }

        private OptionSpec.Builder described(String flag, String placeholder, String help, String fallback) {
            return OptionSpec.builder(flag)
                    .type(String.class)
                    .paramLabel(placeholder)
                    .description(help, words.get("help.default", fallback));
        }
    }
}
