package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** The secret of a name in the head of a request. */
class ClaimFieldTest {
    private static final String FIELD = "Prosa-Claim";

    private final House house = HttpHouse.open();
    private final Http http = house.http();
    private final URI server = house.place().http();
    private String secret = "";

    @BeforeEach
    void claim() {
        try (WebSocketClient ana = WebSocketClient.connect(server, "/chat?name=Ana", "prosa.v1")) {
            ana.next("welcome");
            ana.send(Json.object("type", "claim", "ref", "r"));
            Json claimed = ana.next("claimed");
            assertEquals("r", claimed.text("ref"));
            secret = claimed.text("secret");
        }
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void assertRefused(int status, String reason, Http.Answer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertEquals(reason, answer.json().text("reason"));
        assertFalse(answer.body().contains("prosa_claim_"), answer.body());
    }

    @Test
    void aHandshakeThatShowsItNeedNotShowItAgain() {
        WebSocketClient ana = WebSocketClient.connect(server, "/chat?name=ANA", "prosa.v1", FIELD, secret);
        Json welcome = ana.next("welcome");
        assertTrue(welcome.toString().contains("claimed=true"), welcome.toString());
        ana.send(Json.object("type", "join", "room", "den"));
        assertEquals("den", ana.next("welcome").text("room"));
        ana.close();
    }

    @Test
    void aHandshakeThatDoesNotIsLetInWithoutTheName() {
        for (String[] shown : new String[][] {{}, {FIELD, "prosa_claim_a-guess"}}) {
            WebSocketClient eve = WebSocketClient.connect(server, "/chat?name=Ana", "prosa.v1", shown);
            assertEquals("name-claimed", eve.next("refused").text("reason"));
            eve.next("ask");
            eve.close();
        }
    }

    @Test
    void aPostShowsItInTheHeadWhereverTheNameStands() {
        assertRefused(403, "name-claimed", http.post("/messages?name=ana", "hi"));
        assertRefused(403, "name-claimed", http.post("/messages?name=ana", "hi", FIELD, "prosa_claim_a-guess"));
        assertEquals(201, http.post("/messages?name=ana", "hi", FIELD, secret).status());
        String json = Json.object("name", "Ana", "text", "hi");
        assertRefused(403, "name-claimed", http.post("/messages", json, "Content-Type", "application/json"));
        assertEquals(
                201,
                http.post("/messages", json, "Content-Type", "application/json", FIELD, secret)
                        .status());
    }

    @Test
    void whoIsPresentPostsAsWell() {
        WebSocketClient ana = WebSocketClient.connect(server, "/chat?name=Ana", "prosa.v1", FIELD, secret);
        ana.next("welcome");
        assertEquals(
                201,
                http.say("main", "Ana", "from elsewhere", Optional.of(secret)).status());
        assertEquals("from elsewhere", ana.next("said").text("text"));
        ana.close();
    }

    @Test
    void itIsTakenFromTheHeadAlone() {
        assertRefused(400, "malformed", http.post("/messages?name=Ana&claim=" + secret, "hi"));
        assertRefused(
                400,
                "malformed",
                http.post(
                        "/messages",
                        Json.object("name", "Ana", "text", "hi", "claim", secret),
                        "Content-Type",
                        "application/json"));
    }

    @Test
    void anOperatorActsUnderItOnlyWithIt() {
        String[] operator = {"Prosa-Operator", OneWireHouse.TOKEN.reveal()};
        assertRefused(403, "name-claimed", http.post("/acts?name=Ana", "{\"type\":\"acts\"}", operator));
        assertEquals(
                200,
                http.post("/acts?name=Ana", "{\"type\":\"acts\"}", operator[0], operator[1], FIELD, secret)
                        .status());
    }

    @Test
    void afterTwentyGuessesWhatIsWrongIsTooFastAndWhatIsRightPasses() {
        for (int i = 0; i < 20; i++) {
            assertRefused(403, "name-claimed", http.post("/messages?name=Ana", "hi", FIELD, "prosa_claim_" + i));
        }
        assertRefused(429, "too-fast", http.post("/messages?name=Ana", "hi", FIELD, "prosa_claim_20"));
        assertRefused(403, "name-claimed", http.post("/messages?name=Ana", "hi"));
        assertEquals(201, http.post("/messages?name=Ana", "hi", FIELD, secret).status());
    }

    @Test
    void whatCantBeOneIsMalformed() {
        assertRefused(400, "malformed", http.post("/messages?name=Ana", "hi", FIELD, "x".repeat(129)));
        assertRefused(400, "malformed", http.post("/messages?name=Ana", "hi", FIELD, "a", FIELD, "b"));
    }
}
