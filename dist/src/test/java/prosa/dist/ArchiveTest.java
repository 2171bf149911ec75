package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in a folder with a blank in its name, by somebody who has no Java. */
class ArchiveTest {
    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    static Path folder;

    @TempDir
    Path home;

    private static Path unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectory(folder.resolve("where ever"));
        new Shell(place, Map.of()).run("tar xzf " + Made.archive()).right();
        unpacked = place.resolve(Made.name());
    }

    /** Nothing may be written to the temporary folder: there is none. */
    private Shell shell(String javaOptions) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString(), "TMPDIR", "/nowhere"));
        environment.put("JAVA_OPTS", "-Djava.io.tmpdir=/nowhere " + javaOptions);
        return new Shell(unpacked, environment);
    }

    @Test
    void itUnpacksIntoOneFolderWithTheLauncherAtItsTop() throws Exception {
        List<String> names =
                Shell.lines(shell("").run("tar tzf " + Made.archive()).right());
        assertTrue(names.stream().allMatch(name -> name.startsWith(unpacked.getFileName() + "/")), names.toString());
        for (String file : List.of(
                "prosa",
                "README.md",
                "docs/operations.md",
                "legal/README",
                "runtime/legal/java.base/LICENSE",
                "share/man/man1/prosa.1")) {
            assertTrue(Files.isRegularFile(unpacked.resolve(file)), file);
        }
    }

    @Test
    void itIsNoLargerThanItMayBe() throws Exception {
        assertTrue(Files.size(Made.archive()) <= 60 * MEBIBYTE, Files.size(Made.archive()) + " bytes");
    }

    @Test
    void itsSumsAreRight() throws Exception {
        new Shell(Made.FOLDER, Map.of())
                .run("sha256sum --check --strict SHA256SUMS")
                .right();
    }

    @Test
    void itSaysItsVersionAndItsHelp() throws Exception {
        assertTrue(shell("").run("./prosa --version").right().contains("0.1.0"));
        assertTrue(shell("").run("./prosa --help").right().contains("--http-port"));
        assertTrue(shell("").run("./prosa compare --help").right().contains("--html"));
    }

    @Test
    void whatIsSaidIsKeptInTheFolderOfWhoStartedIt() throws Exception {
        for (String text : List.of("first", "second")) {
            try (Served prosa = new Served(shell("").start("./prosa --http-port 0 --tcp-port 0 --tutorial-port off"))) {
                assertEquals(200, prosa.get("/").statusCode());
                assertEquals(201, prosa.say("Ana", text).statusCode());
                prosa.awaitOverTcp("Bia", "first");
                assertEquals(0, prosa.stop());
            }
        }
        assertTrue(Files.isRegularFile(home.resolve(".local/share/prosa/prosa.db")));
        assertFalse(Files.exists(unpacked.resolve("data")));
    }

    @Test
    void aDataFolderCanBeNamed() throws Exception {
        Shell shell = new Shell(
                unpacked,
                Map.of(
                        "HOME",
                        home.toString(),
                        "PROSA_DATA_DIR",
                        home.resolve("else where").toString()));
        try (Served prosa = new Served(shell.start("./prosa --http-port 0 --tcp-port 0 --tutorial-port off"))) {
            assertEquals(0, prosa.stop());
        }
        assertTrue(Files.isRegularFile(home.resolve("else where/prosa.db")));
    }

    /** The JVM refuses it without a word if the jar has another date, or if it was made for another runtime. */
    @Test
    void theClassArchiveIsUsed() throws Exception {
        Path log = home.resolve("classes.log");
        try (Served prosa = new Served(shell("-Xlog:class+load:file=" + log)
                .start("./prosa --http-port 0 --tcp-port 0 --tutorial-port off"))) {
            prosa.get("/messages");
            prosa.stop();
        }
        Map<Boolean, Long> classes = countByShared(log);
        assertTrue(classes.get(true) > 10 * classes.get(false), classes.toString());
    }

    private static Map<Boolean, Long> countByShared(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .collect(java.util.stream.Collectors.partitioningBy(
                            line -> line.contains("source: shared objects file"),
                            java.util.stream.Collectors.counting()));
        }
    }

    @Test
    void eachLibraryHasItsLicence() throws Exception {
        List<String> readme = Files.readAllLines(unpacked.resolve("legal/README"));
        List<String> libraries =
                readme.stream().filter(line -> line.startsWith("- ")).toList();
        assertTrue(libraries.size() > 30, readme.toString());
        for (String library : libraries) {
            for (String text : library.substring(library.indexOf(": ") + 2).split(", ")) {
                assertTrue(Files.size(unpacked.resolve("legal").resolve(text)) > 100, library);
            }
        }
    }
}
