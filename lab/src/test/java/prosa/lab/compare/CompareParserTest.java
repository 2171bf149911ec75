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
        assertEquals(8081, running.http().getPort());
        assertEquals(99, running.tcp().getPort());
        assertTrue(running.pid().isEmpty());
        String own = Long.toString(ProcessHandle.current().pid());
        running =
                options(Map.of(), "--url=http://[::1]", "--pid", own).running().orElseThrow();
        assertEquals(80, running.http().getPort());
        assertEquals(2323, running.tcp().getPort());
        assertEquals(own, Long.toString(running.pid().getAsLong()));
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
                "3");
        assertEquals(Set.of(Wire.SSE, Wire.LONG_POLL), options.wires());
        assertEquals(Set.of(Experiment.Kind.HALF_OPEN), options.experiments());
        assertEquals(Optional.of(Duration.ofSeconds(3)), options.duration());
        assertEquals(Language.PORTUGUESE, options.language());
        assertEquals(Set.of(), options(Map.of(), "--experiments", "none").experiments());
    }

    @ParameterizedTest
    @CsvSource({
        "--wires, telnet",
        "--wires, 'sse,'",
        "--experiments, cuts",
        "--seconds, 0",
        "--seconds, +3",
        "--seconds, 9999",
        "--url, localhost:8080",
        "--url, https://localhost",
        "--tcp, localhost:1",
        "--pid, 1",
        "--lang, fr",
        "--json, /no/such/folder/x.json",
        "--html, /",
        "--from, /no/such/file.json",
        "--docs, /",
        "--json, ~bia/x.json",
        "--docs, ~bia",
        "--frob, x"
    })
    void namesABadOption(String option, String value) {
        Parsed.Bad bad = assertInstanceOf(Parsed.Bad.class, new CompareParser(Map.of()).parse(List.of(option, value)));
        assertTrue(bad.line().startsWith("prosa: ") && bad.line().contains(option), bad.line());
        assertEquals(1, bad.line().lines().count());
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

    @Test
    void theHelpNamesEveryWireAndExperiment() {
        String help = assertInstanceOf(Parsed.Print.class, new CompareParser(Map.of()).parse(List.of("--help")))
                .text();
        for (Wire wire : Wire.values()) {
            assertTrue(help.contains(wire.id()), wire::id);
        }
        for (Experiment.Kind kind : Experiment.Kind.values()) {
            assertTrue(help.contains(kind.id()), kind::id);
        }
    }

    private static CompareOptions options(Map<String, String> env, String... args) {
        return assertInstanceOf(Parsed.Run.class, new CompareParser(env).parse(List.of(args)))
                .options();
    }
}
