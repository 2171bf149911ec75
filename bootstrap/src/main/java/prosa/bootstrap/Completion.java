package prosa.bootstrap;

import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import prosa.lab.compare.BadOption;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** {@code ./prosa completion}: what a shell reads to complete options, their values, and commands. */
final class Completion {
    /** As shells know it, from whatever folder it is called. */
    static final String PROGRAM = "prosa";

    private static final String WORD = "completion";
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private Completion() {}

    static CommandSpec spec(Language language) {
        Catalogue words = Words.in(language);
        CommandSpec spec = TextCommand.spec(WORD, String.join("|", SHELLS), words)
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel(words.get("completion.shell.value"))
                        .completionCandidates(SHELLS)
                        .description(words.get("completion.shell"))
                        .build());
        return TextCommand.complete(spec, words);
    }

    /** @param args what follows its word */
    static Parsed.Told parse(List<String> args, Map<String, String> env) {
        Language language = LanguageChoice.of(args, env);
        return TextCommand.parse(WORD, spec(language), args, env, language, Completion::script);
    }

    private static String script(ParseResult result, Language language) throws BadOption {
        Catalogue words = Words.in(language);
        String shell = result.matchedPositionalValue(0, "");
        String shells = language.list(SHELLS);
        if (shell.isEmpty()) {
            throw new BadOption(WORD, words.get("completion.no-shell", shells));
        }
        CommandSpec spec = Syntax.whole(language);
        return switch (shell) {
            // One script for both: zsh takes it by its own bashcompinit.
            case "bash", "zsh" -> AutoComplete.bash(PROGRAM, new CommandLine(distinct(spec)));
            case "fish" -> FishCompletion.of(PROGRAM, spec);
            default -> throw new BadOption(WORD, shell, words.get("bad.shell", shells));
        };
    }

    /** Picocli names the shell's variables by what stands for a value: of two options with a PORT one would get the words of the other. */
    private static CommandSpec distinct(CommandSpec spec) {
        CommandSpec copy = CommandSpec.create();
        for (OptionSpec option : spec.options()) {
            copy.addOption(option.toBuilder().paramLabel(option.longestName()).build());
        }
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            copy.addPositional(operand.toBuilder().build());
        }
        spec.subcommands().forEach((word, line) -> copy.addSubcommand(word, distinct(line.getCommandSpec())));
        return copy;
    }
}
