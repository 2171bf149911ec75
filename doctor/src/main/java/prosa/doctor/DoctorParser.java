package prosa.doctor;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.doctor.DoctorOptions.Parsed;
import prosa.doctor.check.Patience;
import prosa.lab.compare.BadOption;
import prosa.lab.compare.Tilde;
import prosa.lab.tls.Trust;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** The command line of {@code doctor}: picocli takes it apart and lays out the help. */
final class DoctorParser {
    private static final String HELP = "--help";
    private static final String JSON = "--json";
    private static final String PATIENT = "--patient";
    private static final String CACERT = "--cacert";
    private static final String URL = "URL";
    private static final String DASH = "-";
    private static final int FLAGS_WIDTH = 24;

    private final Map<String, String> env;
    private final Patience usual;

    /** @param usual if no more is asked for */
    DoctorParser(Map<String, String> env, Patience usual) {
        this.env = env;
        this.usual = usual;
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
            return new Parsed.Run(new Values(result, env, language).options(usual));
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(BadOption.of(e, language).line());
        }
    }

    /** By programming picocli: reflecting on annotations takes long. */
    static CommandSpec spec(Language language) {
        Catalogue words = Words.in(language);
        CommandSpec spec = CommandSpec.create().name("./prosa doctor");
        spec.usageMessage()
                .synopsisHeading(words.get("help.usage") + " ")
                .description(words.get("help.lead"), "")
                .customSynopsis("./prosa doctor " + words.get("help.option") + " " + URL)
                .sortOptions(false)
                .longOptionsMaxWidth(FLAGS_WIDTH)
                .footer("%n" + words.get("help.end"));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel(URL)
                .description(words.get("help.url"))
                .build());
        spec.addOption(flag(PATIENT, words.get("help.patient")));
        spec.addOption(flag(JSON, words.get("help.json")));
        // As a file for shells alone: what the text means is decided below.
        spec.addOption(OptionSpec.builder(CACERT)
                .type(File.class)
                .converters(typed -> typed)
                .paramLabel(words.get("place.file"))
                .description(words.get("help.cacert"))
                .build());
        spec.addOption(OptionSpec.builder(LanguageChoice.OPTION)
                .type(String.class)
                .paramLabel("en|pt")
                .completionCandidates(Language.tags())
                .description(words.get("help.lang"))
                .build());
        return spec.addOption(OptionSpec.builder(HELP)
                .usageHelp(true)
                .description(words.get("help.help"))
                .build());
    }

    private static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(help)
                .build();
    }

    /** What the values mean. */
    private record Values(ParseResult result, Map<String, String> env, Language language) {
        DoctorOptions options(Patience usual) throws BadOption {
            requireLanguage();
            for (String typed : result.unmatched()) {
                if (typed.startsWith(DASH)) {
                    throw BadOption.unknown(typed, "doctor " + HELP, language);
                }
            }
            return new DoctorOptions(
                    url(),
                    trust(),
                    result.hasMatchedOption(PATIENT) ? Patience.MUCH : usual,
                    result.hasMatchedOption(JSON),
                    language);
        }

        private String word(String key, Object... values) {
            return Words.in(language).get(key, values);
        }

        /** The one argument that is no option; it is looked up here, as all else makes no sense without. */
        private URI url() throws BadOption {
            String typed = result.matchedPositionalValue(0, "");
            if (typed.isEmpty() || !result.unmatched().isEmpty()) {
                throw new BadOption(URL, word(typed.isEmpty() ? "bad.missing" : "bad.several"));
            }
            try {
                URI url = URI.create(typed);
                boolean fits = url.getHost() != null
                        && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
                if (!fits || url.getRawQuery() != null || url.getRawFragment() != null) {
                    throw new BadOption(URL, typed, word("bad.url"));
                }
                InetAddress.getByName(url.getHost());
                return url;
            } catch (IllegalArgumentException e) {
                throw new BadOption(URL, typed, word("bad.url"));
            } catch (UnknownHostException e) {
                throw new BadOption(URL, typed, word("bad.host"));
            }
        }

        private Trust trust() throws BadOption {
            if (!result.hasMatchedOption(CACERT)) {
                return Trust.usual();
            }
            String typed = result.matchedOptionValue(CACERT, "");
            try {
                Path file = Path.of(Tilde.expand(CACERT, typed, env, language));
                if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                    throw new BadOption(CACERT, typed, word("bad.read"));
                }
                return Trust.in(file);
            } catch (InvalidPathException e) {
                throw new BadOption(CACERT, typed, word("bad.read"));
            } catch (IOException e) {
                throw new BadOption(CACERT, typed, word("bad.certificates"));
            }
        }

        /** What names none was passed over when the language was chosen. */
        private void requireLanguage() throws BadOption {
            boolean typed = result.hasMatchedOption(LanguageChoice.OPTION);
            String given = typed
                    ? result.matchedOptionValue(LanguageChoice.OPTION, "")
                    : Optional.ofNullable(env.get(LanguageChoice.VARIABLE)).orElse("");
            if ((typed || !given.isEmpty()) && Language.of(given).isEmpty()) {
                throw BadOption.noLanguage(typed ? LanguageChoice.OPTION : LanguageChoice.VARIABLE, given, language);
            }
        }
    }
}
