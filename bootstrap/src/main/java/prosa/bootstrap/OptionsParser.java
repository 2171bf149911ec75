package prosa.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.compare.BadOption;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/**
 * The command line and the environment that speaks for it. Picocli takes the line apart and lays out the help; what a value means is
 * decided by {@link OptionValues}, so that a bad one is told in the same words wherever it comes from.
 */
final class OptionsParser {
    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final int FLAGS_WIDTH = 24;

    private final Map<String, String> env;
    private final boolean launched;

    /** @param launched whether {@code ./prosa} has started this JVM, and so has given it the memory that was asked for */
    OptionsParser(Map<String, String> env, boolean launched) {
        this.env = env;
        this.launched = launched;
    }

    Parsed parse(List<String> args) {
        Language language = LanguageChoice.of(args, env);
        CommandLine line = new CommandLine(spec(Words.in(language)))
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(HELP)) {
                return new Parsed.Print(line.getUsageMessage(Ansi.OFF).stripTrailing());
            }
            if (result.hasMatchedOption(VERSION)) {
                return new Parsed.Print("prosa " + version());
            }
            for (String unknown : result.unmatched()) {
                throw BadOption.unknown(unknown, HELP, language);
            }
            return new Parsed.Run(new OptionValues(result, env, launched, language).options());
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(BadOption.of(e, language).line());
        }
    }

    /** By programming picocli, not by annotations: reflecting on those would take longer than all the rest. */
    private static CommandSpec spec(Catalogue words) {
        CommandSpec spec = CommandSpec.create().name("./prosa");
        String options = words.get("help.option");
        spec.usageMessage()
                .synopsisHeading(words.get("help.usage") + " ")
                .description(words.get("help.lead") + "%n")
                .customSynopsis("./prosa " + options, "./prosa compare " + options + "  " + words.get("help.compare"))
                .sortOptions(false)
                .longOptionsMaxWidth(FLAGS_WIDTH)
                .footer("%n" + words.get("help.end"));
        options(Option.Group.EVERYDAY, words).forEach(spec::addOption);
        return spec.addArgGroup(group(Option.Group.ENCRYPTED, "help.encrypted", words))
                .addArgGroup(group(Option.Group.ACCESS, "help.access", words))
                .addArgGroup(group(Option.Group.TRUSTED, "help.trusted", words))
                .addArgGroup(group(Option.Group.LIMITED, "help.limited", words))
                .addOption(OptionSpec.builder(HELP)
                        .usageHelp(true)
                        .description(words.get("help.help"))
                        .build())
                .addOption(OptionSpec.builder(VERSION)
                        .versionHelp(true)
                        .description(words.get("help.version"))
                        .build());
    }

    private static ArgGroupSpec group(Option.Group group, String heading, Catalogue words) {
        ArgGroupSpec.Builder spec = ArgGroupSpec.builder()
                .heading("%n" + words.get(heading) + "%n")
                .exclusive(false)
                .validate(false);
        options(group, words).forEach(spec::addArg);
        return spec.build();
    }

    private static List<OptionSpec> options(Option.Group group, Catalogue words) {
        return Stream.of(Option.values())
                .filter(option -> option.group == group)
                .map(option -> spec(option, words))
                .toList();
    }

    private static OptionSpec spec(Option option, Catalogue words) {
        OptionSpec.Builder spec = OptionSpec.builder(option.flag())
                .paramLabel(option.placeholder(words))
                .description(option.description(words));
        return option.isRepeated()
                ? spec.type(List.class).auxiliaryTypes(String.class).build()
                : spec.type(String.class).build();
    }

    static String version() {
        try (InputStream in = OptionsParser.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
