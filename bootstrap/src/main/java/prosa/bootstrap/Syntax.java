package prosa.bootstrap;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import prosa.language.Catalogue;
import prosa.language.Language;

/**
 * What can be said on the command line, as picocli has it: the one model of which the parser, the help, the completions and the manual are
 * made. By programming picocli, not by annotations: reflecting on those would take longer than all the rest.
 */
final class Syntax {
    static final String HELP = "--help";
    static final String VERSION = "--version";
    static final String PROGRAM = "./prosa";

    private static final int FLAGS_WIDTH = 24;

    private Syntax() {}

    /** The server's own options, to be parsed. In one row: of groups picocli would let each come, with its options, again and again. */
    static CommandSpec ofServer(Catalogue words) {
        CommandSpec spec = CommandSpec.create().name(PROGRAM);
        for (Option.Group group : Option.Group.values()) {
            options(group, words).forEach(spec::addOption);
        }
        return spec;
    }

    /** With groups and all commands, to be shown. A parser knows no commands: they come first on the line, or not at all. */
    static CommandSpec whole(Language language) {
        Catalogue words = Words.in(language);
        CommandSpec spec = CommandSpec.create().name(PROGRAM);
        String options = words.get("help.option");
        String heading = words.get("help.usage") + " ";
        spec.usageMessage()
                .synopsisHeading(heading)
                .customSynopsis(
                        PROGRAM + " " + options,
                        " ".repeat(heading.length()) + PROGRAM + " " + words.get("help.command") + " " + options)
                .description(words.get("help.lead"))
                .sortOptions(false)
                .longOptionsMaxWidth(FLAGS_WIDTH)
                .commandListHeading(words.get("help.commands") + "%n")
                .footer("%n" + words.get("help.end"));
        for (Option.Group group : Option.Group.values()) {
            spec.addArgGroup(group(group, words));
        }
        for (Subcommand subcommand : Subcommand.values()) {
            spec.addSubcommand(subcommand.word(), subcommand.spec(language));
        }
        return spec;
    }

    static String help(CommandSpec spec) {
        return new CommandLine(spec).getUsageMessage(Ansi.OFF).stripTrailing();
    }

    /** What a command does, in a line. */
    static String lead(CommandSpec spec) {
        return spec.usageMessage().description()[0];
    }

    /** An option of each command. */
    static OptionSpec helpOption(Catalogue words) {
        return OptionSpec.builder(HELP)
                .usageHelp(true)
                .description(words.get("help.help"))
                .build();
    }

    private static ArgGroupSpec group(Option.Group group, Catalogue words) {
        ArgGroupSpec.Builder spec = ArgGroupSpec.builder()
                .heading(group.heading(words) + "%n")
                .order(group.ordinal())
                .exclusive(false)
                .validate(false);
        options(group, words).forEach(spec::addArg);
        return spec.build();
    }

    private static List<OptionSpec> options(Option.Group group, Catalogue words) {
        List<OptionSpec> options = new ArrayList<>();
        for (Option option : Option.values()) {
            if (option.group == group) {
                options.add(option(option, words));
            }
        }
        if (group == Option.Group.REST) {
            options.add(helpOption(words));
            options.add(OptionSpec.builder(VERSION)
                    .versionHelp(true)
                    .description(words.get("help.version"))
                    .build());
        }
        return options;
    }

    static OptionSpec option(Option option, Catalogue words) {
        OptionSpec.Builder spec = OptionSpec.builder(option.flag())
                .paramLabel(option.placeholder(words))
                .description(option.description(words));
        if (!option.candidates().isEmpty()) {
            spec.completionCandidates(option.candidates());
        }
        if (option.isRepeated()) {
            return spec.type(List.class).auxiliaryTypes(String.class).build();
        }
        // As a file for shells alone: what the text means is decided by OptionValues.
        return option.isFile()
                ? spec.type(File.class).converters(typed -> typed).build()
                : spec.type(String.class).build();
    }
}
