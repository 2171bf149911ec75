package prosa.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.doctor.DoctorOptions.Parsed;
import prosa.doctor.check.Patience;
import prosa.language.Language;

class DoctorParserTest {
    private static Parsed parse(Map<String, String> env, String... args) {
        return new DoctorParser(env, Patience.USUAL).parse(List.of(args));
    }

    private static String bad(String... args) {
        return assertInstanceOf(Parsed.Bad.class, parse(Map.of(), args)).line();
    }

    @Test
    void takesAnAddressAndLittleElse() {
        DoctorOptions options = assertInstanceOf(Parsed.Run.class, parse(Map.of(), "http://localhost/prosa/"))
                .options();
        assertEquals("http://localhost/prosa/", options.url().toString());
        assertEquals(Patience.USUAL, options.patience());
        assertFalse(options.json());
        assertEquals(Language.ENGLISH, options.language());
        options = assertInstanceOf(
                        Parsed.Run.class,
                        parse(Map.of("LANG", "pt_BR"), "--patient", "https://127.0.0.1:8443", "--json"))
                .options();
        assertEquals(Patience.MUCH, options.patience());
        assertTrue(options.json());
        assertEquals(Language.PORTUGUESE, options.language());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | URL: is missing: http(s)://HOST",
                "http://localhost http://localhost | URL: is one, and several are given",
                "ftp://localhost | URL: \"ftp://localhost\" is not http(s)://HOST[:PORT][/PATH]",
                "localhost:8080 | URL: \"localhost:8080\" is not http(s)://HOST[:PORT][/PATH]",
                "http://localhost?room=a | URL: \"http://localhost?room=a\" is not http(s)://HOST[:PORT][/PATH]",
                "http://nohost.invalid | URL: \"http://nohost.invalid\" is on no host that is known here",
                "--lang pt http://nohost.invalid | URL: \"http://nohost.invalid\" não leva a nenhum host conhecido aqui",
                "--frob http://localhost | --frob: no such option, see doctor --help",
                "--cacert /no/such.pem http://localhost | --cacert: \"/no/such.pem\" can't be read",
                "http://localhost --cacert | --cacert: a value is missing",
                "--json --json http://localhost | --json: given twice",
                "--lang fr http://localhost | --lang: \"fr\" is neither en nor pt"
            })
    void saysWhatIsWrong(String args, String line) {
        assertEquals("prosa: " + line, bad(args.isEmpty() ? new String[0] : args.split(" ")));
    }

    @Test
    void aFileWithoutACertificateIsRefused(@TempDir Path folder) throws Exception {
        Path none = Files.createFile(folder.resolve("none.pem"));
        assertTrue(bad("http://localhost", "--cacert", none.toString()).endsWith(" has no certificate in PEM"));
    }

    @ParameterizedTest
    @CsvSource({"en, Usage: ./prosa doctor [OPTION...] URL", "pt, Uso: ./prosa doctor [OPÇÃO...] URL"})
    void theHelpFitsATerminal(String lang, String start) {
        String help = assertInstanceOf(Parsed.Print.class, parse(Map.of("PROSA_LANG", lang), "--help"))
                .text();
        assertTrue(help.startsWith(start), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }
}
