package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./prosa} asks of the JVM: the script itself, in a folder with a jar that is new enough, and a java that says what it got. */
@Timeout(60)
class LauncherTest {
    private static final Path SCRIPT = Path.of("../prosa");
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a POSIX shell is needed");
        Files.copy(SCRIPT, folder.resolve("prosa"));
        Files.createDirectories(folder.resolve("bootstrap/src/main"));
        Files.createDirectories(folder.resolve("bootstrap/target"));
        Files.createFile(folder.resolve("pom.xml"));
        Files.createFile(folder.resolve("bootstrap/pom.xml"));
        Path jar = Files.createFile(folder.resolve("bootstrap/target/prosa.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        script("jdk/bin/java", "printf '%s\\n' \"$@\"\nexit 3\n");
    }

    private void script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of("/bin/sh", folder.resolve("prosa").toString()), Stream.of(args))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PROSA_") || name.equals("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What java was given. */
    private List<String> run(Map<String, String> environment, String... args) throws Exception {
        Process process = start(environment, args);
        List<String> given = process.inputReader().lines().toList();
        assertEquals("", process.errorReader().readAllAsString());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue(), "the status is java's");
        return given;
    }

    private static List<String> memory(List<String> given) {
        return given.stream()
                .filter(option -> option.startsWith("-Xmx")
                        || option.startsWith("-XX:MaxDirectMemorySize=")
                        || option.startsWith("-Dprosa.memory="))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "256m, -Xmx160m, -XX:MaxDirectMemorySize=96m, -Dprosa.memory=256",
        "512M, -Xmx320m, -XX:MaxDirectMemorySize=192m, -Dprosa.memory=512",
        "2g, -Xmx1280m, -XX:MaxDirectMemorySize=768m, -Dprosa.memory=2048",
        "1024G, -Xmx655360m, -XX:MaxDirectMemorySize=393216m, -Dprosa.memory=1048576"
    })
    void memoryBoundsHeapAndDirectMemoryTogether(String size, String heap, String direct, String said)
            throws Exception {
        List<String> expected = List.of(heap, direct, said);
        assertEquals(expected, memory(run(Map.of(), "--memory", size)));
        assertEquals(expected, memory(run(Map.of(), "--lang", "pt", "--memory=" + size)));
        assertEquals(expected, memory(run(Map.of("PROSA_MEMORY", size))));
        assertEquals(expected, memory(run(Map.of("PROSA_MEMORY", "300m"), "--memory", size)), "the command line wins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"255m", "1025g", "512", "0512m", "5 12m", "m", "1.5g", "-1g", "9999999999g", "$(id)g"})
    void whatIsNoSizeIsLeftToTheServerToRefuse(String size) throws Exception {
        List<String> given = run(Map.of(), "--memory", size);
        assertEquals(List.of(), memory(given));
        assertEquals(List.of("--memory", size), given.subList(given.size() - 2, given.size()));
    }

    @Test
    void ifNobodySaysItIsAGibibyteOrHalfOfWhatThereIs() throws Exception {
        List<String> given = memory(run(Map.of()));
        assertEquals(given, memory(run(Map.of("PROSA_MEMORY", ""))));
        long mebibytes = Long.parseLong(given.getLast().substring("-Dprosa.memory=".length()));
        assertTrue(mebibytes >= 256 && mebibytes <= 1_024, given::toString);
        long machine = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                / MEBIBYTE;
        if (machine > 2_100) {
            assertEquals(List.of("-Xmx640m", "-XX:MaxDirectMemorySize=384m", "-Dprosa.memory=1024"), given);
        }
    }

    @Test
    void optionsOfTheJvmWin() throws Exception {
        List<String> given =
                run(Map.of("PROSA_JAVA_OPTS", "-Xmx100m -XX:+UseG1GC", "JAVA_OPTS", "-Xmx200m"), "--memory", "1g");
        assertEquals(
                List.of("-Xmx640m", "-XX:MaxDirectMemorySize=384m", "-Dprosa.memory=1024", "-Xmx200m", "-Xmx100m"),
                memory(given),
                "of two the JVM takes the last");
        assertTrue(given.contains("-XX:+UseG1GC") && !given.contains("-XX:+UseSerialGC"), given::toString);
    }

    @Test
    void aFullHeapEndsTheJvmWithALineOnStderr() throws Exception {
        assertTrue(run(Map.of()).containsAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr")));
    }

    /** The archive of a run that serves nobody would lack most of a server's classes. */
    @ParameterizedTest
    @CsvSource({
        "'', true",
        "--lang pt, true",
        "--data-dir compare, true",
        "compare --seconds 1, false",
        "completion bash, false",
        "whatever comes later, false",
        "--lang pt --help, false",
        "--version, false"
    })
    void theClassArchiveIsForServers(String args, boolean expected) throws Exception {
        List<String> given = run(Map.of(), args.isEmpty() ? new String[0] : args.split(" "));
        assertEquals(expected, given.contains("-XX:+AutoCreateSharedArchive"), given::toString);
    }

    /** By --lang, PROSA_LANG, then the locale, as the server decides it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | C | en",
                "'' | '' | pt_BR.UTF-8 | pt",
                "'' | '' | ptx | en",
                "'' | en | pt_BR.UTF-8 | en",
                "'' | tlh | pt_BR.UTF-8 | pt",
                "--lang=pt | en | C | pt",
                "--help --lang pt | '' | C | pt",
                "compare --lang en | pt | pt_BR.UTF-8 | en",
                "--lang * | '' | pt | pt"
            })
    void whatItSaysItselfIsInTheLanguageOfTheServer(String args, String own, String locale, String expected)
            throws Exception {
        script("jdk/bin/javac", "");
        script("bin/mvn", "echo '[ERROR] planted'\nexit 1\n");
        Files.delete(folder.resolve("bootstrap/target/prosa.jar"));
        Map<String, String> environment = Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "PROSA_LANG", own, "LC_ALL", locale);
        Process process = start(environment, args.isEmpty() ? new String[0] : args.split(" "));
        assertEquals("", process.inputReader().readAllAsString());
        assertEquals(
                expected.equals("pt")
                        ? List.of(
                                "Compilando o Prosa: a primeira vez leva alguns minutos, pois o Maven baixa aquilo de que precisa.",
                                "[ERROR] planted",
                                "prosa: a compilação falhou")
                        : List.of(
                                "Building Prosa: the first time takes some minutes, as Maven fetches what it needs.",
                                "[ERROR] planted",
                                "prosa: the build failed"),
                process.errorReader(StandardCharsets.UTF_8).lines().toList());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue(), "the status is Maven's");
    }
}
