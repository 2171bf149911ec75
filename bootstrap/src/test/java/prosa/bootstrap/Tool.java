package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the system's that a test wants. Without it the test is skipped, and fails instead if the environment says
 * {@code PROSA_REQUIRE_TOOLS=true}.
 */
record Tool(String name) {
    private static final String REQUIRE = "PROSA_REQUIRE_TOOLS";

    /** What it printed, and what it complained of. */
    record Said(String out, String err) {}

    Tool {
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assertTrue(found || !Boolean.parseBoolean(System.getenv(REQUIRE)), name + " is required, and not on the PATH");
        assumeTrue(found, name + " is not on the PATH");
    }

    /** Runs it in that folder, until it ends. */
    Said run(Path folder, List<String> args) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, name, ".err");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(name), args.stream()).toList())
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), name);
        return new Said(out, Files.readString(err));
    }
}
