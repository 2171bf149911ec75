package prosa.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import prosa.bootstrap.manual.Manual;
import prosa.bootstrap.manual.ManualPage;
import prosa.bootstrap.manual.PlainText;
import prosa.bootstrap.manual.Roff;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** {@code ./prosa manual}: all that the help has no room for, to be read as it is or by man. */
final class ManualCommand {
    private static final String WORD = "manual";
    private static final String ROFF = "--roff";

    private ManualCommand() {}

    static CommandSpec spec(Language language) {
        Catalogue words = Words.in(language);
        CommandSpec spec = TextCommand.spec(WORD, words.get("help.option"), words)
                .addOption(OptionSpec.builder(ROFF)
                        .type(boolean.class)
                        .arity("0")
                        .description(words.get("manual.roff"))
                        .build());
        return TextCommand.complete(spec, words);
    }

    /** @param args what follows its word */
    static Parsed.Told parse(List<String> args, Map<String, String> env) {
        Language language = LanguageChoice.of(args, env);
        return TextCommand.parse(WORD, spec(language), args, env, language, ManualCommand::text);
    }

    private static String text(ParseResult result, Language language) {
        Manual manual = manual(language);
        return result.hasMatchedOption(ROFF) ? Roff.of(manual) : PlainText.of(manual);
    }

    static Manual manual(Language language) {
        Catalogue words = Words.in(language);
        List<Manual.Item> statuses = Stream.of(Status.values())
                .map(status -> new Manual.Item(Integer.toString(status.code()), List.of(status.meaning(words))))
                .toList();
        return new ManualPage(language, Syntax.whole(language), statuses, OptionsParser.version()).manual();
    }
}
