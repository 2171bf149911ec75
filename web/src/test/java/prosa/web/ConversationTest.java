package prosa.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the page's own logic ({@code src/test/js}), where there is a Node.js that can. */
class ConversationTest {
    private static final int OLDEST_NODE = 20;
    private static final long DEADLINE_SECONDS = 60;

    @TempDir
    Path scratch;

    @Test
    void thePagesLogicKeepsItsPromises() throws Exception {
        int version = nodeVersion();
        assumeTrue(
                version >= OLDEST_NODE,
                "SKIPPED: the tests of the page's logic need Node.js " + OLDEST_NODE + " or later on the PATH");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(Path.of("src/test/js"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        assertFalse(command.size() == 2, "no tests in src/test/js");
        Result result = run(command);
        assertEquals(0, result.status(), result.output());
    }

    /** The version's first number, or 0 if there is no Node.js. */
    private int nodeVersion() throws Exception {
        try {
            String version = run(List.of("node", "--version")).output().strip();
            return Integer.parseInt(version.replaceFirst("v(\\d+)\\..*", "$1"));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private record Result(int status, String output) {}

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "node", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "too slow: " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
