package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.WebSocketClient;

/** Who may connect over WebSocket, and what is agreed on. */
class WebSocketHandshakeTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static URI server() {
        return house.place().http();
    }

    private static int status(URI server, String path, String... headers) throws IOException {
        try (RawWebSocket socket = new RawWebSocket(server, path, 0, headers)) {
            return socket.status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prosa.v1", "graphql-ws,prosa.v1", "prosa.v1,chat"})
    void prosaV1IsChosenWhereItIsOffered(String offers) {
        try (WebSocketClient client = WebSocketClient.connect(server(), "/chat", offers)) {
            assertEquals("prosa.v1", client.subprotocol());
            assertEquals("{\"type\":\"ask\"}", client.texts().next());
        }
    }

    @Test
    void prosaV1IsChosenFromASecondHeaderToo() throws IOException {
        String[] offers = {"Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: prosa.v1"};
        try (RawWebSocket client = new RawWebSocket(server(), "/chat", 0, offers)) {
            assertEquals(Optional.of("prosa.v1"), client.header("Sec-WebSocket-Protocol"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"graphql-ws", "prosa.v2,PROSA.V1", "xprosa.v1"})
    void aForeignOfferSelectsNone(String offers) {
        try (WebSocketClient client = WebSocketClient.connect(server(), "/chat", offers)) {
            assertEquals("", client.subprotocol());
            assertTrue(client.texts().next().startsWith("* "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/testing"})
    void compressionIsNotAgreedOn(String path) throws IOException {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (RawWebSocket client = new RawWebSocket(server(), path, 0, offer)) {
            assertEquals(101, client.status());
            assertEquals(Optional.empty(), client.header("Sec-WebSocket-Extensions"));
            assertEquals(0, client.read().orElseThrow().reserved());
        }
    }

    @Test
    void theDoorIsWhereOtherRequestsFindIt() throws IOException {
        assertEquals(101, status(server(), "/chat/"));
        assertEquals(404, status(server(), "/CHAT"));
        assertEquals(404, status(server(), "/chats"));
        assertEquals(101, status(server(), "/chat", "Sec-WebSocket-Protocol: other"));
    }

    @Test
    void noCookieIsSet() throws IOException {
        try (RawWebSocket client = new RawWebSocket(server(), "/chat", 0)) {
            assertEquals(Optional.empty(), client.header("Set-Cookie"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat", "/testing"})
    void pagesOfThisServerAndFromDiskMayConnect(String path) throws IOException {
        int port = server().getPort();
        assertEquals(101, status(server(), path));
        assertEquals(101, status(server(), path, "Origin: null"));
        assertEquals(101, status(server(), path, "Origin: http://127.0.0.1:" + port));
        assertEquals(101, status(URI.create("http://localhost:" + port), path, "Origin: http://localhost:" + port));
    }

    @ParameterizedTest
    @CsvSource({
        "/chat, https://evil.example",
        "/testing, https://evil.example",
        "/chat, http://127.0.0.1.evil.example",
        "/chat, http://127.0.0.1:1",
        "/chat, ''",
        "/chat, file://",
    })
    void pagesOfOtherSitesMayNot(String path, String origin) throws IOException {
        try (RawWebSocket client = new RawWebSocket(server(), path, 0, "Origin: " + origin)) {
            assertEquals(403, client.status());
        }
    }

    @Test
    void aPageFromDiskMayNotConnectFromTheNetwork() throws Exception {
        try (House open = HttpHouse.onAllAddresses()) {
            URI here = URI.create("http://127.0.0.1:" + open.place().http().getPort());
            assertEquals(101, status(here, "/chat"));
            assertEquals(101, status(here, "/chat", "Origin: " + here));
            assertEquals(403, status(here, "/chat", "Origin: null"));
        }
    }

    @Test
    void aNameThatWasReboundToThisMachineIsRefused() throws IOException {
        String request = RawWebSocket.request(
                        URI.create("http://rebound.example"), "/chat", "Origin: http://rebound.example")
                .replace("Connection: Upgrade", "Connection: Upgrade, close");
        String answer = house.http().raw(request);
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        Json refusal = Json.parse(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertEquals("cross-site", refusal.text("reason"));
    }

    @ParameterizedTest
    @CsvSource({
        "Ana, Ana",
        "Jo%C3%A3o, Jo\u00e3o",
        "Joa%CC%83o, Jo\u00e3o",
        "Ana+Maria, Ana Maria",
        "%F0%9F%91%8B1, \uD83D\uDC4B1"
    })
    void aNameInTheQueryJoinsAtOnce(String encoded, String name) {
        String path = "/chat?name=" + encoded + "&room=query";
        try (WebSocketClient client = WebSocketClient.connect(server(), path, "prosa.v1")) {
            Json first = Json.parse(client.texts().next());
            assertEquals("welcome", first.text("type"));
            assertEquals(name, first.text("name"));
            assertEquals("query", first.text("room"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name=a:b, name-invalid",
        "name=Ana&room=The%20Attic, room-invalid",
        "room=-%2F-, room-invalid",
        "name=Ana&since=yesterday, malformed",
        "since=1-2-3, malformed",
    })
    void aBadQueryIsRefusedAfterTheUpgrade(String query, String reason) {
        try (WebSocketClient client = WebSocketClient.connect(server(), "/chat?" + query, "prosa.v1")) {
            assertEquals(reason, Json.parse(client.texts().next()).text("reason"));
            assertEquals("{\"type\":\"ask\"}", client.texts().next());
            client.send(Json.object("type", "join", "name", "Ana", "room", "after-" + reason));
            assertEquals("after-" + reason, client.next("welcome").text("room"));
        }
    }

    @Test
    void aTakenNameInTheQueryIsRefusedAfterTheUpgrade() {
        try (WebSocketClient ana = WebSocketClient.connect(server(), "/chat?name=Ana&room=taken", "prosa.v1")) {
            ana.next("welcome");
            try (WebSocketClient other = WebSocketClient.connect(server(), "/chat?name=ana&room=taken", "prosa.v1")) {
                assertEquals("name-taken", Json.parse(other.texts().next()).text("reason"));
                other.next("ask");
                other.send(Json.object("type", "join", "name", "Bia"));
                assertEquals("taken", other.next("welcome").text("room"), "the room of the query is remembered");
            }
        }
    }
}
