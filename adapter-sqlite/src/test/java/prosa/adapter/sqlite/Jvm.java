package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Path;

/** Processes that a test kills. */
final class Jvm {
    private Jvm() {}

    /** Runs a class of these tests. Its errors are ours. */
    static Process start(Class<?> main, String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
