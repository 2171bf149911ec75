package prosa.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/**
 * A Java runtime with the modules that Prosa uses.
 *
 * @param home its folder
 */
record JavaRuntime(Path home) {
    /**
     * What no class names: the languages' numbers and dates ({@code jdk.localedata}), and what an operator may want to look into a running
     * server with ({@code jcmd} asks {@code jdk.management}, JFR records).
     */
    private static final Set<String> UNNAMED = Set.of("jdk.localedata", "jdk.management", "jdk.jfr", "jdk.crypto.ec");

    /** Windows and their like. Jackson names a class or two of it, and does without. */
    private static final String UNUSED = "java.desktop";

    private static final String LANGUAGES = "en,pt";

    /** Links one for a jar, of the JDK that runs this. */
    static JavaRuntime link(Path jar, Path home) throws IOException, InterruptedException {
        tool(
                "jlink",
                "--add-modules",
                String.join(",", modules(jar)),
                "--include-locales",
                LANGUAGES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                // The classes that it spins are others each time, and the class archive has what a start needs.
                "--disable-plugin",
                "generate-jli-classes",
                "--output",
                home.toString());
        for (Path file : Tree.files(home)) {
            if (isNative(file)) {
                strip(file);
            }
        }
        return new JavaRuntime(home);
    }

    /** ELF's magic number. */
    private static boolean isNative(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {0x7f, 'E', 'L', 'F'});
        }
    }

    private static void strip(Path file) throws IOException, InterruptedException {
        file.toFile().setWritable(true);
        Command.run("strip", "--strip-unneeded", file.toString());
    }

    private static Set<String> modules(Path jar) throws IOException {
        Set<String> modules = new TreeSet<>(UNNAMED);
        modules.addAll(List.of(
                tool("jdeps", "--ignore-missing-deps", "--multi-release", "25", "--print-module-deps", jar.toString())
                        .strip()
                        .split(",")));
        modules.remove(UNUSED);
        return modules;
    }

    private static String tool(String name, String... args) {
        ToolProvider tool =
                ToolProvider.findFirst(name).orElseThrow(() -> new IllegalStateException("this Java has no " + name));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = tool.run(new PrintWriter(out), new PrintWriter(err), args);
        if (status != 0) {
            throw new IllegalStateException(name + ": status " + status + "\n" + out + err);
        }
        return out.toString();
    }

    String java() {
        return home.resolve("bin/java").toString();
    }
}
