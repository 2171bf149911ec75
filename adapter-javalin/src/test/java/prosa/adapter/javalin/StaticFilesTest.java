package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.javalin.RunningHttp.Answer;

/** How the pages' files are served. */
@Timeout(60)
class StaticFilesTest {
    private static final String LASTING = "public, max-age=31536000, immutable";

    private static RunningHttp http;

    @BeforeAll
    static void open() throws Exception {
        http = new RunningHttp();
    }

    @AfterAll
    static void shut() throws Exception {
        http.close();
    }

    /** The address of a library's file, which has a version in it. */
    private static String library() throws IOException {
        Matcher address = Pattern.compile("\\.\\.(/webjars/[^\"]+/lit-html\\.js)")
                .matcher(http.ask("GET /js/vendor.js").body());
        assertTrue(address.find());
        return address.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=utf-8",
        "/index.html, text/html;charset=utf-8",
        "/lab/, text/html;charset=utf-8",
        "/js/chat.js, text/javascript;charset=utf-8",
        "/css/prosa.css, text/css;charset=utf-8",
        "/favicon.svg, image/svg+xml",
    })
    void aFileIsAskedForAgainAndComesOnlyIfItIsAnother(String path, String type) throws IOException {
        Answer answer = http.ask("GET " + path);
        assertEquals(200, answer.status());
        assertEquals(type, answer.header("Content-Type"));
        assertEquals("no-cache", answer.header("Cache-Control"));
        String tag = answer.header("ETag");
        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Answer same = http.ask("GET " + path, "If-None-Match: " + known);
            assertEquals(304, same.status(), known);
            assertEquals("", same.body());
            for (String header : List.of("ETag", "Cache-Control", "Vary")) {
                assertEquals(answer.header(header), same.header(header), header);
            }
        }
        assertEquals(200, http.ask("GET " + path, "If-None-Match: \"x\"").status());
    }

    @Test
    void whatHasItsVersionInItsAddressIsKeptForGood() throws IOException {
        Answer answer = http.ask("GET " + library());
        assertEquals(200, answer.status());
        assertEquals(LASTING, answer.header("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js/chat.js", "/css/prosa.css"})
    void whoCanUnzipGetsItZipped(String path) throws IOException {
        Answer plain = http.ask("GET " + path);
        assertEquals("Accept-Encoding", plain.header("Vary"));
        assertEquals("", plain.header("Content-Encoding"));
        byte[] all;
        try (Socket socket = http.connect()) {
            socket.getOutputStream().write(http.head("GET " + path, "Accept-Encoding: gzip, deflate, br, zstd"));
            all = socket.getInputStream().readAllBytes();
        }
        Answer zipped = RunningHttp.answer(new String(all, StandardCharsets.ISO_8859_1));
        assertEquals("gzip", zipped.header("Content-Encoding"));
        assertEquals("Accept-Encoding", zipped.header("Vary"));
        assertNotEquals(plain.header("ETag"), zipped.header("ETag"));
        byte[] body = zipped.body().getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(body.length, Integer.parseInt(zipped.header("Content-Length")));
        assertTrue(body.length < plain.body().length());
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertEquals(plain.body(), new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'br, GZIP', true",
        "x-gzip, true",
        "'gzip;q=0.5, br', true",
        "'gzip ; q=1.0', true",
        "'', false",
        "identity, false",
        "gzip;q=0, false",
        "'br, gzip; q=0.000', false",
        "gzipped, false",
    })
    void zippedIsForThoseWhoSaySo(String accepted, boolean zipped) {
        assertEquals(zipped, StaticFile.allowsGzip(Weights.of(accepted)), accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js/chat.js", "/favicon.svg", "/lab", "/js/nowhere.js"})
    void headIsGetWithoutTheBody(String path) throws IOException {
        for (String accepted : List.of("identity", "gzip")) {
            Answer get = http.ask("GET " + path, "Accept-Encoding: " + accepted);
            Answer head = http.ask("HEAD " + path, "Accept-Encoding: " + accepted);
            assertEquals(get.status(), head.status());
            assertEquals("", head.body());
            for (String header : List.of(
                    "Content-Type",
                    "Content-Encoding",
                    "Content-Length",
                    "ETag",
                    "Cache-Control",
                    "Vary",
                    "Location")) {
                assertEquals(get.header(header), head.header(header), header);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "PUT, /js/chat.js", "DELETE, /lab/", "POST, /feed.html", "OPTIONS, /css/prosa.css"})
    void aFileCanOnlyBeRead(String method, String path) throws IOException {
        Answer answer = http.ask(method + " " + path, "Content-Length: 0");
        assertEquals(405, answer.status(), answer::toString);
        assertEquals("GET, HEAD", answer.header("Allow"));
        assertTrue(answer.body().contains("method-not-allowed"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({"/lab, lab/", "/tutorial, tutorial/", "/tutorial?port=1, tutorial/?port=1"})
    void aFolderWithoutItsSlashLeadsThereFromWhereverOneIs(String path, String location) throws IOException {
        Answer answer = http.ask("GET " + path);
        assertEquals(301, answer.status());
        assertEquals(location, answer.header("Location"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/js",
                "/js/",
                "/css",
                "/js/chat",
                "//",
                "//index.html",
                "/js/../index.html",
                "/../web/index.html",
                "/js/%2e%2e/index.html",
                "/web/index.html",
                "/META-INF/MANIFEST.MF",
                "/prosa/adapter/javalin/StaticFile.class",
                "/webjars/",
                "/webjars/../web/index.html"
            })
    void nothingElseIsAFile(String path) throws IOException {
        Answer answer = http.ask("GET " + path);
        assertTrue(answer.status() == 404 || answer.status() == 400, answer::toString);
    }

    /** As many parts as fit into a head: a pattern that repeats a group would run out of stack. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aPathOfThousandsOfPartsIsNoFile(String method) throws IOException {
        Answer answer = http.ask(method + " " + "/a".repeat(3_900), "Content-Length: 0");
        assertEquals(404, answer.status(), answer::toString);
    }

    @Test
    void aPageUnderAnotherPolicyIsAnotherPage() throws IOException {
        String tag = http.ask("GET /", "Host: localhost:1").header("ETag");
        Answer other = http.ask("GET /", "Host: localhost:2", "If-None-Match: " + tag);
        assertEquals(200, other.status());
        String script = http.ask("GET /js/chat.js", "Host: localhost:1").header("ETag");
        assertEquals(
                304,
                http.ask("GET /js/chat.js", "Host: localhost:2", "If-None-Match: " + script)
                        .status());
    }
}
