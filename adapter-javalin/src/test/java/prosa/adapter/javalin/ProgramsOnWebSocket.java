package prosa.adapter.javalin;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import prosa.test.wire.House;
import prosa.test.wire.TestClock;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/**
 * Clients that speak {@code prosa.v1} over WebSocket. Each test has a room of its own, in one house with a clock that can be put
 * forward.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProgramsOnWebSocket {
    final TestClock clock = new TestClock();
    House house;
    private int rooms;

    private final List<WebSocketClient> clients = new ArrayList<>();
    String room = "";

    @BeforeAll
    void open() {
        house = HttpHouse.open(clock);
    }

    @AfterAll
    void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "json-" + ++rooms;
    }

    @AfterEach
    void vanish() {
        clients.forEach(WebSocketClient::vanish);
        clients.clear();
    }

    /** @param headers names and values by turns */
    WebSocketClient connect(String... headers) {
        WebSocketClient client = WebSocketClient.connect(house.place().http(), "/chat", "prosa.v1", headers);
        clients.add(client);
        client.next("ask");
        return client;
    }

    WebSocketClient joined(String name) {
        WebSocketClient client = connect();
        join(client, name, room);
        return client;
    }

    static Json join(WebSocketClient client, String name, String room) {
        client.send(Json.object("type", "join", "name", name, "room", room));
        return client.next("welcome");
    }

    static void say(WebSocketClient client, String text) {
        client.send(Json.object("type", "say", "text", text));
    }

    static List<String> texts(List<Json> messages) {
        return messages.stream().map(message -> message.text("text")).toList();
    }
}
