package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.compare.Compare;
import prosa.lab.experiment.Patience;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Connect;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.WireFigures;
import prosa.lab.report.FiguresFile;
import prosa.lab.server.FreshServers;
import prosa.lab.server.OwnServer;

/** {@code ./prosa compare} from its command line to its table, against real servers. */
@Isolated("It measures.")
class CompareTest {
    private static final Settings LITTLE = little(20);
    private static final Settings WITHOUT_MEMORY = little(0);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Settings little(int idleConnections) {
        return new Settings(4, 40, Duration.ofSeconds(1), Duration.ofMillis(200), 64, idleConnections);
    }

    private Compare.Outcome compare(Settings settings, String... args) throws InterruptedException {
        Compare.Program program = new Compare.Program(Main.class.getName(), OptionsParser.version());
        Compare.Output output = new Compare.Output(new PrintStream(out, true), new PrintStream(err, true), false);
        return new Compare(program, output, InstantSource.system(), settings, Patience.USUAL)
                .run(List.of(args), Map.of());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void measuresAServerOfItsOwnAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Set<Path> before = foldersOfServers();
        FileTime made = Files.getLastModifiedTime(work);
        Path json = folder.resolve("figures.json");
        Path html = folder.resolve("report.html");
        Compare.Outcome status = compare(
                LITTLE,
                "--wires",
                "sse,tcp",
                "--experiments",
                "none",
                "--json",
                json.toString(),
                "--html",
                html.toString(),
                "--work-dir",
                work.toString());
        assertEquals(Compare.Outcome.FINE, status, err::toString);
        assertTrue(Files.getLastModifiedTime(work).compareTo(made) > 0, "the servers' folders were there");
        assertArrayEquals(new String[0], work.toFile().list());
        assertTrue(printed().contains("SSE"), this::printed);
        Comparison found = FiguresFile.read(json);
        assertEquals(
                List.of(160L, 160L),
                found.wires().stream().map(one -> one.latency().count()).toList(),
                "40 messages to 4 followers, all of which came");
        assertTrue(Files.readString(html).contains("</html>"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("sse: measuring the memory"), err::toString);
        assertNothingIsLeft(before);
    }

    @Test
    void aServerThatWasPreparedInVainIsEnded() throws Exception {
        Set<Path> before = foldersOfServers();
        try (FreshServers servers = new FreshServers(Main.class.getName())) {
            servers.prepare(WorkFolder.usual());
            try (OwnServer first = servers.take(WorkFolder.usual())) {
                servers.prepare(WorkFolder.usual());
                assertTrue(first.server().process().isPresent());
            }
        }
        assertNothingIsLeft(before);
    }

    private static void assertNothingIsLeft(Set<Path> before) throws Exception {
        assertEquals(Set.of(), difference(foldersOfServers(), before));
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("prosa-lab-"))
                        .toList());
    }

    private static Set<Path> foldersOfServers() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("prosa-lab-"))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<Path> difference(Set<Path> all, Set<Path> less) {
        Set<Path> rest = new HashSet<>(all);
        rest.removeAll(less);
        return rest;
    }

    @Test
    void measuresEveryWireOfAServerThatRuns(@TempDir Path folder) throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder)) {
            Compare.Outcome status = compare(
                    WITHOUT_MEMORY,
                    "--url",
                    "http://127.0.0.1:" + prosa.port("http"),
                    "--tcp",
                    "127.0.0.1:" + prosa.port("tcp"),
                    "--pid",
                    Long.toString(ProcessHandle.current().pid()),
                    "--experiments",
                    "none",
                    "--json",
                    folder.resolve("figures.json").toString());
            assertEquals(Compare.Outcome.FINE, status, err::toString);
            Comparison found = FiguresFile.read(folder.resolve("figures.json"));
            assertEquals(
                    List.of(Wire.values()),
                    found.wires().stream().map(WireFigures::wire).toList());
            found.wires().forEach(one -> assertEquals(160, one.latency().count(), one::toString));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void measuresEveryWireOverTlsAndWhatThatAdds(String host, @TempDir Path folder) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder)) {
            Compare.Outcome status = compare(
                    WITHOUT_MEMORY,
                    "--url",
                    "https://" + host + ":" + prosa.port("https"),
                    "--tcp",
                    host + ":" + prosa.port("tcps"),
                    "--cacert",
                    folder.resolve("tls-self.pem").toString(),
                    "--experiments",
                    "none",
                    "--json",
                    folder.resolve("figures.json").toString());
            assertEquals(Compare.Outcome.FINE, status, err::toString);
            Comparison found = FiguresFile.read(folder.resolve("figures.json"));
            assertEquals(
                    List.of(Wire.values()),
                    found.wires().stream().map(WireFigures::wire).toList());
            for (WireFigures one : found.wires()) {
                assertEquals(160, one.latency().count(), one::toString);
                assertEquals(3, one.connect().roundTrips(), one::toString);
                Connect.Tls handshake = one.connect().tls().orElseThrow();
                assertTrue(handshake.bytesUp() > 200 && handshake.bytesDown() > 500, one::toString);
                assertTrue(one.connect().bytesDown() > handshake.bytesDown(), one::toString);
                // A record has 22 bytes more than what is in it. Each message came in one at least, or shared it.
                Traffic.Tls down = one.down().tls().orElseThrow();
                assertTrue(down.along() > 5 && down.along() < 200, one::toString);
                assertTrue(one.saying().traffic().tls().orElseThrow().along() >= 22, one::toString);
            }
            assertTrue(printed().contains("down, bytes: TLS"), this::printed);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedInPlainWords(@TempDir Path folder) throws Exception {
        try (RunningProsa prosa = RunningProsa.encrypted(folder)) {
            String url = "https://localhost:" + prosa.port("https");
            assertEquals(
                    Compare.Outcome.NOT_MEASURED,
                    compare(WITHOUT_MEMORY, "--url", url, "--wires", "sse", "--experiments", "none", "--lang", "pt"));
            String said = err.toString(StandardCharsets.UTF_8);
            assertTrue(said.contains("o certificado do servidor não é de confiança, e --cacert diz qual é: "), said);
        }
    }

    @Test
    void whoElseIsInTheRoomIsNoCostOfConnecting(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("figures.json");
        Settings crowd = new Settings(40, 10, Duration.ofMillis(200), Duration.ZERO, 64, 0);
        assertEquals(
                Compare.Outcome.FINE,
                compare(crowd, "--wires", "websocket,tcp", "--experiments", "none", "--json", json.toString()),
                err::toString);
        for (WireFigures wire : FiguresFile.read(json).wires()) {
            // The names of 40 others would take more than that alone.
            assertTrue(wire.connect().bytesDown() < 700, wire::toString);
        }
    }

    @Test
    void saysWhichWireCouldNotBeMeasuredAndEndsWithOne() throws Exception {
        Compare.Outcome status =
                compare(WITHOUT_MEMORY, "--url", "http://127.0.0.1:1", "--wires", "websocket", "--experiments", "none");
        assertEquals(Compare.Outcome.NOT_MEASURED, status);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("prosa: websocket: "), err::toString);
        assertEquals("", printed());
    }

    @Test
    void showsTheFiguresOfAnEarlierRunAgain(@TempDir Path folder) throws Exception {
        Path docs = Path.of("..", "docs");
        for (String document : List.of("discussion.md", "discussion.pt.md")) {
            Files.copy(docs.resolve(document), folder.resolve(document));
        }
        String earlier = docs.resolve("discussion.json").toString();
        assertEquals(
                Compare.Outcome.FINE,
                compare(LITTLE, "--from", earlier, "--docs", folder.toString(), "--lang", "pt"),
                err::toString);
        assertTrue(printed().startsWith("Todos os transportes lado a lado"), this::printed);
        assertEquals(
                Files.readString(docs.resolve("discussion.pt.md")),
                Files.readString(folder.resolve("discussion.pt.md")));

        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        assertEquals(Compare.Outcome.BAD_OPTION, compare(LITTLE, "--from", other.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("other.json: not the figures"), err::toString);
    }

    @Test
    void endsWithTwoOnABadOption() throws Exception {
        assertEquals(Compare.Outcome.BAD_OPTION, compare(LITTLE, "--wires", "telnet"));
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
    }
}
