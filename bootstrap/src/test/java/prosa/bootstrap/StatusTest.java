package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import prosa.doctor.Doctor;
import prosa.lab.compare.Compare;
import prosa.language.Language;

class StatusTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([0-9]+) \\|[^|]*\\| (.*) \\|$", Pattern.MULTILINE);

    /** Row by row, in the manual's words, behind which the documents may go on. */
    @Test
    void theTableOfTheDocumentsHasTheSame() throws Exception {
        String section = Files.readString(Path.of("../docs/operations.md"))
                .split("\n## How it ends\n", 2)[1]
                .split("\n## ")[0];
        Map<Integer, String> rows = ROW.matcher(section)
                .results()
                .collect(Collectors.toMap(
                        row -> Integer.parseInt(row.group(1)), StatusTest::said, (a, b) -> a, TreeMap::new));
        assertEquals(
                Stream.of(Status.values()).map(Status::code).toList(),
                rows.keySet().stream().toList());
        for (Status status : Status.values()) {
            String meaning = status.meaning(Words.in(Language.ENGLISH));
            assertTrue(rows.get(status.code()).startsWith(meaning), () -> status + ": " + meaning);
        }
    }

    private static String said(MatchResult row) {
        return row.group(2).replaceAll("`|\\[([^\\]]*)]\\([^)]*\\)", "$1");
    }

    @Test
    void whatAComparisonComesToIsAStatus() {
        assertEquals(0, Status.of(Compare.Outcome.FINE).code());
        assertEquals(1, Status.of(Compare.Outcome.NOT_MEASURED).code());
        assertEquals(2, Status.of(Compare.Outcome.BAD_OPTION).code());
    }

    @Test
    void whatTheDoctorFindsIsAStatus() {
        assertEquals(0, Status.of(Doctor.Outcome.ALL_RIGHT).code());
        assertEquals(1, Status.of(Doctor.Outcome.SOMETHING_WRONG).code());
        assertEquals(2, Status.of(Doctor.Outcome.NOT_REACHED).code());
    }
}
