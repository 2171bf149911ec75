package prosa.bootstrap.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import prosa.bootstrap.manual.Manual.Block;
import prosa.bootstrap.manual.Manual.Item;
import prosa.bootstrap.manual.Manual.Paragraph;
import prosa.bootstrap.manual.Manual.Part;
import prosa.bootstrap.manual.Manual.Section;
import prosa.bootstrap.manual.Manual.Typed;
import prosa.language.Catalogue;
import prosa.language.Language;

/** What the manual says: of each option what the help says, and behind it what that has no room for. */
public final class ManualPage {
    private static final String NAME = "prosa";

    /** What is in the data folder, in the order of {@code docs/operations.md}. */
    private static final List<String> FILES = List.of(
            "prosa.db",
            "prosa.db-wal, prosa.db-shm",
            "prosa.promise",
            "house.db",
            "operator.token",
            "tls-self.pem",
            "copy.db, house-copy.db",
            "prosa.lock");

    private static final List<String> VARIABLES = List.of(
            "PROSA_HTTP_PORT, ...", "PROSA_JAVA_OPTS, JAVA_OPTS", "JAVA_HOME", "LC_ALL, LC_MESSAGES, LANG", "TZ");

    private static final List<String> EXAMPLES = List.of(
            "prosa --bind 0.0.0.0 --tls self",
            "prosa --trust-proxy 127.0.0.1 --allow-origin https://chat.example",
            "prosa compare --html report.html",
            "prosa completion fish | source",
            "prosa manual --roff | man -l -");

    private final Catalogue words;
    private final CommandSpec spec;
    private final List<Item> statuses;
    private final String version;

    /**
     * @param spec the program with its commands; texts are in this language, and begin with what it is
     * @param statuses with which it ends
     */
    public ManualPage(Language language, CommandSpec spec, List<Item> statuses, String version) {
        this.words = Words.in(language);
        this.spec = spec;
        this.statuses = List.copyOf(statuses);
        this.version = version;
    }

    /** All of it. */
    public Manual manual() {
        return new Manual(
                NAME,
                version,
                List.of(
                        section("name", List.of(new Paragraph(NAME + " - " + words.get("name")))),
                        section("synopsis", List.of(new Typed(synopsis()))),
                        section("description", paragraphs("description.")),
                        section("options", options()),
                        section("commands", commands()),
                        section("status", concluded(statuses, "status.system")),
                        section("environment", items(VARIABLES, "variable.")),
                        section("files", concluded(items(FILES, "file."), "files.open")),
                        section("examples", items(EXAMPLES, "example.")),
                        section("see", List.of(new Paragraph(words.get("see"))))));
    }

    private Section section(String key, List<Block> blocks) {
        return new Section(words.get("section." + key), blocks);
    }

    private List<String> synopsis() {
        return Stream.concat(Stream.of(spec), subcommands().values().stream().map(CommandLine::getCommandSpec))
                .flatMap(command ->
                        Arrays.stream(command.usageMessage().customSynopsis()).limit(1))
                .map(ManualPage::bare)
                .toList();
    }

    private Map<String, CommandLine> subcommands() {
        return spec.subcommands();
    }

    /** The help says how it is called in a clone. */
    private static String bare(String text) {
        return text.replace("./" + NAME, NAME);
    }

    /** The texts under these keys, as many as there are. */
    private List<Block> paragraphs(String prefix) {
        List<Block> paragraphs = new ArrayList<>();
        for (int i = 1; words.find(prefix + i).isPresent(); i++) {
            paragraphs.add(new Paragraph(words.get(prefix + i)));
        }
        return paragraphs;
    }

    /** Each with what is said of it under its number. */
    private List<Block> items(List<String> terms, String prefix) {
        List<Block> items = new ArrayList<>();
        for (String term : terms) {
            items.add(new Item(term, List.of(words.get(prefix + (items.size() + 1)))));
        }
        return items;
    }

    private List<Block> concluded(List<? extends Block> blocks, String key) {
        return Stream.concat(blocks.stream(), Stream.of(new Paragraph(words.get(key))))
                .toList();
    }

    private List<Block> options() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(words.get("options")));
        for (ArgGroupSpec group : spec.argGroups()) {
            blocks.add(new Part(group.heading().replace("%n", "")));
            group.options().forEach(option -> blocks.add(item(option, "more.")));
        }
        return blocks;
    }

    private List<Block> commands() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(words.get("commands")));
        subcommands().forEach((word, line) -> {
            CommandSpec command = line.getCommandSpec();
            blocks.add(new Part(bare(command.usageMessage().customSynopsis()[0])));
            blocks.add(new Paragraph(command.usageMessage().description()[0]));
            for (PositionalParamSpec operand : command.positionalParameters()) {
                blocks.add(new Item(operand.paramLabel(), said(operand)));
            }
            command.options().forEach(option -> blocks.add(item(option, "more." + word + ".")));
            for (String text : command.usageMessage().footer()) {
                blocks.add(new Paragraph(bare(text.replace("%n", " ").strip())));
            }
        });
        return blocks;
    }

    /** @param more before its name, where there is more to say of it */
    private Item item(OptionSpec option, String more) {
        String term =
                option.arity().max() == 0 ? option.longestName() : option.longestName() + "=" + option.paramLabel();
        Stream<String> rest = words.find(more + option.longestName().substring(2)).stream();
        return new Item(term, Stream.concat(said(option).stream(), rest).toList());
    }

    private static List<String> said(ArgSpec argument) {
        return List.of(String.join(" ", argument.description()));
    }
}
