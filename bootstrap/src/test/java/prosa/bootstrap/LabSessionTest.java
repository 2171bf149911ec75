package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Http.Answer;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.RawWebSocket;

/** The server's part of the lab's page, without a browser: who is let in at its port, and when all of it ends. */
@Isolated("A port that it sees closed could be opened by another test.")
@Timeout(30)
class LabSessionTest {
    /** Twice what the largest send buffer that Linux gives by itself (4 MiB) and the session take. */
    private static final int FLOOD = 3_000;

    private final RunningHouse house = RunningHouse.inMemory();
    private final Http http = house.http();
    private int labPort;

    @AfterEach
    void stopsWithSessionsOpen() {
        long begin = System.nanoTime();
        house.close();
        assertTrue(System.nanoTime() - begin < 5_000_000_000L, "it takes no longer than without a lab");
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", labPort).close());
    }

    private Json begin() {
        Answer answer = http.post("/lab/sessions", "");
        assertEquals(201, answer.status(), answer::toString);
        labPort = port(answer.json());
        return answer.json();
    }

    private static int port(Json session) {
        return Math.toIntExact(session.number("port"));
    }

    private Lines events(Json session) throws IOException {
        return events(session, new Socket("127.0.0.1", http.server().getPort()));
    }

    private Lines events(Json session, Socket socket) throws IOException {
        Lines events = new Lines(socket);
        events.send(
                "GET /lab/sessions/" + session.text("token") + "/events HTTP/1.1",
                "Host: " + http.server().getAuthority(),
                "Accept: text/event-stream",
                "");
        events.await("event: probe-open");
        return events;
    }

    /** Sends a request to the lab's port. */
    private static Lines ask(Json session, String request, String... headers) throws IOException {
        Lines lines = new Lines(new Socket("127.0.0.1", port(session)));
        List<String> head =
                new ArrayList<>(List.of(request.formatted(session.text("token")), "Host: 127.0.0.1:" + port(session)));
        head.addAll(List.of(headers));
        head.add("");
        lines.send(head.toArray(String[]::new)); // at once: what names no session is not read to its end
        return lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /feed HTTP/1.1",
                "GET /feed?lab=%s HTTP/1.1",
                "GET /feed?lab=x%s.sse HTTP/1.1",
                "GET /feed?lab=%s.tcp HTTP/1.1",
                "GET /feed?lab=%s.long-poll HTTP/1.1",
                "GET /feed#lab=%s.sse HTTP/1.1",
                "POST /messages?name=A&lab=%s.sse HTTP/1.1",
                "nonsense?lab=%s.sse"
            })
    void whatNamesNoSessionIsClosedWithoutAnAnswer(String request) throws IOException {
        Json session = begin();
        try (Lines lines = ask(session, request)) {
            AssertionError closed = assertThrows(AssertionError.class, () -> lines.await("HTTP"));
            assertTrue(closed.getMessage().endsWith("but []"), closed::getMessage);
        }
    }

    @Test
    void whatNamesASessionIsPassedOnAndShown() throws IOException {
        Json session = begin();
        try (Lines events = events(session);
                Lines feed = ask(session, "GET /feed?lab=%s.sse&room=" + session.text("room") + " HTTP/1.1")) {
            feed.await("id:");
            assertEquals(201, http.say(session.text("room"), "Ana", "olá").status());
            feed.await("olá");
            // The bytes are: data: {"type":"said",...,"text":"olá"}
            events.awaitAll("event: opened", "\"wire\":\"sse\"", "6f6cc3a1227d0a0a", "event: probe-arrived");
        }
    }

    @Test
    void aFaultIsForAConnectionThatIsThere() throws IOException {
        Json session = begin();
        String path = "/lab/sessions/" + session.text("token") + "/connections/";
        try (Lines events = events(session)) {
            assertEquals(409, http.post(path + "sse/fault?is=cut", "").status());
            assertEquals(400, http.post(path + "sse/fault?is=earthquake", "").status());
            assertEquals(400, http.post(path + "pigeon/fault?is=cut", "").status());
            assertEquals(
                    404,
                    http.post("/lab/sessions/x/connections/sse/fault?is=cut", "")
                            .status());
            assertEquals(
                    403,
                    http.post(path + "tcp/fault?is=cut", "", "Origin", "http://evil.example")
                            .status());
            assertEquals(204, http.post(path + "tcp/fault?is=cut", "").status());
            events.await("event: probe-lost");
            events.await("event: probe-open");
        }
    }

    @Test
    void aSessionEndsWithItsEventsAndAllItsConnectionsWithIt() throws IOException {
        Json session = begin();
        Lines feed;
        try (Lines events = events(session)) {
            feed = ask(session, "GET /feed?lab=%s.sse HTTP/1.1");
            feed.await("id:");
            assertEquals(404, http.get("/lab/sessions/x/clock").status());
            assertEquals(200, clock(session));
        }
        assertThrows(AssertionError.class, () -> feed.await("never"));
        feed.close();
        Waiting.await("the end", () -> clock(session) == 404);
        assertEquals(0, http.headCount(session.text("room")));
    }

    private int clock(Json session) {
        return http.get("/lab/sessions/" + session.text("token") + "/clock").status();
    }

    @Test
    void whoKnowsTheTokenIsOurOwnPageWhateverItsOrigin() throws IOException {
        Json session = begin();
        int own = http.server().getPort();
        try (Lines events = events(session)) {
            for (String origin : List.of("http://127.0.0.1:" + own, "https://behind-a-proxy.example")) {
                assertEquals("HTTP/1.1 101 Switching Protocols", upgraded(session, origin), origin);
            }
            for (String token : List.of("", "x", "x.websocket", session.text("room") + ".websocket")) {
                try (RawWebSocket stranger =
                        new RawWebSocket(http.server(), "/chat?lab=" + token, 0, "Origin: https://evil.example")) {
                    assertEquals(403, stranger.status(), token);
                }
            }
        }
    }

    private static String upgraded(Json session, String origin) throws IOException {
        try (Lines lines = ask(
                session,
                "GET /chat?lab=%s.websocket HTTP/1.1",
                "Origin: " + origin,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")) {
            return lines.await("HTTP/1.1").getFirst();
        }
    }

    @Test
    void oneAddressDoesNotTakeAllTheSessions() {
        for (int i = 0; i < 24; i++) {
            begin();
        }
        Answer answer = http.post("/lab/sessions", "");
        assertEquals(503, answer.status());
        assertEquals("too-many", answer.json().text("reason"));
    }

    @Test
    void aSessionsRoomIsInNoListAndCantBeGuessed() throws IOException {
        String room = begin().text("room");
        assertTrue(room.matches("lab--[a-z0-9]{25}"), room);
        assertEquals(201, http.say(room, "Ana", "oi").status());
        assertEquals(201, http.say("lab-people", "Ana", "oi").status());
        try (Lines feed = new Lines(new Socket("127.0.0.1", http.server().getPort()))) {
            feed.send(
                    "GET /feed?room=" + room + " HTTP/1.1",
                    "Host: " + http.server().getAuthority(),
                    "");
            feed.await("id:");
            assertEquals(List.of("lab-people"), http.rooms());
        }
    }

    /** Each message makes a report of some 4 KB for each connection; what the systems' buffers and the session don't take is left out. */
    @Test
    void aSessionWhosePageDoesNotReadGoesOnAndSaysWhatItLeftOut() throws IOException {
        Json session = begin();
        Socket unread = new Socket();
        unread.setReceiveBufferSize(4_096);
        unread.connect(new InetSocketAddress("127.0.0.1", http.server().getPort()));
        List<Lines> feeds = new ArrayList<>();
        try (Lines events = events(session, unread)) {
            for (int i = 0; i < 10; i++) {
                Lines feed = ask(session, "GET /feed?lab=%s.sse&room=" + session.text("room") + " HTTP/1.1");
                feeds.add(feed);
                Thread.ofVirtual().start(() -> assertThrows(AssertionError.class, () -> feed.await("never")));
            }
            String text = "x".repeat(4_000);
            for (int i = 0; i < FLOOD / feeds.size(); i++) {
                assertEquals(201, http.say(session.text("room"), "Ana", text).status());
            }
            assertEquals(200, clock(session));
            events.await("event: left-out");
            String cut = "/lab/sessions/" + session.text("token") + "/connections/tcp/fault?is=cut";
            assertEquals(204, http.post(cut, "").status());
            events.await("event: probe-lost");
        } finally {
            for (Lines feed : feeds) {
                feed.close();
            }
        }
    }

    @Test
    void onlyTheLabsPageMayConnectToItsPort() {
        String policy = http.get("/lab/").header("Content-Security-Policy");
        int port = port(begin());
        assertTrue(policy.contains(" http://127.0.0.1:%1$d ws://127.0.0.1:%1$d ".formatted(port)), policy);
        assertFalse(http.get("/feed.html").header("Content-Security-Policy").contains(String.valueOf(port)));
    }
}
