package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.lab.figures.Comparison;
import prosa.language.Language;

class DiscussionTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** If this fails: ./prosa compare --from docs/discussion.json --docs docs */
    @ParameterizedTest
    @CsvSource({"discussion.md, ENGLISH", "discussion.pt.md, PORTUGUESE"})
    void theFiguresInTheDocumentsAreThoseOfTheRunAndNobodyElses(String document, Language language) throws Exception {
        Comparison run = FiguresFile.read(DOCS.resolve("discussion.json"));
        String text = Files.readString(DOCS.resolve(document));
        assertEquals(Discussion.filled(text, run, language), text);
        assertEquals(
                Report.of(run, language).sections().stream().map(Section::id).collect(Collectors.toSet()),
                Set.copyOf(Discussion.ids(text)),
                "all that was measured is discussed");
    }

    @Test
    void replacesWhatStandsBetweenTheMarksAlone() {
        String text = "a\n<!-- compare:cpu -->\n| 1 | edited |\n<!-- /compare -->\nb $1 \\ <!-- compare:memory -->\n";
        String filled = Discussion.filled(text, Samples.full(), Language.ENGLISH);
        assertTrue(
                filled.startsWith(
                        "a\n<!-- compare:cpu -->\n| wire | µs per delivery | µs per message said |\n|---|---:|---:|\n"),
                filled);
        assertTrue(filled.endsWith("<!-- /compare -->\nb $1 \\ <!-- compare:memory -->\n"), filled);
        assertTrue(filled.contains("`./prosa compare --experiments none`\n<!-- /compare -->"), filled);
        assertEquals(filled, Discussion.filled(filled, Samples.full(), Language.ENGLISH));
    }

    @Test
    void nothingInAFigureIsMarkup() {
        String filled = Discussion.filled("<!-- compare:cut -->\n<!-- /compare -->", Samples.full(), Language.ENGLISH);
        assertTrue(filled.contains("&lt;script>alert(1)&lt;/script>"), filled);
        assertTrue(filled.contains("\\|\\`\\*\\_&amp;"), filled);
    }

    @Test
    void complainsOfFiguresThatThereAreNot(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("discussion.md"), "<!-- compare:nonsense -->\n<!-- /compare -->");
        Files.writeString(folder.resolve("discussion.pt.md"), "");
        IOException complaint = assertThrows(IOException.class, () -> Discussion.write(Samples.full(), folder));
        assertTrue(complaint.getMessage().contains("nonsense"), complaint::getMessage);
    }
}
