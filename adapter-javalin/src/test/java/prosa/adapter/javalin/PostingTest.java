package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.javalin.RunningHttp.Answer;

/** What people's programs post: each test has a room of its own. */
@Timeout(30)
class PostingTest {
    private static final String JSON = "Content-Type: application/json";

    private static RunningHttp http;
    private static int rooms;

    private String room = "";
    private String query = "";

    @BeforeAll
    static void open() throws Exception {
        http = new RunningHttp();
    }

    @AfterAll
    static void shut() throws Exception {
        http.close();
    }

    @BeforeEach
    void enter() {
        room = "post-" + ++rooms;
        query = "?name=Ana&room=" + room;
    }

    private void assertRefused(int status, String reason, Answer answer) throws IOException {
        assertEquals(status, answer.status(), answer::toString);
        assertTrue(answer.body().contains("\"reason\":\"" + reason + "\""), answer::body);
        assertEquals("[]", http.kept(room), "nothing of it is kept");
    }

    private void assertSaid(String text, Answer answer) {
        assertEquals(201, answer.status(), answer::toString);
        assertTrue(answer.body().contains("\"text\":\"" + text + "\""), answer::body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "image/png",
                "application/octet-stream",
                "application/xml",
                "application/problem+json",
                "text/plain; charset=klingon",
                "text/plain; charset=\"not a charset\"",
                "application/json; charset=klingon",
                "nonsense"
            })
    void whatIsNoTextIsRefused(String type) throws IOException {
        assertRefused(415, "unsupported-media-type", http.post(query, "{\"text\":\"oi\"}", "Content-Type: " + type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip", "GZIP"})
    void whatIsCompressedIsRefused(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("oi".getBytes(StandardCharsets.UTF_8));
        }
        Answer answer =
                http.post(query, bytes.toByteArray(), "Content-Type: text/plain", "Content-Encoding: " + encoding);
        assertRefused(415, "unsupported-media-type", answer);
        assertEquals("identity", answer.header("Accept-Encoding"));
    }

    @Test
    void identityIsNoEncoding() throws IOException {
        assertSaid("oi", http.post(query, "oi", "Content-Encoding: Identity"));
    }

    @ParameterizedTest
    @CsvSource({"iso-8859-1", "ISO-8859-1", "\"windows-1252\"", "utf-8", "UTF-16", "utf-16le"})
    void aTextIsReadInItsOwnCharset(String charset) throws IOException {
        byte[] body = "oi çã".getBytes(Charset.forName(charset.replace("\"", "")));
        assertSaid("oi çã", http.post(query, body, "Content-Type: text/plain; Charset=" + charset));
        byte[] json = "{\"text\":\"oi çã\"}".getBytes(Charset.forName(charset.replace("\"", "")));
        assertSaid("oi çã", http.post(query, json, JSON + ";charset=" + charset));
    }

    @Test
    void whatIsWrongInItsCharsetBecomesVisible() throws IOException {
        assertSaid("ol\uFFFD", http.post(query, "olá".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "TEXT/Markdown", "application/x-www-form-urlencoded", ""})
    void aTextIsAText(String type) throws IOException {
        assertSaid("a=1&b", http.post(query, "a=1&b", "Content-Type: " + type));
        assertSaid("a=1&b", http.post(query, "a=1&b"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfIt() throws IOException {
        assertSaid("oi", http.post(query, "\uFEFFoi"));
        assertSaid("oi", http.post(query, "\uFEFF{\"text\":\"oi\"}", JSON));
    }

    @Test
    void theRoomAndTheKeyInJsonCount() throws IOException {
        String body =
                "{\"room\":\"" + room + "\",\"name\":\"Ana\",\"key\":\"k\",\"text\":\"oi\",\"type\":1,\"ref\":[]}";
        Answer first = http.post("", body, JSON);
        assertSaid("oi", first);
        assertEquals(
                first.body(),
                http.post("?room=" + room, body, JSON, "Idempotency-Key: k").body());
        assertEquals("[" + first.body() + "]", http.kept(room));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"room\":\"elsewhere\",\"text\":\"x\"} | malformed | room",
                "{\"room\":\"No Room\",\"text\":\"x\"} | room-invalid | room",
                "{\"key\":\"other\",\"text\":\"x\"} | malformed | key",
                "{\"key\":\"\",\"text\":\"x\"} | malformed | key",
                "{\"to\":\"Bia\",\"text\":\"x\"} | malformed | to",
                "{\"room\":5,\"text\":\"x\"} | malformed | room",
                "{} | malformed | text"
            })
    void whatContradictsIsRefusedAndNamed(String body, String reason, String part) throws IOException {
        Answer answer = http.post(query, body, JSON, "Idempotency-Key: k");
        assertRefused(400, reason, answer);
        assertTrue(answer.body().contains(part), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"last=1", "limit=1", "wait=1", "follow", "key=k", "text=oi", "to=Bia", "since=0-0"})
    void whatMeansSomethingElsewhereIsNamed(String parameter) throws IOException {
        Answer answer = http.post(query + "&" + parameter, "oi");
        assertRefused(400, "malformed", answer);
        assertTrue(answer.body().contains(parameter.split("=")[0]), answer::body);
    }

    @Test
    void aParameterGivenTwiceIsRefused() throws IOException {
        assertRefused(400, "malformed", http.post(query + "&room=other", "oi"));
        assertRefused(400, "malformed", http.post(query + "&name=Bia", "oi"));
        assertSaid("oi", http.post(query + "&lab=a&lab=b&unknown", "oi"));
    }

    @Test
    void withoutANameThatIsSaid() throws IOException {
        Answer answer = http.post("?room=" + room, "oi", "Accept-Language: pt");
        assertRefused(400, "name-invalid", answer);
        assertTrue(answer.body().contains("Um nome tem"), answer::body);
    }

    /** RFC 9110 §10.1.1: so that nobody sends what will be refused anyhow. */
    @Test
    void whoWaitsToBeAskedIsAskedIfTheHeadIsRight() throws IOException {
        try (Socket socket = http.connect()) {
            socket.getOutputStream()
                    .write(http.head("POST /messages" + query, "Content-Length: 2", "Expect: 100-continue"));
            assertEquals(
                    100,
                    RunningHttp.answer(RunningHttp.readHead(socket.getInputStream()))
                            .status());
            socket.getOutputStream().write("oi".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    201,
                    RunningHttp.answer(RunningHttp.readHead(socket.getInputStream()))
                            .status());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /messages?name=Ana | Content-Type: image/png | 415",
                "POST /messages?name=Ana | Content-Encoding: gzip | 415",
                "POST /messages?name=Ana | Origin: http://evil.example | 403",
                "POST /messages?name=Ana | Host: evil.example | 403",
                "POST /messages?name=a:b | X: y | 400",
                "POST /messages?name=Ana&room=% | X: y | 400",
                "POST /messages?name=Ana&last=1 | X: y | 400",
                "POST /messages?name=Ana | Idempotency-Key: \u00e9 | 400",
                "POST /nowhere | X: y | 404",
                "DELETE /messages | X: y | 405",
                "POST /feed | X: y | 405"
            })
    void elseTheyAreRefusedAtOnce(String line, String header, int status) throws IOException {
        Answer answer = http.ask(line, header, "Content-Length: 100000", "Expect: 100-continue");
        assertEquals(status, answer.status(), answer::toString);
    }

    @Test
    void whatIsTooLongIsNotAskedFor() throws IOException {
        Answer answer = http.ask("POST /messages" + query, "Content-Length: 70000", "Expect: 100-continue");
        assertEquals(413, answer.status(), answer::toString);
        assertFalse(answer.body().isEmpty());
    }
}
