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
            wait(new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()), said);
        } finally {
            Files.delete(said);
        }
    }

    /** The same, and keeps what it prints. */
    static void print(Path file, List<String> words) throws IOException, InterruptedException {
        wait(
                new ProcessBuilder(words).redirectOutput(file.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT),
                file);
    }

    private static void wait(ProcessBuilder builder, Path said) throws IOException, InterruptedException {
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", builder.command()) + ": status " + status + "\n"
                    + Files.readString(said, StandardCharsets.UTF_8));
        }
    }

    static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
