package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.nats.NatsServer;
import prosa.application.port.SharedLog;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.WebSocketClient;

/** People at two Prosas, who are in the same rooms: each hears of the others, wherever they are. */
@Timeout(120)
class SharedPeopleTest {
    private static final Duration PROMISED = Duration.ofSeconds(30);
    private static final String OPERATOR = "the operators token";

    @TempDir
    static Path folder;

    private static NatsServer server;
    private static int tests;

    private SharedLog log;
    private RunningHouse one;
    private RunningHouse two;
    private WebSocketClient bob;

    @BeforeAll
    static void startEngine() throws Exception {
        server = NatsServer.start(folder.resolve("engine"));
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Bob is at the second, and hears. */
    @BeforeEach
    void startTwo() throws Exception {
        log = server.log("p" + ++tests);
        one = start("one");
        two = start("two");
        bob = enter(two, "Bob");
    }

    private RunningHouse start(String name) {
        RunningHouse house = RunningHouse.sharing(log, folder.resolve(tests + name));
        Waiting.await("it is ready", PROMISED, () -> house.http().get("/ready").status() == 200);
        return house;
    }

    @AfterEach
    void stopAll() {
        bob.close();
        one.close();
        two.close();
    }

    private static WebSocketClient connect(RunningHouse house, String query) {
        return WebSocketClient.connect(house.http().server(), "/chat" + query, "prosa.v1");
    }

    private static WebSocketClient enter(RunningHouse house, String name) {
        WebSocketClient person = connect(house, "?name=" + name);
        person.next("welcome");
        return person;
    }

    /** By a token alone. */
    private static WebSocketClient comeBack(RunningHouse house, String token) {
        WebSocketClient person = connect(house, "");
        person.send(Json.object("type", "join", "token", token));
        return person;
    }

    private static Set<String> present(Json told) {
        return told.list("present").stream().map(there -> there.text("name")).collect(Collectors.toSet());
    }

    private static List<String> kinds(List<Json> told) {
        return told.stream().map(json -> json.text("type")).toList();
    }

    private void awaitCount(RunningHouse house, int count) {
        Waiting.await(
                "so many are there",
                () -> house.http().get("/rooms").json().list().stream()
                        .anyMatch(room -> room.text("room").equals("main") && room.number("count") == count));
    }

    @Test
    void comingsAndGoingsAreToldAtTheOther() throws Exception {
        WebSocketClient ana = enter(one, "Ana");
        Json joined = bob.next("joined");
        assertEquals(List.of("Ana", "ws"), List.of(joined.text("name"), joined.text("via")));
        ana.send(Json.object("type", "rename", "name", "Bia"));
        Json renamed = bob.next("renamed");
        assertEquals(List.of("Ana", "Bia"), List.of(renamed.text("from"), renamed.text("name")));
        ana.send(Json.object("type", "rename", "name", "BIA"));
        assertEquals("BIA", bob.next("renamed").text("name"));
        ana.close();
        assertEquals("BIA", bob.next("left").text("name"));
        one.http().say("main", "Ana", "the end");
        bob.next("said");
    }

    @Test
    void whoIsThereAndHowManyIsOverBoth() throws Exception {
        awaitCount(one, 1);
        WebSocketClient ana = connect(one, "?name=Ana");
        Json welcome = ana.next("welcome");
        assertEquals(2, welcome.number("count"));
        assertEquals(Set.of("Ana", "Bob"), present(welcome));
        bob.next("joined");
        bob.send(Json.object("type", "who"));
        Json who = bob.next("who");
        assertEquals(2, who.number("count"));
        assertEquals(Set.of("Ana", "Bob"), present(who));
        awaitCount(one, 2);
        awaitCount(two, 2);
        ana.close();
        awaitCount(one, 1);
        awaitCount(two, 1);
    }

    @Test
    void whatIsWhisperedReachesWhoeverIsAtTheOther() throws Exception {
        try (LineClient ana = new LineClient(one.place().tcp()).join("Ana")) {
            bob.next("joined");
            ana.send("/msg Bob psst, over there\n");
            Json whisper = bob.next("whisper");
            assertEquals(
                    List.of("Ana", "Bob", "psst, over there"),
                    List.of(whisper.text("by"), whisper.text("to"), whisper.text("text")));
            ana.lines().next(line -> line.contains("Bob"));
            bob.send(Json.object("type", "whisper", "to", "ana", "text", "I hear you", "ref", "w"));
            ana.lines().next(line -> line.contains("I hear you"));
            bob.send(Json.object("type", "whisper", "to", "Dora", "text", "psst", "ref", "w"));
            assertEquals("not-here", bob.next("refused").text("reason"));
        }
        assertEquals(List.of(), one.http().lastMessages("main"));
    }

    @Test
    void aTokenBringsANameAlongToTheOtherNode() throws Exception {
        WebSocketClient ana = connect(one, "?name=Ana");
        String token = ana.next("welcome").text("token");
        bob.next("joined");
        WebSocketClient carla = enter(one, "Carla");
        bob.next("joined");

        WebSocketClient again = comeBack(two, token);
        Json welcome = again.next("welcome");
        assertEquals("Ana", welcome.text("name"));
        assertEquals(3, welcome.number("count"));
        assertEquals(4001, ana.closeCode());
        assertNotEquals(token, welcome.text("token"));
        again.send(Json.object("type", "say", "text", "I am here now"));
        assertEquals(List.of("said"), kinds(bob.upTo("said")), "nobody came or went");
        assertEquals("said", carla.upTo("said").getLast().text("type"));
        awaitCount(one, 3);
        awaitCount(two, 3);

        WebSocketClient back = comeBack(one, welcome.text("token"));
        back.next("welcome");
        assertEquals(4001, again.closeCode());
        back.close();
        assertEquals("Ana", bob.next("left").text("name"));
        carla.close();
    }

    @Test
    void aWrongTokenBringsNothing() {
        WebSocketClient ana = connect(one, "?name=Ana");
        String token = ana.next("welcome").text("token");
        bob.next("joined");
        WebSocketClient other = connect(two, "");
        other.send(Json.object("type", "join", "name", "Ana", "token", token + "x"));
        assertEquals("name-taken", other.next("refused").text("reason"));
        other.close();
        ana.send(Json.object("type", "say", "text", "still here"));
        assertEquals("still here", bob.next("said").text("text"));
        ana.close();
    }

    @Test
    void whoseNodeIsStoppedHaveLeft() {
        WebSocketClient ana = enter(one, "Ana");
        bob.next("joined");
        one.close();
        assertEquals("Ana", bob.next("left").text("name"));
        awaitCount(two, 1);
        ana.close();
        one = start("one");
        awaitCount(one, 1);
    }

    @Test
    void anOperatorKeepsOrderAmongThoseAtTheOtherNode() {
        WebSocketClient ana = enter(one, "Ana");
        bob.next("joined");
        act("{\"type\":\"mute\",\"name\":\"Ana\"}");
        assertEquals("mute", ana.next("acted").text("act"));
        assertEquals("mute", bob.next("acted").text("act"));
        ana.send(Json.object("type", "say", "text", "may I?"));
        assertEquals("muted", ana.next("refused").text("reason"));
        act("{\"type\":\"unmute\",\"name\":\"Ana\"}");
        bob.next("acted");
        act("{\"type\":\"kick\",\"name\":\"Ana\"}");
        assertEquals(4003, ana.closeCode());
        // Who is there and what operators do come by two buckets.
        Set<String> told = Set.of(nextOf(bob), nextOf(bob));
        assertEquals(Set.of("acted kick Ana", "left Ana"), told);
    }

    private static String nextOf(WebSocketClient person) {
        Json told = person.nextJson(json -> json.is("acted") || json.is("left"));
        return told.text("type") + (told.has("act") ? " " + told.text("act") : "") + " " + told.text("name");
    }

    private void act(String body) {
        assertEquals(
                200,
                two.http()
                        .post("/acts?name=Olga&room=main", body, "Prosa-Operator", OPERATOR)
                        .status(),
                body);
    }

    @Test
    void theSecretOfANameBringsItAlongToo() {
        WebSocketClient ana = enter(one, "Ana");
        bob.next("joined");
        ana.send(Json.object("type", "claim"));
        String secret = ana.next("claimed").text("secret");
        bob.next("renamed");
        WebSocketClient again = connect(two, "");
        again.send(Json.object("type", "join", "name", "Ana", "claim", secret));
        assertEquals(2, again.next("welcome").number("count"));
        assertEquals(4001, ana.closeCode());
        again.send(Json.object("type", "say", "text", "here"));
        assertEquals(List.of("said"), kinds(bob.upTo("said")));
        again.close();
    }

    @Test
    void whoIsBannedByNameIsBannedByTheirAddressWhereverTheyAre() {
        WebSocketClient ana = enter(one, "Ana");
        bob.next("joined");
        act("{\"type\":\"ban\",\"name\":\"Ana\",\"time\":\"1h\"}");
        assertEquals(4003, ana.closeCode());
        Waiting.await("she is banned at the other", () -> {
            try (WebSocketClient again = connect(two, "?name=Ana")) {
                return again.nextJson(json -> json.is("refused") || json.is("welcome"))
                        .is("refused");
            }
        });
    }

    @Test
    void thatANameIsSomebodysIsToldAtTheOther() {
        WebSocketClient ana = enter(one, "Ana");
        bob.next("joined");
        ana.send(Json.object("type", "claim"));
        ana.next("claimed");
        Json renamed = bob.next("renamed");
        assertEquals(List.of("Ana", "Ana"), List.of(renamed.text("from"), renamed.text("name")));
        assertEquals(true, renamed.at("claimed").value());
        ana.close();
    }
}
