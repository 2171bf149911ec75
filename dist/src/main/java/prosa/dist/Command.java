package prosa.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs of this system that do a part of the work. */
final class Command {
    private Command() {}

    /** @throws IOException with what it said, if it is not there or fails */
    static void run(String... words) throws IOException, InterruptedException {
        Path said = Files.createTempFile("prosa-dist", ".txt");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", words) + ": status " + status + "\n"
                        + Files.readString(said, StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(said);
        }
    }

    static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
