package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.javalin.RunningHttp.Answer;

/** What HTTP's own rules ask of every answer. */
@Timeout(60)
class HttpAnswersTest {
    private static final String BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String[] HANDSHAKE = {
        "Connection: Upgrade, close", "Upgrade: websocket", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=="
    };

    private static RunningHttp http;

    @BeforeAll
    static void open() throws Exception {
        http = new RunningHttp();
        for (int i = 0; i < 3; i++) {
            assertEquals(201, http.post("?name=Ana&room=r" + i, "oi " + i).status());
        }
        assertEquals(201, http.post("?name=Ana", "oi").status());
    }

    @AfterAll
    static void shut() throws Exception {
        http.close();
    }

    private static String[] with(String version) {
        return Stream.concat(Stream.of(HANDSHAKE), Stream.of("Sec-WebSocket-Version: " + version))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/ready",
                "/rooms",
                "/rooms?limit=1",
                "/messages",
                "/messages?limit=1",
                "/messages?wait=0",
                "/messages?since=garbage",
                "/messages?limit=0",
                "/messages?room=No%20Room",
                "/rooms?limit=0",
                "/health?room=a",
                "/nowhere",
                "/chat"
            })
    void headIsGetWithoutTheBody(String path) throws IOException {
        Answer get = http.ask("GET " + path);
        Answer head = http.ask("HEAD " + path);
        assertEquals(get.status(), head.status());
        assertEquals("", head.body());
        for (String header : List.of("Content-Type", "Cache-Control", "Prosa-Position", "Prosa-More", "Allow")) {
            assertEquals(get.header(header), head.header(header), header);
        }
        assertTrue(Set.of("", get.header("Content-Length")).contains(head.header("Content-Length")), head::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feed", "/messages?follow"})
    void headOfAStreamIsItsHead(String path) throws IOException {
        Answer get = http.open("GET " + path);
        Answer head = http.ask("HEAD " + path);
        assertEquals(200, head.status());
        assertEquals(get.headers().keySet(), head.headers().keySet());
        assertFalse(head.headers().containsKey("content-length"));
    }

    @Test
    void headDoesNotWait() throws IOException {
        long asked = System.nanoTime();
        assertEquals(200, http.ask("HEAD /messages?wait=60").status());
        assertTrue(System.nanoTime() - asked < 10_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /feed, GET",
        "DELETE, /rooms, GET",
        "POST, /health, GET",
        "PUT, /ready, GET",
        "PUT, /messages, POST",
        "POST, /chat, GET",
        "POST, /testing, HEAD"
    })
    void whatIsNotAllowedSaysWhatIs(String method, String path, String allowed) throws IOException {
        Answer answer = http.ask(method + " " + path, "Content-Length: 0");
        assertEquals(405, answer.status(), answer::toString);
        assertTrue(answer.header("Allow").contains(allowed), answer::toString);
        assertTrue(answer.body().contains("method-not-allowed"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/messages?limit=0, limit, 1.000",
        "/messages?limit=1001, limit, 1.000",
        "/messages?since=x, since, 1795356346674-3",
        "/messages?wait=99, wait, 60",
        "/messages?follow=perhaps, follow, false",
        "/messages?last=5, last, ''",
        "/messages?follow&limit=5, limit, ''",
        "/messages?follow&wait=5, wait, ''",
        "/messages?name=Ana, name, ''",
        "/messages?limit=1&limit=2, limit, uma vez",
        "/feed?last=-1, last, 1.000",
        "/feed?as=xml, as, json",
        "/feed?limit=5, limit, ''",
        "/feed?since=1, since, ''",
        "/feed?Last-Event-ID=x, Last-Event-ID, ''",
        "/feed?lastEventId=x, lastEventId, ''",
        "/rooms?limit=1001, limit, 1.000",
        "/rooms?room=a, room, ''",
        "/ready?limit=1, limit, ''",
        "/feed?since=0-0&since=0-0, since, uma vez",
    })
    void aRefusalNamesThePartAndItsBound(String path, String part, String bound) throws IOException {
        for (String language : List.of("en", "pt-BR")) {
            Answer answer = http.ask("GET " + path, "Accept-Language: " + language);
            assertEquals(400, answer.status(), answer::toString);
            String message = answer.body().replaceAll(".*\"message\":\"", "");
            assertTrue(message.matches("(?s).*\\b" + part + "\\b.*"), answer::body);
            if (language.startsWith("pt")) {
                assertTrue(message.contains(bound), answer::body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/messages", "/feed", "/rooms", "/health", "/ready", "/chat", "/css/prosa.css", "/nowhere"})
    void whatCanNotBeDecodedIsRefusedOnEveryPath(String path) throws IOException {
        for (String query : List.of("room=team%", "x=%zz", "since=%ff")) {
            Answer answer = http.ask("GET " + path + "?" + query);
            assertEquals(400, answer.status(), answer::toString);
            assertTrue(answer.body().contains("malformed"), answer::body);
        }
    }

    @Test
    void aWebSocketThatNamesItsRoomBadlyIsNotOpened() throws IOException {
        Answer answer = http.ask("GET /chat?name=Caio&room=team%", with("13"));
        assertEquals(400, answer.status(), answer::toString);
    }

    @Test
    void aTextStreamIsForThoseWhoWantOne() throws IOException {
        assertEquals(
                200,
                http.open("GET /feed", "Accept: application/json", "Accept: Text/Event-Stream")
                        .status());
        assertEquals(200, http.open("GET /feed", "Accept:").status());
        assertEquals(406, http.ask("GET /feed", "Accept: application/json").status());
        assertEquals(
                406, http.ask("GET /feed", "Accept: */*, text/event-stream;q=0").status());
    }

    @Test
    void messagesAreNeverNotAcceptable() throws IOException {
        assertEquals(
                "application/json",
                http.ask("GET /messages", "Accept: image/png").header("Content-Type"));
        assertEquals(
                "application/x-ndjson",
                http.ask("GET /messages", "Accept: Application/X-NDJSON").header("Content-Type"));
        assertEquals(
                "application/json",
                http.ask("GET /messages", "Accept: application/x-ndjson;q=0.1, application/json")
                        .header("Content-Type"));
    }

    @Test
    void aPolyfillComesBackByItsUrl() throws IOException {
        String all = http.kept("r0");
        Matcher id = Pattern.compile("\"id\":\"([0-9]+-[0-9]+)\"").matcher(all);
        assertTrue(id.find());
        String epoch = id.group(1).replaceAll("-.*", "");
        for (String parameter : List.of("lastEventId", "Last-Event-ID")) {
            String path = "GET /feed?room=r0&since=" + id.group(1) + "&" + parameter + "=" + epoch + "-0";
            assertTrue(http.beginning(path, "oi 0").contains("id: " + epoch + "-0"), "it wins over since");
            String header = http.beginning(path, "\n\n", "Last-Event-ID: " + id.group(1));
            assertTrue(header.contains("id: " + id.group(1)), "the header wins over it");
            String empty = http.beginning("GET /feed?room=r0&since=" + epoch + "-0&" + parameter + "=", "oi 0");
            assertTrue(empty.contains("id: " + epoch + "-0"), "an empty one is none");
        }
    }

    @Test
    void whatIsGivenTwiceIsRefusedAlsoWhereSomethingElseWins() throws IOException {
        Answer answer = http.ask("GET /feed?since=0-0&since=0-0", "Last-Event-ID: 0-0");
        assertEquals(400, answer.status(), answer::toString);
    }

    @Test
    void thoseWhoAreCutOffTogetherDoNotComeBackTogether() throws IOException {
        Set<Integer> retries = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            Matcher retry = Pattern.compile("retry: (\\d+)\n").matcher(http.beginning("GET /feed", "\n\n"));
            assertTrue(retry.find());
            retries.add(Integer.parseInt(retry.group(1)));
        }
        assertTrue(retries.stream().allMatch(retry -> retry >= 1_000 && retry <= 4_000), retries::toString);
        assertTrue(retries.size() >= 10, retries::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/testing"})
    void theWrongDoorIsNamed(String path) throws IOException {
        Answer plain = http.ask("GET " + path);
        assertEquals(426, plain.status());
        assertEquals("websocket", plain.header("Upgrade"));
        assertTrue(plain.header("Connection").toLowerCase(java.util.Locale.ROOT).contains("upgrade"), plain::toString);
        assertTrue(plain.body().contains("\"reason\":\"upgrade-required\""), plain::body);
        Answer browser = http.ask("GET " + path, BROWSER, "Accept-Language: pt-BR");
        assertEquals("text/html;charset=utf-8", browser.header("Content-Type"));
        assertTrue(browser.body().contains("WebSocket") && browser.body().contains("lang=\"pt\""), browser::body);
        for (String version : List.of("8", "14", "x")) {
            Answer other = http.ask("GET " + path, with(version));
            assertEquals(426, other.status(), other::toString);
            assertEquals("13", other.header("Sec-WebSocket-Version"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "MDEyMzQ1Njc4OWFiY2RlZg", "MDEyMzQ1Njc4OWFiY2RlZmc=", "MDEyMzQ1Njc4OWFiY2Rl!g=="})
    void aKeyIsSixteenBytes(String key) throws IOException {
        Answer answer = http.ask(
                "GET /chat",
                "Connection: Upgrade, close",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + key);
        assertEquals(400, answer.status(), answer::toString);
        assertTrue(answer.body().contains("Sec-WebSocket-Key"), answer::body);
    }

    @Test
    void aMistypedAddressIsAPageWithAWayBack() throws IOException {
        Answer page = http.ask("GET /a/b/nowhere", BROWSER);
        assertEquals(404, page.status());
        assertTrue(page.body().contains("<a href=\"../../\">To the chat</a>"), page::body);
        assertTrue(page.header("Content-Security-Policy").contains("default-src 'none'"));
        assertEquals("application/json", http.ask("GET /nowhere").header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, same-origin",
        "GET /messages, same-origin",
        "GET /messages?wait=0, cross-origin",
        "GET /rooms, same-origin",
        "GET /health, same-origin",
        "GET /nowhere, same-origin",
        "GET /chat, same-origin",
        "HEAD /feed, cross-origin",
        "HEAD /messages?follow, cross-origin",
        "GET /%00, same-origin"
    })
    void everyAnswerSaysWhoMayUseIt(String line, String policy) throws IOException {
        Answer answer = http.ask(line);
        assertEquals(policy, answer.header("Cross-Origin-Resource-Policy"), answer::toString);
        for (String header : List.of(
                "Permissions-Policy",
                "Content-Security-Policy",
                "X-Content-Type-Options",
                "Referrer-Policy",
                "Cross-Origin-Opener-Policy")) {
            assertFalse(answer.header(header).isEmpty(), header + " of " + answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages",
                "/messages?wait=0",
                "/messages?limit=0",
                "/rooms",
                "/rooms?limit=0",
                "/health",
                "/ready"
            })
    void whatChangesIsNotStored(String path) throws IOException {
        assertEquals("no-store", http.ask("GET " + path).header("Cache-Control"));
    }

    @Test
    void aLongListOfRoomsComesInParts() throws IOException {
        Answer all = http.ask("GET /rooms");
        assertEquals("", all.header("Prosa-More"));
        Answer two = http.ask("GET /rooms?limit=2&after=main");
        assertEquals("[{\"room\":\"r0\",\"count\":0},{\"room\":\"r1\",\"count\":0}]", two.body());
        assertEquals("true", two.header("Prosa-More"));
        Answer rest = http.ask("GET /rooms?limit=2&after=r1");
        assertEquals("[{\"room\":\"r2\",\"count\":0}]", rest.body());
        assertEquals("", rest.header("Prosa-More"));
        assertEquals(400, http.ask("GET /rooms?after=No%20Room").status());
    }
}
