package prosa.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Under what licences all of it stands: the texts that each library brings in its jar, and for those that bring none the text that
 * {@code texts.properties} names. A library without any text breaks the build. The runtime brings its own, in {@code runtime/legal}.
 *
 * @param texts texts of licences, and {@code texts.properties}: by a library's group, or by the start of it
 * @param folder where they go
 */
record Legal(Path texts, Properties named, Path folder) {
    /** As in {@code   io.javalin:javalin:jar:7.2.3:compile:/…/javalin-7.2.3.jar -- module io.javalin}. */
    private static final Pattern LIBRARY = Pattern.compile(
            "\\s+([^:\\s]+):([^:]+):jar:(?:[^:/]+:)?([^:]+):(?:compile|runtime):(.+?\\.jar)(?: -- module.*| \\(.*)?");

    private static final Pattern TEXT =
            Pattern.compile("(?i)(.*/)?([A-Za-z]+-)*(license|licence|notice|copying|about)[^/]*(?<!\\.class)");

    private record Library(String group, String artifact, String version, Path jar) {}

    static void gather(Path dependencies, Path texts, Path folder) throws IOException {
        Properties named = new Properties();
        try (InputStream in = Files.newInputStream(texts.resolve("texts.properties"))) {
            named.load(in);
        }
        Legal legal = new Legal(texts, named, folder);
        List<Library> libraries = libraries(dependencies);
        List<String> lines = new ArrayList<>(Files.readAllLines(texts.resolve("README")));
        for (Library library : libraries) {
            List<String> found = legal.gather(library);
            lines.add("- %s %s (%s): %s"
                    .formatted(library.artifact(), library.version(), library.group(), String.join(", ", found)));
        }
        Files.write(folder.resolve("README"), lines);
    }

    private static List<Library> libraries(Path dependencies) throws IOException {
        try (Stream<String> lines = Files.lines(dependencies)) {
            List<Library> found = lines.map(LIBRARY::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Library(line.group(1), line.group(2), line.group(3), Path.of(line.group(4))))
                    .sorted(Comparator.comparing(Library::group).thenComparing(Library::artifact))
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(dependencies + " lists nothing");
            }
            return found;
        }
    }

    /** @return the files, as seen from the folder */
    private List<String> gather(Library library) throws IOException {
        Path own = Files.createDirectories(folder.resolve(library.artifact()));
        List<String> files = new ArrayList<>();
        try (ZipFile jar = new ZipFile(library.jar().toFile())) {
            for (ZipEntry entry : jar.stream()
                    .filter(entry -> !entry.isDirectory()
                            && TEXT.matcher(entry.getName()).matches())
                    .toList()) {
                String name = entry.getName().replaceFirst(".*/", "");
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.write(own.resolve(name), in.readAllBytes());
                }
                files.add(library.artifact() + "/" + name);
            }
        }
        if (files.stream().noneMatch(file -> file.toLowerCase(Locale.ROOT).contains("licen"))) {
            String text = textFor(library);
            Files.writeString(folder.resolve(text), Files.readString(texts.resolve(text)));
            files.add(text);
        }
        if (own.toFile().list().length == 0) {
            Files.delete(own);
        }
        return files.stream().distinct().sorted().toList();
    }

    private String textFor(Library library) throws IOException {
        for (String group = library.group(); ; group = group.substring(0, group.lastIndexOf('.'))) {
            String text = named.getProperty(group);
            if (text != null) {
                return text;
            }
            if (!group.contains(".")) {
                throw new IOException(library + " brings no licence, and texts.properties names none");
            }
        }
    }
}
