package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.test.wire.House;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Http.Answer;
import prosa.test.wire.client.Json;

/** Plain HTTP: what is kept out, and what must not hold up the others. Each test has a room of its own. */
class HttpDefenceTest {
    private static House house;
    private static Http http;
    private static int rooms;

    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
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

    private static void assertRefused(int status, String reason, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals(Set.of("reason", "message"), answer.json().fields());
        assertEquals(reason, answer.json().text("reason"));
        assertFalse(answer.json().text("message").isBlank());
    }

    /** More of them than the server has threads. */
    @Test
    void whoSendsABodySlowlyIsHeardAndHoldsUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket = new Socket("127.0.0.1", http.server().getPort());
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /messages?name=Ana&room=" + room
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\ns")
                            .getBytes());
            slow.add(socket);
        }
        assertEquals(200, http.get("/health").status());
        for (String piece : List.of("l", "o", "w")) {
            for (Socket socket : slow) {
                socket.getOutputStream().write(piece.getBytes());
            }
            assertEquals(201, post("fast").status());
        }
        for (Socket socket : slow) {
            socket.getOutputStream().write('!');
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 201 ") && answer.contains("\"slow!\""), answer);
            socket.close();
        }
    }

    @Test
    void whoReadsAnAnswerSlowlyHoldsUpNobody() throws IOException {
        for (int i = 0; i < 300; i++) {
            post("\uD83D\uDC4B".repeat(4_000));
        }
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", http.server().getPort()));
            socket.getOutputStream()
                    .write(("GET /messages?limit=1000&room=" + room + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes());
            slow.add(socket);
        }
        for (Socket socket : slow) {
            assertEquals('H', socket.getInputStream().read());
        }
        assertEquals(201, post("fast").status());
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, 403",
        "http://localhost.evil.example, 403",
        "http://127.0.0.1:1, 403",
        "null, 201",
    })
    void pagesOfOtherSitesCanNotPost(String origin, int status) {
        assertEquals(status, post("hi", "Origin", origin).status());
    }

    @Test
    void pagesOfThisServerCanPost() {
        assertEquals(201, post("hi", "Origin", http.server().toString()).status());
        Http byName = new Http(URI.create("http://localhost:" + http.server().getPort()));
        String path = "/messages?name=Ana&room=" + room;
        assertEquals(
                201,
                byName.post(path, "hi", "Origin", byName.server().toString()).status());
        assertRefused(
                403,
                "cross-site",
                byName.post(path, "hi", "Origin", http.server().toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "rebound.example, 403",
        "rebound.example:8080, 403",
        "localhost.example, 403",
        "127.0.0.1.example, 403",
        "10.0.0.1, 403",
        "localhost, 200",
        "LOCALHOST:1234, 200",
        "127.0.0.1:80, 200",
        "[::1]:8080, 200",
    })
    void boundToLoopbackTheHostMustBeALoopbackName(String host, int status) throws IOException {
        for (String path : List.of("/messages", "/", "/feed?since=1-1", "/rooms")) {
            String method = path.startsWith("/feed") ? "HEAD " : "GET ";
            String answer = http.raw(method + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), path + ": " + answer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /nowhere HTTP/1.1|Host: localhost, 404",
        "GET /nowhere HTTP/1.1|Host: localhost|Sec-WebSocket-Version: 13|Upgrade: websocket|Connection: Upgrade, 404",
        "DELETE /messages HTTP/1.1|Host: localhost, 405",
        "GET / HTTP/1.1|Host: a b, 400",
        "GET / HTTP/1.1, 400",
        "GET / HTTP/9.9|Host: localhost, 505",
        "GET /%zz HTTP/1.1|Host: localhost, 400",
        "POST /messages?name=Ana HTTP/1.1|Host: localhost|Content-Length: ten, 400",
    })
    void everyErrorIsJson(String request, int status) throws IOException {
        String answer = http.raw(request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        Json error = Json.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(Set.of("reason", "message"), error.fields());
        assertFalse(answer.contains("Jetty"), answer);
    }

    @Test
    void headersTooLongAreRefusedInJson() throws IOException {
        String answer = http.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertEquals(
                Set.of("reason", "message"),
                Json.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4)).fields());
    }

    @Test
    void aBodyTooLongInChunksIs413() throws IOException {
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        String answer = http.raw("POST /messages?name=Ana&room=" + room + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("text-too-long"), answer);
    }
}
