package prosa.bootstrap;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completions of a program and its commands as fish reads them, which picocli has not. A line for each thing that can be completed. */
final class FishCompletion {
    private final List<String> lines = new ArrayList<>();
    private final String begin;

    private FishCompletion(String program) {
        this.begin = "complete -c " + program;
        lines.add(begin + " -f"); // files where an option takes one, and nowhere else
    }

    static String of(String program, CommandSpec spec) {
        FishCompletion completion = new FishCompletion(program);
        Map<String, CommandLine> subcommands = spec.subcommands();
        completion.server(spec, subcommands.keySet());
        subcommands.forEach((word, line) -> completion.subcommand(word, line.getCommandSpec()));
        return String.join("\n", completion.lines);
    }

    private void server(CommandSpec spec, Set<String> words) {
        String serving = "not __fish_seen_subcommand_from " + String.join(" ", words);
        spec.options().forEach(option -> option(serving, option));
    }

    private void subcommand(String word, CommandSpec spec) {
        String said = Syntax.lead(spec);
        lines.add(begin + " -n 'test (count (commandline -opc)) -eq 1' -a " + word + " -d " + quoted(said));
        String seen = "__fish_seen_subcommand_from " + word;
        spec.options().forEach(option -> option(seen, option));
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            lines.add(begin + " -n '" + seen + "' -a '" + candidates(operand) + "'");
        }
    }

    private void option(String where, OptionSpec option) {
        String said = String.join(" ", option.description());
        lines.add(begin + " -n '" + where + "' -l " + option.longestName().substring(2) + value(option) + " -d "
                + quoted(said));
    }

    /** What comes behind it: nothing, a file, one of these words, or what nobody can guess. */
    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.type().equals(File.class)) {
            return " -r -F";
        }
        String candidates = candidates(option);
        return candidates.isEmpty() ? " -x" : " -x -a '" + candidates + "'";
    }

    private static String candidates(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        return candidates == null
                ? ""
                : StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
