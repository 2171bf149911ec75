package prosa.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build has made. */
final class Made {
    static final Path FOLDER = Path.of("target", "dist").toAbsolutePath();

    private Made() {}

    static Path archive() throws IOException {
        return endingIn(".tar.gz");
    }

    static Path debianPackage() throws IOException {
        return endingIn(".deb");
    }

    private static Path endingIn(String end) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The name of the folder that the archive unpacks into. */
    static String name() throws IOException {
        return archive().getFileName().toString().replace(".tar.gz", "");
    }
}
