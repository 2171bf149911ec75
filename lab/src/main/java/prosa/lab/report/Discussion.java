package prosa.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import prosa.lab.figures.Comparison;
import prosa.language.Language;

/**
 * The figures in {@code discussion.md} and {@code discussion.pt.md}. They stand between {@code <!-- compare:ID -->}, with the id of a
 * section of the report, and {@code <!-- /compare -->}, and are replaced as a whole; what stands outside is not touched.
 */
public final class Discussion {
    private static final Pattern BLOCK = Pattern.compile(
            "(?<open><!-- compare:(?<id>[a-z-]*) -->\n)(?<figures>.*?)(?<close><!-- /compare -->)", Pattern.DOTALL);
    private static final Map<String, Language> DOCUMENTS =
            Map.of("discussion.md", Language.ENGLISH, "discussion.pt.md", Language.PORTUGUESE);

    private Discussion() {}

    /**
     * Writes a run's figures into the documents of a folder.
     *
     * @throws IOException also if a document is missing, or asks for figures that there are none of
     */
    public static void write(Comparison comparison, Path folder) throws IOException {
        for (Map.Entry<String, Language> document : DOCUMENTS.entrySet()) {
            Path file = folder.resolve(document.getKey());
            String text = Files.readString(file);
            try {
                Files.writeString(file, filled(text, comparison, document.getValue()));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
    }

    /** @throws IllegalArgumentException if the document asks for figures that there are none of */
    static String filled(String document, Comparison comparison, Language language) {
        Report report = Report.of(comparison, language);
        Map<String, Section> sections =
                report.sections().stream().collect(Collectors.toMap(Section::id, Function.identity()));
        return BLOCK.matcher(document).replaceAll(found -> {
            Section section = sections.get(found.group("id"));
            if (section == null) {
                throw new IllegalArgumentException("there are no figures called " + found.group("id"));
            }
            return Matcher.quoteReplacement(
                    found.group("open") + block(section, report.words()) + found.group("close"));
        });
    }

    /** The ids of the figures that a document asks for, in its order. */
    static List<String> ids(String document) {
        return BLOCK.matcher(document)
                .results()
                .map((MatchResult found) -> found.group("id"))
                .toList();
    }

    private static String block(Section section, Words words) {
        StringBuilder block = new StringBuilder();
        if (section.table().rows().isEmpty()) {
            block.append(words.get("unmeasured")).append("\n");
        } else {
            table(section.table(), block);
        }
        section.notes().forEach(note -> block.append("\n").append(escaped(note)).append("\n"));
        return block.append("\n`").append(section.command()).append("`\n").toString();
    }

    private static void table(Table table, StringBuilder block) {
        line(table.columns().stream().map(Table.Column::name).toList(), block);
        block.append(table.columns().stream()
                .map(column -> column.number() ? "---:" : "---")
                .collect(Collectors.joining("|", "|", "|\n")));
        table.rows().forEach(row -> line(row, block));
    }

    private static void line(List<String> cells, StringBuilder block) {
        block.append(cells.stream()
                .map(cell -> escaped(cell).replace("\n", "<br>"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** What Markdown and HTML would take for theirs. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1")
                .replace("\r", "");
    }
}
