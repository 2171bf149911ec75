package prosa.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.lab.Wire;
import prosa.lab.compare.CompareOptions.Parsed;
import prosa.lab.figures.Experiment;
import prosa.lab.tls.SelfSigned;
import prosa.language.Language;

class CompareParserTest {
    @Test
    void withoutOptionsEverythingIsComparedOnAServerOfItsOwn() {
        CompareOptions options = options(Map.of());
        assertEquals(Optional.empty(), options.running());
        assertEquals(Set.of(Wire.values()), options.wires());
        assertEquals(Set.of(Experiment.Kind.values()), options.experiments());
        assertEquals(Language.ENGLISH, options.language());
    }

    @Test
    void takesAServerThatRuns() {
        CompareOptions.Running running = options(Map.of(), "--url", "http://127.0.0.1:8081", "--tcp", "127.0.0.1:99")
                .running()
                .orElseThrow();
        assertEquals(8081, running.http().at().getPort());
        assertEquals(99, running.tcp().at().getPort());
        assertTrue(running.pid().isEmpty());
        String own = Long.toString(ProcessHandle.current().pid());
        running =
                options(Map.of(), "--url=http://[::1]", "--pid", own).running().orElseThrow();
        assertEquals(80, running.http().at().getPort());
        assertEquals(2323, running.tcp().at().getPort());
        assertEquals(own, Long.toString(running.pid().getAsLong()));
    }

    @Test
    void worksInAFolderThatIsThere(@TempDir Path folder) {
        assertEquals(
                folder,
                options(Map.of(), "--work-dir", folder.toString()).work().path());
        assertTrue(bad(Map.of(), "--work-dir=" + folder.resolve("none")).contains("--work-dir"));
    }

    @Test
    void takesAServerOverTls(@TempDir Path folder) throws Exception {
        CompareOptions.Running running =
                options(Map.of(), "--url", "https://localhost").running().orElseThrow();
        assertEquals(443, running.http().at().getPort());
        assertEquals(2324, running.tcp().at().getPort());
        assertEquals("localhost", running.http().tls().orElseThrow().host());
        assertTrue(running.tcp().tls().isPresent(), running::toString);
        String cacert = new SelfSigned(folder).pem().toString();
        running = options(Map.of(), "--url", "https://[::1]:8443", "--tcp", "tcp://127.0.0.1:2323", "--cacert", cacert)
                .running()
                .orElseThrow();
        assertEquals("::1", running.http().tls().orElseThrow().host());
        assertEquals(Optional.empty(), running.tcp().tls());
        running = options(Map.of(), "--url", "http://[::1]", "--tcp", "tcps://127.0.0.1")
                .running()
                .orElseThrow();
        assertEquals(Optional.empty(), running.http().tls());
        assertEquals("127.0.0.1", running.tcp().tls().orElseThrow().host());
        assertTrue(bad(Map.of(), "--url=http://localhost", "--cacert", cacert)
                .endsWith(" goes with --url https://HOST:PORT"));
        Path none = Files.writeString(folder.resolve("none.pem"), "");
        assertTrue(bad(Map.of(), "--url=https://localhost", "--cacert", none.toString())
                .endsWith(" has no certificate in PEM"));
        assertTrue(bad(Map.of("LANG", "pt_BR"), "--url=https://localhost", "--cacert", none + "x")
                .endsWith(" não pode ser lido"));
    }

    @Test
    void takesSomeWiresAndExperiments() {
        CompareOptions options = options(
                Map.of("LANG", "pt_BR.UTF-8"),
                "--wires",
                "sse,long-poll",
                "--experiments",
                "half-open",
                "--seconds",
                "3",
                "--warm-up",
                "30");
        assertEquals(Set.of(Wire.SSE, Wire.LONG_POLL), options.wires());
        assertEquals(Set.of(Experiment.Kind.HALF_OPEN), options.experiments());
        assertEquals(Optional.of(Duration.ofSeconds(3)), options.duration());
        assertEquals(Optional.of(Duration.ofSeconds(30)), options.warmUp());
        assertEquals(Language.PORTUGUESE, options.language());
        assertEquals(Set.of(), options(Map.of(), "--experiments", "none").experiments());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--wires | telnet | is none of websocket, sse, tcp, ndjson, and long-poll"
                        + " | não é nenhum destes: websocket, sse, tcp, ndjson e long-poll",
                "--seconds | 0 | is not a whole number from 1 to 600 | não é um número inteiro de 1 a 600",
                "--warm-up | 0 | is not a whole number from 1 to 600 | não é um número inteiro de 1 a 600",
                "--seconds | +3 | is not a whole number from 1 to 600 | não é um número inteiro de 1 a 600",
                "--seconds | 9999 | is not a whole number from 1 to 600 | não é um número inteiro de 1 a 600",
                "--url | localhost:8080 | is not http(s)://HOST:PORT | não tem a forma http(s)://HOST:PORTA",
                "--url | ftp://localhost | is not http(s)://HOST:PORT | não tem a forma http(s)://HOST:PORTA",
                "--cacert | x.pem | goes with --url | só vale com --url",
                "--url | a b | is no address | não é um endereço",
                "--url | http://nohost.invalid | is on no host that is known here"
                        + " | não leva a nenhum host conhecido aqui",
                "--tcp | localhost:1 | goes with --url | só vale com --url",
                "--pid | 1 | goes with --url | só vale com --url",
                "--lang | fr | is neither en nor pt | não é en nem pt",
                "--json | /no/such/folder/x.json | can't be written | não pode ser gravado",
                "--html | / | can't be written | não pode ser gravado",
                "--from | /no/such/file.json | can't be read | não pode ser lido",
                "--docs | / | has no discussion.md and discussion.pt.md that can be written"
                        + " | não tem um discussion.md e um discussion.pt.md que possam ser gravados",
                "--json | ~bia/x.json | is in somebody's home folder: write its whole path (or ./~...)"
                        + " | fica na pasta pessoal de alguém: escreva o caminho inteiro (ou ./~...)"
            })
    void saysWhatIsWrongWithAnOption(String option, String value, String english, String portuguese) {
        String start = "prosa: " + option + ": \"" + value + "\" ";
        assertEquals(start + english, bad(Map.of(), option, value));
        assertEquals(start + portuguese, bad(Map.of("LANG", "pt_BR.UTF-8"), option, value));
    }

    @Test
    void saysWhatIsWrongWithSeveral() {
        String wires = "websocket, sse, tcp, ndjson, and long-poll";
        assertEquals("prosa: --wires: \"\" is none of " + wires, bad(Map.of(), "--wires", "sse,"));
        assertTrue(bad(Map.of(), "--experiments", "cuts").startsWith("prosa: --experiments: \"cuts\" is none of cut,"));
        String none = Integer.toString(Integer.MAX_VALUE);
        assertEquals(
                "prosa: --pid: \"" + none + "\" is no process here",
                bad(Map.of(), "--url=http://localhost", "--pid", none));
        assertEquals(
                "prosa: --pid: \"" + none + "\" não é um processo desta máquina",
                bad(Map.of(), "--url=http://localhost", "--lang=pt", "--pid", none));
        assertEquals(
                "prosa: --pid: \"x\" não é um número inteiro de 1 a 2.147.483.647",
                bad(Map.of(), "--url=http://localhost", "--lang=pt", "--pid", "x"));
        assertEquals("prosa: --json: \"a\uFFFDb\" is no file's name", bad(Map.of(), "--json=a\0b"));
        assertEquals("prosa: --json: \"a\uFFFDb\" não é um nome de arquivo", bad(Map.of(), "--json=a\0b", "--lang=pt"));
        Map<String, String> homeless = Map.of("HOME", "?");
        assertEquals(
                "prosa: --json: \"~/x\" is in the home folder, and nobody knows which one that is",
                bad(homeless, "--json=~/x"));
        assertEquals(
                "prosa: --json: \"~/x\" fica na pasta pessoal, e não há como saber qual é",
                bad(homeless, "--json=~/x", "--lang=pt"));
    }

    @Test
    void saysWhatIsWrongWithTheLine() {
        assertEquals("prosa: --frob: no such option, see compare --help", bad(Map.of(), "--frob", "x"));
        assertEquals("prosa: --frob: essa opção não existe; veja compare --help", bad(Map.of(), "--frob", "--lang=pt"));
        assertEquals("prosa: --json: a value is missing", bad(Map.of(), "--json"));
        assertEquals("prosa: --json: falta o valor", bad(Map.of(), "--lang", "pt", "--json"));
        assertEquals("prosa: --pid: given twice", bad(Map.of(), "--pid=1", "--pid=2"));
        assertEquals("prosa: --pid: repetida", bad(Map.of("PROSA_LANG", "pt"), "--pid=1", "--pid=2"));
        assertEquals("prosa: --help: takes no value", bad(Map.of(), "--help=me"));
        assertEquals("prosa: --help: não aceita valor", bad(Map.of(), "--help=me", "--lang=pt"));
    }

    @Test
    void theVariableIsRefusedAsTheOptionIs() {
        assertEquals("prosa: PROSA_LANG: \"fr\" is neither en nor pt", bad(Map.of("PROSA_LANG", "fr")));
        assertEquals(
                "prosa: PROSA_LANG: \"fr\" não é en nem pt", bad(Map.of("PROSA_LANG", "fr", "LANG", "pt_BR.UTF-8")));
        assertEquals(
                Language.ENGLISH,
                options(Map.of("PROSA_LANG", "fr"), "--lang", "en").language());
    }

    private static String bad(Map<String, String> env, String... args) {
        String line = assertInstanceOf(Parsed.Bad.class, new CompareParser(env).parse(List.of(args)))
                .line();
        assertEquals(1, line.lines().count());
        return line;
    }

    /** As a shell writes it, where none has read it. */
    @Test
    void aTildeIsTheHomeFolder(@TempDir Path home) throws IOException {
        Path figures = Files.createFile(home.resolve("figures.json"));
        Files.createFile(home.resolve("discussion.md"));
        Files.createFile(home.resolve("discussion.pt.md"));
        CompareOptions options = options(
                Map.of("HOME", home.toString()),
                "--json=~/new.json",
                "--html=~/new.html",
                "--from=~/figures.json",
                "--docs=~");
        assertEquals(Optional.of(home.resolve("new.json")), options.json());
        assertEquals(Optional.of(home.resolve("new.html")), options.html());
        assertEquals(Optional.of(figures), options.from());
        assertEquals(Optional.of(home), options.docs());
    }

    @ParameterizedTest
    @CsvSource({"en, Usage: ./prosa compare [OPTION...]", "pt, Uso: ./prosa compare [OPÇÃO...]"})
    void theHelpNamesEveryWireAndExperiment(String lang, String start) {
        String help = assertInstanceOf(
                        Parsed.Print.class,
                        new CompareParser(Map.of("PROSA_LANG", lang)).parse(List.of("--nonsense", "--help")))
                .text();
        assertTrue(help.startsWith(start), help);
        for (Wire wire : Wire.values()) {
            assertTrue(help.contains(wire.id()), wire::id);
        }
        for (Experiment.Kind kind : Experiment.Kind.values()) {
            assertTrue(help.contains(kind.id()), kind::id);
        }
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }

    private static CompareOptions options(Map<String, String> env, String... args) {
        return assertInstanceOf(Parsed.Run.class, new CompareParser(env).parse(List.of(args)))
                .options();
    }
}
