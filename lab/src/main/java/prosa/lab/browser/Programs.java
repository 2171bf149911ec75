package prosa.lab.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a Chromium may be.
 *
 * @param env the environment
 * @param places of programs that are on no PATH
 */
public record Programs(Map<String, String> env, List<Path> places) {
    public Programs {
        env = Map.copyOf(env);
        places = List.copyOf(places);
    }

    /** Names the browser, by its place or as it is called on the PATH; then no other is looked for. */
    public static final String VARIABLE = "PROSA_BROWSER";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final List<String> MAC = List.of(
            "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "Applications/Chromium.app/Contents/MacOS/Chromium");

    private static final List<String> OTHERS = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/usr/lib/chromium/chromium",
            "/usr/lib/chromium-browser/chromium-browser",
            "/opt/google/chrome/chrome",
            "/opt/homebrew/bin/chromium",
            "/usr/local/bin/chromium",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    /** With the environment and the usual places of this machine. */
    public static Programs ofThisMachine() {
        Stream<Path> mac = Stream.of("/", System.getProperty("user.home"))
                .flatMap(folder -> MAC.stream().map(app -> Path.of(folder, app)));
        return new Programs(
                System.getenv(),
                Stream.concat(mac, OTHERS.stream().map(Path::of)).toList());
    }

    /** The one to start; empty if there is none, or the named one is missing. */
    public Optional<Path> browser() {
        String asked = env.getOrDefault(VARIABLE, "");
        if (!asked.isEmpty()) {
            return Stream.concat(Stream.of(Path.of(asked)), onPath(asked))
                    .filter(Programs::isProgram)
                    .findFirst();
        }
        return Stream.concat(NAMES.stream().flatMap(this::onPath), places.stream())
                .filter(Programs::isProgram)
                .findFirst();
    }

    private Stream<Path> onPath(String name) {
        return Stream.of(env.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
