package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.language.Language;

/** {@code ./prosa manual}, as text and as man's programs read it. */
@Timeout(60)
class ManualTest {
    private static final Path OPERATIONS = Path.of("../docs/operations.md");

    @TempDir
    Path folder;

    private static String printed(Language language, String... args) {
        return assertInstanceOf(
                        Parsed.Print.class, ManualCommand.parse(List.of(args), Map.of("PROSA_LANG", language.tag())))
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void eachOptionOfEachCommandAndEachStatusIsInIt(Language language) {
        String text = printed(language);
        for (Option option : Option.values()) {
            assertTrue(text.contains("\n    " + option.flag() + "="), option.flag());
        }
        for (Subcommand subcommand : Subcommand.values()) {
            String part = text.substring(text.indexOf("\n  prosa " + subcommand.word() + " "));
            subcommand
                    .spec(language)
                    .options()
                    .forEach(option -> assertTrue(part.contains("\n    " + option.longestName()), option::longestName));
        }
        for (Status status : Status.values()) {
            assertTrue(text.contains("\n    " + status.code() + "\n"), status::name);
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertEquals(text, printed(language, "--lang", language.tag()));
    }

    @ParameterizedTest
    @EnumSource
    void groffAndMandocHaveNothingToComplainOf(Language language) throws Exception {
        String roff = printed(language, "--roff");
        assertTrue(roff.startsWith(".TH PROSA 1 "), roff);
        assertTrue(roff.matches("[ -~\n]+"), "ASCII alone: no program need be told an encoding");
        Path page = Files.writeString(folder.resolve("prosa.1"), roff + "\n");
        Tool.Said said = new Tool("groff").run(folder, List.of("-man", "-ww", "-Tutf8", page.toString()));
        assertEquals("", said.err());
        String shown = said.out().replaceAll(".\b|\u001b\\[[0-9;]*m", "");
        for (Option option : Option.values()) {
            assertTrue(shown.contains(" " + option.flag() + "="), option.flag());
        }
        // Its own style of dates, and whether other pages are installed, are not ours.
        String lint = new Tool("mandoc")
                .run(folder, List.of("-Tlint", "-Wwarning", page.toString()))
                .out();
        assertEquals(
                List.of(),
                lint.lines().filter(line -> !line.contains("missing date")).toList());
    }

    @Test
    void theFilesOfTheDataFolderAreThoseOfTheDocuments() throws Exception {
        String table = Files.readString(OPERATIONS)
                .split("`--data-dir` holds\n", 2)[1]
                .strip()
                .split("\n\n")[0];
        List<String> files = Pattern.compile("^\\| `([a-z.-]+)`", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(8, files.size(), files::toString);
        String text = printed(Language.ENGLISH);
        for (String file : files) {
            assertTrue(text.contains("\n    " + file + "\n") || text.contains("\n    " + file + ", "), file);
        }
    }

    @Test
    void whatIsNoOptionIsNamed() {
        assertEquals(
                new Parsed.Bad("prosa: --html: no such option, see manual --help"),
                ManualCommand.parse(List.of("--html"), Map.of()));
    }
}
