package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.TestClock;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Http.Answer;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** Plain HTTP: what curl and programs do. Each test has a room of its own. */
class MessagesTest {
    private static final TestClock CLOCK = new TestClock();
    private static House house;
    private static Http http;
    private static int rooms;

    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open(CLOCK);
        http = house.http();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "http-" + ++rooms;
    }

    private Answer post(String body, String... headers) {
        return http.post("/messages?name=Ana&room=" + room, body, headers);
    }

    private List<String> texts(String query) {
        return http.get("/messages?room=" + room + query).json().list().stream()
                .map(message -> message.text("text"))
                .toList();
    }

    private List<String> say(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> post("number " + i).json().text("id"))
                .toList();
    }

    @Test
    void aTextIsKeptAndComesBackAsSaid() {
        Answer answer = post("Olá, tudo bem?", "Content-Type", "text/plain");
        assertEquals(201, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
        Json said = answer.json();
        assertEquals(Set.of("type", "id", "room", "by", "via", "at", "text"), said.fields());
        assertEquals(
                List.of("said", room, "Ana", "http", "Olá, tudo bem?"),
                List.of(said.text("type"), said.text("room"), said.text("by"), said.text("via"), said.text("text")));
        assertEquals(
                "[" + answer.body() + "]", http.get("/messages?room=" + room).body());
    }

    /** curl calls everything that it posts a form. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain; charset=utf-8"})
    void aBodyThatIsNotJsonIsTheTextItself(String type) {
        assertEquals(
                "a=1&name=Eve%20 +",
                post("a=1&name=Eve%20 +", "Content-Type", type).json().text("text"));
    }

    @Test
    void withoutAContentTypeToo() throws IOException {
        String answer = http.raw("POST /messages?name=Ana&room=" + room + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\nContent-Length: 3\r\n\r\nhi\n");
        assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "Application/JSON"})
    void jsonCarriesNameAndText(String type) {
        String body = "{\"name\":\"Bia\",\"text\":\"caf\\u00e9\",\"x\":[1]}";
        Answer answer = http.post("/messages?name=Ana&room=" + room, body, "Content-Type", type);
        assertEquals(201, answer.status());
        assertEquals(
                List.of("Bia", "café"),
                List.of(answer.json().text("by"), answer.json().text("text")));
        assertEquals(
                "Ana", post("{\"text\":\"hi\"}", "Content-Type", type).json().text("by"));
    }

    @Test
    void anHttp2ClientIsServedOverHttp1() throws Exception {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            URI uri = http.server().resolve("/messages?name=Ana&room=" + room);
            var request = java.net.http.HttpRequest.newBuilder(uri)
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("hi"))
                    .build();
            assertEquals(
                    201,
                    client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name=a:b, hi, 400, name-invalid",
        "room=main, hi, 400, name-invalid",
        "name=, hi, 400, name-invalid",
        "name=Ana&room=The%20Attic, hi, 400, room-invalid",
        "name=Ana&room=, hi, 400, room-invalid",
        "name=Ana, ' ', 400, text-empty",
        "name=Ana, '', 400, text-empty",
    })
    void whatCanNotBeSaidIsRefused(String query, String body, int status, String reason) {
        assertRefused(status, reason, http.post("/messages?" + query, body));
    }

    @Test
    void aTextTooLongIs413() {
        assertRefused(413, "text-too-long", post("x".repeat(4_001)));
        assertRefused(413, "text-too-long", post("x".repeat(70_000)));
        assertRefused(413, "text-too-long", post("\uD83D\uDC4B".repeat(4_001)));
        assertEquals(201, post("\uD83D\uDC4B".repeat(4_000)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"text\":1}", "{\"name\":\"Ana\"}", "\"hi\"", "{\"text\":\"a\"}{}", "hi"})
    void brokenJsonIsMalformed(String body) {
        assertRefused(400, "malformed", post(body, "Content-Type", "application/json"));
    }

    @Test
    void theNameOfSomebodyPresentIs409() {
        try (WebSocketClient ana =
                WebSocketClient.connect(house.place().http(), "/chat?name=Ana&room=" + room, "prosa.v1")) {
            ana.next("welcome");
            assertRefused(409, "name-taken", http.say(room, "ＡＮＡ", "hi"));
            assertEquals(201, http.say(room, "Bia", "hi").status());
            assertEquals(201, http.say(room + "-b", "Ana", "hi").status(), "in another room");
        }
        Waiting.await("Ana has left", () -> http.headCount(room) == 0);
        assertEquals(201, http.say(room, "Ana", "hi").status());
    }

    private static void assertRefused(int status, String reason, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals(Set.of("reason", "message"), answer.json().fields());
        assertEquals(reason, answer.json().text("reason"));
        assertFalse(answer.json().text("message").isBlank());
    }

    @Test
    void whatIsNotUtf8BecomesVisible() {
        byte[] latin1 = "ol\u00e1".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = http.send("POST", "/messages?name=Ana&room=" + room, latin1);
        assertEquals("ol\uFFFD", answer.json().text("text"));
    }

    @Test
    void anIdempotencyKeyKeepsAMessageOnceForTenMinutes() {
        Answer first = post("once", "Idempotency-Key", "k 1");
        Answer again = post("once", "Idempotency-Key", "k 1");
        assertEquals(201, again.status());
        assertEquals(first.body(), again.body());
        assertNotEquals(first.body(), post("once", "Idempotency-Key", "k 2").body());
        Answer other = http.post("/messages?name=Bia&room=" + room, "once", "Idempotency-Key", "k 1");
        assertEquals("Bia", other.json().text("by"));
        assertEquals(3, texts("").size());
        CLOCK.forward(Duration.ofMinutes(10));
        assertNotEquals(first.body(), post("once", "Idempotency-Key", "k 1").body());
    }

    @Test
    void anIdempotencyKeyThatIsNoneIsMalformed() {
        assertRefused(400, "malformed", post("hi", "Idempotency-Key", "x".repeat(129)));
        assertRefused(400, "malformed", post("hi", "Idempotency-Key", ""));
    }

    @Test
    void withoutSinceTheLastAreReadOldestFirst() {
        say(60);
        assertEquals(IntStream.rangeClosed(11, 60).mapToObj(i -> "number " + i).toList(), texts(""));
        assertEquals(List.of("number 59", "number 60"), texts("&limit=2"));
        assertEquals(60, texts("&limit=1000").size());
    }

    @Test
    void withSinceTheFirstAfterItAreRead() {
        List<String> ids = say(60);
        assertEquals(List.of("number 3", "number 4"), texts("&limit=2&since=" + ids.get(1)));
        assertEquals(50, texts("&since=" + ids.getFirst()).size());
        assertEquals(List.of(), texts("&since=" + ids.getLast()));
        List<String> paged = new ArrayList<>();
        for (String since = "0-0"; since != null; ) {
            List<Json> page = http.get("/messages?limit=7&room=" + room + "&since=" + since)
                    .json()
                    .list();
            page.forEach(message -> paged.add(message.text("id")));
            since = page.isEmpty() ? null : page.getLast().text("id");
        }
        assertEquals(ids, paged);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, malformed",
        "limit=1001, malformed",
        "limit=-1, malformed",
        "limit=ten, malformed",
        "limit=, malformed",
        "since=soon, malformed",
        "since=1-, malformed",
        "room=the_attic, room-invalid",
    })
    void aBadQueryIsRefused(String query, String reason) {
        assertRefused(400, reason, http.get("/messages?" + query));
    }

    @Test
    void byAcceptAMessageIsALine() {
        say(2);
        post("n\u00famero 3 \uD83D\uDC4B");
        Answer lines = http.get("/messages?room=" + room, "Accept", "application/x-ndjson");
        assertEquals("application/x-ndjson", lines.header("Content-Type"));
        assertTrue(lines.body().endsWith("\n"));
        assertEquals(
                List.of("number 1", "number 2", "n\u00famero 3 \uD83D\uDC4B"),
                lines.body()
                        .lines()
                        .map(Json::parse)
                        .map(message -> message.text("text"))
                        .toList());
        assertEquals(
                "application/json",
                http.get("/messages?room=" + room, "Accept", "*/*").header("Content-Type"));
    }

    @Test
    void roomsAndHeadCounts() {
        say(1);
        try (WebSocketClient ana =
                WebSocketClient.connect(house.place().http(), "/chat?name=Ana&room=" + room + "-b", "prosa.v1")) {
            ana.next("welcome");
            List<Json> all = http.get("/rooms").json().list();
            assertTrue(all.toString().contains("{room=" + room + ", count=0}"), all::toString);
            assertTrue(all.toString().contains("{room=" + room + "-b, count=1}"), all::toString);
        }
    }

    @Test
    void healthSaysOk() {
        Answer answer = http.get("/health");
        assertEquals(
                List.of("200", "ok"),
                List.of("" + answer.status(), answer.json().text("status")));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void readySaysOkWhileMessagesCanBeKept() {
        Answer answer = http.get("/ready");
        assertEquals(List.of("200", "{\"status\":\"ok\"}"), List.of("" + answer.status(), answer.body()));
    }
}
