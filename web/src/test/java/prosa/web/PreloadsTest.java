package prosa.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A browser learns what a module imports when it has got it: without a word in the page, the last of them is asked for after as many round
 * trips as they are deep. So each page names all of them, those that can wait as such.
 */
class PreloadsTest {
    private static final Pattern ENTRY = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"");
    private static final Pattern PRELOAD = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");
    private static final Pattern LATER =
            Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\" fetchpriority=\"low\">");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\"(\\.[^\"\\n]+)\"");
    private static final Pattern LAZY_IMPORT = Pattern.compile("import\\(\"(\\.[^\"\\n]+)\"\\)");

    /** What the entrance to the chat may consist of, besides its page: two rounds of the six connections that a browser opens. */
    private static final int FIRST_FILES = 12;

    static List<String> pages() throws Exception {
        return PagesTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePagePreloadsWhatItImports(String page) throws IOException {
        assertEquals(sorted(firstPath(page)), sorted(named(page, PRELOAD, read(page))));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsImportedLaterIsPreloadedLater(String page) throws IOException {
        Set<String> first = firstPath(page);
        Set<String> all = new LinkedHashSet<>(first);
        for (String module : first) {
            for (String lazy : named(module, LAZY_IMPORT, read(module))) {
                addWithImports(lazy, all);
            }
        }
        all.removeAll(first);
        assertEquals(sorted(all), sorted(named(page, LATER, read(page))));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothingIsPreloadedTwice(String page) throws IOException {
        List<String> named = named(page, PRELOAD, read(page));
        named.addAll(named(page, LATER, read(page)));
        assertEquals(new HashSet<>(named).size(), named.size());
    }

    @Test
    void theEntranceIsSmall() throws IOException {
        long styles = Pattern.compile("rel=\"stylesheet\"")
                .matcher(read("/index.html"))
                .results()
                .count();
        assertTrue(firstPath("/index.html").size() + styles <= FIRST_FILES, () -> "the name form needs too much");
    }

    private static Set<String> firstPath(String page) throws IOException {
        Set<String> modules = new LinkedHashSet<>();
        for (String entry : named(page, ENTRY, read(page))) {
            addWithImports(entry, modules);
        }
        return modules;
    }

    private static void addWithImports(String module, Set<String> modules) throws IOException {
        if (modules.add(module)) {
            for (String imported : named(module, IMPORT, read(module))) {
                addWithImports(imported, modules);
            }
        }
    }

    /** The addresses that a file names in a certain way, seen from the root. */
    private static List<String> named(String file, Pattern way, String text) {
        List<String> found = new ArrayList<>();
        way.matcher(text)
                .results()
                .forEach(match ->
                        found.add(URI.create(file).resolve(match.group(1)).getPath()));
        return found;
    }

    private static String sorted(Iterable<String> modules) {
        List<String> list = new ArrayList<>();
        modules.forEach(list::add);
        list.sort(null);
        return String.join("\n", list);
    }

    private static String read(String path) throws IOException {
        String resource = path.startsWith("/webjars/") ? "/META-INF/resources" + path : "/web" + path;
        try (var in = PreloadsTest.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
