package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HouseClock;
import prosa.language.Language;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.WebSocketClient;

/** What a start says, and what it says when it can't. */
class StartTest {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "PROSA_HTTP_PORT", "0", "PROSA_TCP_PORT", "0", "PROSA_TUTORIAL_PORT", "0", "PROSA_HISTORY", "memory");

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void itSaysWhereItListensLineByLineAndNothingOnStderr() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, FREE_PORTS, "--bind", "127.0.0.1", "--lang", "pt")) {
            prosa.readWhereItListens();
            String all = prosa.listening().toString();
            assertTrue(all.matches("\\[sse://127.0.0.1:[0-9]+, http://127.0.0.1:[0-9]+, tcp://127.0.0.1:[0-9]+]"), all);
            assertEquals(200, prosa.http().get("/health").status());
            assertTrue(new LineClient(prosa.place().tcp()).lines().next().contains("nome"));
            prosa.terminate();
            assertTrue(prosa.output()
                    .contains("curl -N http://localhost:" + prosa.place().http().getPort() + "/feed"));
            prosa.assertEndedWell();
            assertEquals("", prosa.errors());
        }
    }

    @Test
    @Timeout(60)
    void byDefaultItListensOnBothLoopbackAddresses() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory")) {
            List<URI> http = prosa.listening().stream()
                    .filter(uri -> uri.getScheme().equals("http"))
                    .toList();
            assertEquals(1, http.stream().map(URI::getPort).distinct().count(), "on one port");
            List<String> hosts = http.stream().map(URI::getHost).toList();
            assertTrue(
                    List.of(List.of("127.0.0.1", "[::1]"), List.of("127.0.0.1")).contains(hosts), hosts::toString);
            for (URI uri : http) {
                assertEquals(200, new Http(uri).get("/health").status());
                WebSocketClient.connect(uri, "/chat", "prosa.v1", "Origin", uri.toString())
                        .close();
            }
        }
    }

    @Test
    @Timeout(60)
    void theHistoryIsInTheDataFolder() throws Exception {
        Path data = folder.resolve("a/b");
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data.toString())) {
            prosa.http().say("main", "Ana", "kept");
            prosa.terminate();
            prosa.assertEndedWell();
        }
        assertTrue(Files.exists(data));
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data.toString());
                ProsaProcess second = ProsaProcess.startWith(
                        folder,
                        Map.of(),
                        "--http-port",
                        "0",
                        "--tcp-port",
                        "0",
                        "--tutorial-port",
                        "off",
                        "--data-dir",
                        data.toString())) {
            assertEquals(
                    "kept",
                    prosa.http().get("/messages").json().list().getFirst().text("text"));
            assertFailed(second, "--data-dir");
        }
    }

    @Test
    @Timeout(60)
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            for (String option : List.of("--http-port", "--tcp-port", "--tutorial-port")) {
                try (ProsaProcess prosa = ProsaProcess.startWith(folder, FREE_PORTS, option, port, "--lang", "pt")) {
                    assertFailed(prosa, "prosa: " + option + " " + port + ": a porta já está em uso");
                }
            }
        }
    }

    /** The driver's library, 1.1 MB at each start. */
    @Test
    @Timeout(60)
    void noFilesAreLeftHoweverItEnds() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path data = folder.resolve("data");
        Map<String, String> env = Map.of(
                "PROSA_HTTP_PORT", "0",
                "PROSA_TCP_PORT", "0",
                "PROSA_TUTORIAL_PORT", "off",
                "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, env, "--data-dir", data.toString())) {
            prosa.readWhereItListens();
            prosa.kill();
        }
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, env, "--data-dir", data.toString())) {
            prosa.readWhereItListens();
            prosa.terminate();
            prosa.assertEndedWell();
        }
        try (Stream<Path> left = Stream.concat(Files.list(temporary), Files.list(data))) {
            List<String> foreign = left.map(file -> file.getFileName().toString())
                    .filter(name -> !name.matches("hsperfdata_.*|prosa\\.(db|promise|lock)|operator\\.token"))
                    .toList();
            assertEquals(List.of(), foreign);
        }
    }

    @Test
    @Timeout(60)
    void aStartThatFailsLeavesNothingRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Options options = new Options(
                    0,
                    taken.getLocalPort(),
                    Optional.empty(),
                    0,
                    Bind.to("127.0.0.1"),
                    folder,
                    Options.History.SQLITE,
                    Language.ENGLISH,
                    true);
            StartFailed failure = assertThrows(
                    StartFailed.class,
                    () -> Prosa.start(options, HouseClock.over(InstantSource.system()), ZoneOffset.UTC));
            assertTrue(failure.getMessage().contains("--tcp-port " + taken.getLocalPort()), failure::getMessage);
        }
        RunningHouse.onDisk(folder).close(); // nobody holds the folder
    }

    @Test
    @Timeout(60)
    void aBadOptionIsNamed() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, FREE_PORTS, "--tcp-port", "many")) {
            assertFailed(prosa, "--tcp-port");
        }
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, Map.of("PROSA_LANG", "tlh"))) {
            assertFailed(prosa, "PROSA_LANG");
        }
        try (ProsaProcess prosa = ProsaProcess.startWith(folder, FREE_PORTS, "--lang=pt", "--tcp-port", "many")) {
            assertFailed(prosa, "--tcp-port: \"many\" não é uma porta");
        }
    }

    /** One line that names it, and status 2. */
    private static void assertFailed(ProsaProcess prosa, String named) throws Exception {
        assertEquals(2, prosa.status(), prosa::errors);
        assertEquals(1, prosa.errors().lines().count(), prosa::errors);
        assertTrue(prosa.errors().contains(named), prosa::errors);
        assertEquals("", prosa.output());
    }

    @Test
    @Timeout(60)
    void helpAndVersionArePrinted() throws Exception {
        try (ProsaProcess help = ProsaProcess.startWith(folder, Map.of(), "--help");
                ProsaProcess version = ProsaProcess.startWith(folder, Map.of(), "--version")) {
            assertTrue(help.output().contains("--tutorial-port"));
            assertTrue(version.output().matches("prosa [0-9.]+ \\(.*\\)\\R"));
            assertEquals(List.of(0, 0), List.of(help.status(), version.status()));
            assertEquals("", help.errors() + version.errors());
        }
    }
}
