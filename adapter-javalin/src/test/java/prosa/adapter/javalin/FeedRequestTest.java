package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;

/** {@code /feed}: which requests get a stream, and what the others get. */
class FeedRequestTest {
    private static House house;
    private static int rooms;

    private final List<EventSource> feeds = new ArrayList<>();
    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "feed-" + ++rooms;
    }

    @AfterEach
    void leave() {
        feeds.forEach(EventSource::close);
    }

    private static Http http() {
        return house.http();
    }

    private EventSource feed(String query, String... headers) {
        URI uri = house.place().http().resolve("/feed?" + query);
        EventSource feed = new EventSource(uri, headers);
        feeds.add(feed);
        return feed;
    }

    @ParameterizedTest
    @CsvSource({
        "since=yesterday, malformed",
        "since=1, malformed",
        "since=1-, malformed",
        "since=1-2-3, malformed",
        "since=-1-2, malformed",
        "since=%2B1-2, malformed",
        "since=1-99999999999999999999, malformed",
        "since=, malformed",
        "last=many, malformed",
        "last=-1, malformed",
        "last=1001, malformed",
        "as=xml, malformed",
        "room=The%20Attic, room-invalid",
        "room=, room-invalid",
        "room=a&room=b_, room-invalid",
    })
    void aBadQueryIs400BeforeTheStreamStarts(String query, String reason) {
        Http.Answer answer = http().get("/feed?" + query);
        assertEquals(400, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals(reason, answer.json().text("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1-2-3", "１-２", "1-2,1-3"})
    void aMalformedLastEventIdIs400(String id) throws IOException {
        String answer = http().raw("GET /feed HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nLast-Event-ID: " + id
                + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*", "text/html, */*;q=0.1", "text/*"})
    void whoTakesAnythingGetsTheStream(String accept) {
        assertTrue(feed("room=" + room, "Accept", accept).blocks().next().id().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html", "image/*"})
    void whoTakesNoEventStreamIsTold(String accept) {
        Http.Answer answer = http().get("/feed", "Accept", accept);
        assertEquals(406, answer.status());
        assertEquals("not-acceptable", answer.json().text("reason"));
    }

    @Test
    void headEndsAtOnce() {
        Http.Answer answer = http().send("HEAD", "/feed?room=" + room, new byte[0]);
        assertEquals(200, answer.status());
        assertEquals("text/event-stream;charset=utf-8", answer.header("Content-Type"));
        assertEquals("no-cache, no-transform", answer.header("Cache-Control"));
        assertEquals(400, http().send("HEAD", "/feed?since=soon", new byte[0]).status());
    }

    @Test
    void optionsAllowsLastEventId() {
        Http.Answer answer = http().send("OPTIONS", "/feed", new byte[0], "Origin", "null");
        assertEquals(204, answer.status());
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertTrue(answer.header("Access-Control-Allow-Headers").contains("Last-Event-ID"), answer::toString);
        assertTrue(answer.header("Access-Control-Allow-Methods").contains("GET"), answer::toString);
    }

    /** Asked by the browser before another site's page may send {@code Last-Event-ID}; the answer reveals nothing. */
    @Test
    void aPreflightFromAnotherSiteIsAnswered() {
        String[] preflight = {
            "Origin", "https://elsewhere.example",
            "Access-Control-Request-Method", "GET",
            "Access-Control-Request-Headers", "last-event-id"
        };
        assertEquals(
                204, http().send("OPTIONS", "/feed", new byte[0], preflight).status());
        assertEquals(
                "*",
                feed("room=" + room, "Origin", "https://elsewhere.example")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin")
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "BREW", "TRACE", "PROPFIND"})
    void theFeedIsReadOnly(String method) {
        Http.Answer answer = http().send(method, "/feed", new byte[0]);
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, OPTIONS", answer.header("Allow"));
        assertEquals("method-not-allowed", answer.json().text("reason"));
    }
}
