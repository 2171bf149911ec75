package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import prosa.bootstrap.examples.Document;
import prosa.bootstrap.examples.Example;
import prosa.bootstrap.examples.Stage;

/** What the documents show is what happens: each example is read from its document, and run as it stands there. */
@Timeout(60)
class ExamplesTest {
    private static final List<Document> DOCUMENTS = Stream.of("README.md", "docs/protocol.md", "docs/operations.md")
            .map(name -> Document.read(Path.of("..", name)))
            .toList();

    private static final String LAUNCHER = "./prosa";

    /** What is shown and not run, by its document and first line, and why. */
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            Map.entry(
                    "operations.md: tar xzf prosa-0.1.0-linux-x86_64.tar.gz",
                    "dist's ArchiveTest unpacks the archive, which is made after this test"),
            Map.entry(
                    "operations.md: sudo apt install ./prosa_0.1.0_amd64.deb",
                    "dist's DebianPackageTest installs the package, which is made after this test"),
            Map.entry(
                    "README.md: ./prosa            # builds what is missing, starts, says where it listens; --help lists the options",
                    "builds, and runs these tests; the start itself is operations.md's first example"),
            Map.entry(
                    "README.md: ./prosa --bind 0.0.0.0 --tls-cert fullchain.pem --tls-key privkey.pem --http-port redirect --tcp-port off --tutorial-port off",
                    "needs a name on the internet and its certificate; TlsStartTest starts with files"),
            Map.entry(
                    "README.md: browser ── WebSocket /chat ──┐                        ┌── SQLite file   (the default)",
                    "a drawing"),
            Map.entry(
                    "README.md: ./prosa compare --html report.html",
                    "takes three minutes; CompareTest runs it with less"),
            Map.entry(
                    "protocol.md: {\"type\":\"refused\",\"reason\":\"too-fast\",\"message\":\"That was too much at once; please wait a second.\",\"retryAfterMs\":200,\"ref\":21}",
                    "takes limits; LimitsOverHttpTest has them"),
            Map.entry(
                    "protocol.md: {\"type\":\"presence\",\"room\":\"crowd\",\"in\":10,\"out\":0,\"count\":60}",
                    "takes sixty people; CrowdTest has them"),
            Map.entry(
                    "protocol.md: {\"type\":\"removed\",\"id\":\"1795356346674-9\",\"of\":\"1795356346674-3\",\"room\":\"main\",\"by\":\"Olga\",\"at\":\"2026-11-22T14:09:11.040Z\"}",
                    "needs an operator; WireContract has one"),
            Map.entry("operations.md: ./prosa [OPTION...]", "a pattern; OptionsTest runs each option"),
            Map.entry("operations.md: ./prosa compare", "minutes; CompareTest runs it with little to measure"),
            Map.entry("operations.md: ./prosa completion bash", "starts nothing; CompletionTest has it in the shells"),
            Map.entry(
                    "operations.md: ./prosa completion fish \\| source",
                    "starts nothing; CompletionTest has it in the shells"),
            Map.entry("operations.md: ./prosa manual", "starts nothing; ManualTest prints it"),
            Map.entry(
                    "operations.md: ./prosa manual --roff \\| man -l -",
                    "starts nothing; ManualTest has groff and mandoc read it"),
            Map.entry(
                    "operations.md: ./prosa --bind 0.0.0.0 --tls-cert fullchain.pem --tls-key privkey.pem --http-port redirect --tcp-port off",
                    "needs a certificate; TlsOptionsTest reads it"),
            Map.entry(
                    "operations.md: ./prosa --bind 0.0.0.0 --tls self",
                    "opens ports of the network; TlsStartTest starts one on loopback"),
            Map.entry(
                    "operations.md: ./prosa compare --url https://localhost:8443 --cacert data/tls-self.pem --html report.html",
                    "takes three minutes; CompareTest runs it with less"),
            Map.entry("operations.md: #!/bin/sh", "certbot's, which needs a name on the internet"),
            Map.entry(
                    "operations.md: ./prosa --trust-proxy 127.0.0.1 --trust-proxy ::1 --allow-origin https://chat.example",
                    "needs a proxy; TrustOptionsTest reads it"),
            Map.entry(
                    "operations.md: ./prosa --trust-proxy 127.0.0.1 --allow-origin https://chat.example --user-header X-Forwarded-User --user-header-strip '@*'",
                    "needs a proxy; TrustOptionsTest reads it"),
            Map.entry(
                    "operations.md: map $http_upgrade $prosa_connection { default upgrade; \"\" \"\"; }",
                    "nginx's configuration, which needs a name and a certificate; ProxiesTest has others"),
            Map.entry("operations.md: chat.example {", "Caddy's configuration; ProxiesTest starts it"),
            Map.entry("operations.md: defaults", "HAProxy's configuration; ProxiesTest starts it"),
            Map.entry("operations.md: ./prosa doctor https://chat.example", "needs a name; DoctorTest has others"),
            Map.entry("README.md: ./prosa doctor https://chat.example", "needs a name; DoctorTest has others"),
            Map.entry("operations.md: ./prosa doctor URL", "needs a proxy; DoctorTest has some"),
            Map.entry("operations.md: ./prosa health", "HealthTest runs it"),
            Map.entry("operations.md: ./prosa move --from PLACE --to PLACE", "needs an engine; MoveTest has one"),
            Map.entry("operations.md: dist/container", "ContainerTest in dist runs it, and builds what it names"),
            Map.entry(
                    "operations.md: podman run --read-only --publish 8080:8080 --publish 2323:2323 --volume prosa:/var/lib/prosa prosa",
                    "ContainerTest in dist has buildah's; podman has not been tried"),
            Map.entry(
                    "operations.md: location /prosa/ {",
                    "nginx's configuration; UnderAPathTest has a proxy that takes the path off as well"));

    @TempDir
    Path folder;

    static Stream<Example> examples() {
        return blocks().filter(Example::isRun).filter(Predicate.not(ExamplesTest::isStart));
    }

    static Stream<Example> starts() {
        return blocks().filter(Example::isRun).filter(ExamplesTest::isStart);
    }

    static Stream<Example> commands() {
        return inSentences().filter(command -> !NOT_RUN.containsKey(command.beginning()));
    }

    private static Stream<Example> blocks() {
        return DOCUMENTS.stream().flatMap(document -> document.examples().stream());
    }

    private static Stream<Example> inSentences() {
        return DOCUMENTS.stream().flatMap(document -> document.commands().stream());
    }

    private static boolean isStart(Example example) {
        return example.lines().getFirst().text().startsWith(LAUNCHER);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleShowsWhatHappens(Example example) throws Exception {
        TimeOfDay time = new TimeOfDay();
        try (RunningHouse prosa = RunningHouse.onDisk(folder.resolve("data"), time);
                Stage stage = new Stage(prosa.place(), folder, time::set)) {
            stage.play(example);
        }
    }

    /** In a house where somebody always talks, as some wait for that. */
    @ParameterizedTest
    @MethodSource("commands")
    void aCommandInASentenceIsAnswered(Example example) throws Exception {
        TimeOfDay time = new TimeOfDay();
        try (RunningHouse prosa = RunningHouse.onDisk(folder.resolve("data"), time);
                Stage stage = new Stage(prosa.place(), folder, time::set)) {
            String answer = stage.firstAnswer(example);
            assertFalse(answer.contains("\"reason\"") || answer.contains("-invalid"), answer);
        }
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aStartSaysWhereItListens(Example example) throws Exception {
        try (ProsaProcess prosa =
                ProsaProcess.start(folder, "--data-dir", folder.resolve("data").toString())) {
            Map<String, Integer> documented = Map.of("http", 8080, "tcp", 2323, "sse", 9090);
            String listening = prosa.listening().stream()
                    .map(uri -> "listening: " + uri.getScheme() + "://" + uri.getHost() + ":"
                            + documented.get(uri.getScheme()))
                    .collect(Collectors.joining("\n"));
            String shown = example.lines().stream()
                    .map(line -> line.text())
                    .filter(line -> line.startsWith("listening: "))
                    .filter(line -> listening.contains("[::1]") || !line.contains("[::1]"))
                    .collect(Collectors.joining("\n"));
            assertEquals(shown, listening);
        }
    }

    @Test
    void whatIsNotRunHasAReason() {
        Stream<Example> notRun = Stream.concat(
                blocks().filter(Predicate.not(Example::isRun)),
                inSentences().filter(command -> NOT_RUN.containsKey(command.beginning())));
        TreeSet<String> found = notRun.map(Example::beginning).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(NOT_RUN.keySet()), found);
    }

    @Test
    void eachBlockSaysWhetherItIsRun() {
        assertEquals(
                List.of(),
                DOCUMENTS.stream()
                        .flatMap(document -> document.withoutFence().stream())
                        .toList());
    }

    /** The system's, until an example says how late it is. */
    private static final class TimeOfDay implements InstantSource {
        private volatile InstantSource source = InstantSource.system();

        void set(Instant instant) {
            source = InstantSource.fixed(instant);
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }
}
