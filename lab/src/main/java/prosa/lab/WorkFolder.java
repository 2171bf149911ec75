package prosa.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the laboratory's own servers and browsers keep what is theirs for as long as they run.
 *
 * @param path an existing folder that one may write to
 */
public record WorkFolder(Path path) {
    /** The system's temporary folder. */
    public static WorkFolder usual() {
        return new WorkFolder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Makes a new folder in it, for its owner alone. */
    public Path make(String prefix) throws IOException {
        return Files.createTempDirectory(path, prefix);
    }
}
