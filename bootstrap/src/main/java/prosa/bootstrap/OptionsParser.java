package prosa.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.compare.BadOption;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/**
 * The command line and the environment that speaks for it. Picocli takes the line apart and lays out the help; what a value means is
 * decided by {@link OptionValues}, so that a bad one is told in the same words wherever it comes from.
 */
final class OptionsParser {
    private final Map<String, String> env;
    private final boolean launched;

    /** @param launched whether {@code ./prosa} has started this JVM, and so has given it the memory that was asked for */
    OptionsParser(Map<String, String> env, boolean launched) {
        this.env = env;
        this.launched = launched;
    }

    Parsed parse(List<String> args) {
        Language language = LanguageChoice.of(args, env);
        CommandLine line = new CommandLine(Syntax.ofServer(Words.in(language)))
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(Syntax.HELP)) {
                return new Parsed.Print(Syntax.help(Syntax.whole(language)));
            }
            if (result.hasMatchedOption(Syntax.VERSION)) {
                return new Parsed.Print("prosa " + version());
            }
            for (String unknown : result.unmatched()) {
                throw BadOption.unknown(unknown, Syntax.HELP, language);
            }
            return new Parsed.Run(new OptionValues(result, env, launched, language).options());
        } catch (BadOption e) {
            return new Parsed.Bad(e.line());
        } catch (ParameterException e) {
            return new Parsed.Bad(BadOption.of(e, language).line());
        }
    }

    static String version() {
        try (InputStream in = OptionsParser.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
