package prosa.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.compare.BadOption;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** What the commands have in common that print a text and end. */
final class TextCommand {
    private TextCommand() {}

    /** The text, or what is wrong with the rest of the line. */
    @FunctionalInterface
    interface Text {
        String of(ParseResult result, Language language) throws BadOption;
    }

    /** A command without any options of its own yet. Call {@link #complete} after those. */
    static CommandSpec spec(String word, String operands, Catalogue words) {
        CommandSpec spec = CommandSpec.create().name(Syntax.PROGRAM + " " + word);
        spec.usageMessage()
                .synopsisHeading(words.get("help.usage") + " ")
                .customSynopsis(Syntax.PROGRAM + " " + word + " " + operands)
                .description(words.get(word + ".lead"), "")
                .sortOptions(false)
                .footer("%n" + words.get(word + ".end"));
        return spec;
    }

    /** Adds the options that each command has. */
    static CommandSpec complete(CommandSpec spec, Catalogue words) {
        return spec.addOption(OptionSpec.builder(LanguageChoice.OPTION)
                        .type(String.class)
                        .paramLabel(Option.LANG.placeholder(words))
                        .completionCandidates(Language.tags())
                        .description(words.get("text.lang"))
                        .build())
                .addOption(Syntax.helpOption(words));
    }

    /** Never throws, never prints. */
    static Parsed.Told parse(
            String word, CommandSpec spec, List<String> args, Map<String, String> env, Language language, Text text) {
        CommandLine line = new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(Syntax.HELP)) {
                return new Parsed.Print(Syntax.help(spec));
            }
            requireLanguage(result, env, language);
            for (String unknown : result.unmatched()) {
                throw BadOption.unknown(unknown, word + " " + Syntax.HELP, language);
            }
            return new Parsed.Print(text.of(result, language).stripTrailing());
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(BadOption.of(e, language).line());
        }
    }

    private static void requireLanguage(ParseResult result, Map<String, String> env, Language language)
            throws BadOption {
        Optional<String> given = Optional.ofNullable(result.matchedOptionValue(LanguageChoice.OPTION, null));
        String variable = env.getOrDefault(LanguageChoice.VARIABLE, "");
        if (given.isPresent() && Language.of(given.get()).isEmpty()) {
            throw BadOption.noLanguage(LanguageChoice.OPTION, given.get(), language);
        }
        if (given.isEmpty() && !variable.isEmpty() && Language.of(variable).isEmpty()) {
            throw BadOption.noLanguage(LanguageChoice.VARIABLE, variable, language);
        }
    }
}
