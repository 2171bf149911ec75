package prosa.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files as they are built: they fit the strict Content-Security-Policy under which they are served, and find each other. */
class PagesTest {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:href|src)=\"([^\"]+)\"|(?:from |import |import\\()\"([^\"]+)\"|url\\(\"?([^\")]+)\"?\\)");

    /** An address that begins at the site's root: in a script, where something is fetched or opened. */
    private static final Pattern ROOTED =
            Pattern.compile("(?:fetch|EventSource|WebSocket|URL)\\([\"'`]/|href = [\"'`]/");

    private static final Pattern UNSAFE_DOM = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafeHTML|unsafeStatic|\\beval\\(|new Function");

    static List<String> files() throws Exception {
        return filesEndingWith(".html", ".js", ".css", ".svg");
    }

    static List<String> pages() throws Exception {
        return filesEndingWith(".html");
    }

    static List<String> scripts() throws Exception {
        return filesEndingWith(".js");
    }

    private static List<String> filesEndingWith(String... ends) throws Exception {
        Path web = Path.of(PagesTest.class.getResource("/web").toURI());
        try (Stream<Path> files = Files.walk(web)) {
            return files.map(file -> "/" + web.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> Stream.of(ends).anyMatch(file::endsWith))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noPageHasScriptsOrStylesWithinIt(String page) throws IOException {
        String html = read("/web" + page);
        assertFalse(
                Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|javascript:")
                        .matcher(html)
                        .find(),
                page);
        assertFalse(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(html).find(), page);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageHasALanguageATitleALandmarkAndASkipLink(String page) throws IOException {
        String html = read("/web" + page);
        for (String part : List.of(
                "<html lang=\"en\">",
                "<title",
                "<meta name=\"description\"",
                "<main id=\"main\"",
                "<h1",
                "href=\"#main\"",
                "name=\"viewport\"")) {
            assertTrue(html.contains(part), page + " has no " + part);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyReferenceLeadsToAFile(String file) throws IOException {
        Set<String> lost = new TreeSet<>();
        for (String reference : references(read("/web" + file))) {
            String target = URI.create(file).resolve(reference).getPath();
            if (PagesTest.class.getResource(classpath(target)) == null) {
                lost.add(reference);
            }
        }
        assertEquals(Set.of(), lost, file);
    }

    /** A proxy may serve them under a path of a site that has other things at its root. */
    @ParameterizedTest
    @MethodSource("files")
    void noAddressBeginsAtTheSitesRoot(String file) throws IOException {
        String text = read("/web" + file);
        assertEquals(
                List.of(),
                references(text).stream()
                        .filter(reference -> reference.startsWith("/"))
                        .toList());
        assertFalse(ROOTED.matcher(text).find(), file);
    }

    private static List<String> references(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map(PagesTest::reference)
                .filter(reference -> !reference.startsWith("#") && !reference.startsWith("http"))
                .toList();
    }

    private static String reference(MatchResult match) {
        return Stream.of(match.group(1), match.group(2), match.group(3))
                .filter(group -> group != null)
                .findFirst()
                .orElseThrow();
    }

    private static String classpath(String path) {
        String file = path.endsWith("/") ? path + "index.html" : path;
        return file.startsWith("/webjars/") ? "/META-INF/resources" + file : "/web" + file;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptMakesHtmlOfText(String script) throws IOException {
        // A comment may name what the code must not use.
        String code = read("/web" + script).replaceAll("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$", "");
        assertFalse(UNSAFE_DOM.matcher(code).find(), script);
    }

    @Test
    void theLibrarysVersionIsFilledIn() throws IOException {
        assertFalse(read("/web/js/vendor.js").contains("${"));
    }

    private static String read(String resource) throws IOException {
        try (var in = PagesTest.class.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
