package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Origin;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.application.port.UserHeader;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** What is believed, of whom: names that a proxy vouches for, and pages of other sites. */
class TrustTest {
    private static final Proxies LOOPBACK =
            new Proxies(List.of(Subnet.parse("127.0.0.1").orElseThrow()));
    private static final Proxies ELSEWHERE =
            new Proxies(List.of(Subnet.parse("192.0.2.0/24").orElseThrow()));
    private static final Optional<UserHeader> USER =
            Optional.of(new UserHeader("X-User", UserHeader.Strip.parse("@*")));

    private House house = HttpHouse.trusting(new Trust(LOOPBACK, Set.of(), USER));

    private House with(Trust trust) {
        house.close();
        house = HttpHouse.trusting(trust);
        return house;
    }

    @AfterEach
    void close() {
        house.close();
    }

    private WebSocketClient connect(String path, String... headers) {
        return WebSocketClient.connect(house.place().http(), path, "prosa.v1", headers);
    }

    @Test
    void whoIsVouchedForHasThatNameOnEveryWireOfHttp() {
        WebSocketClient ana = connect("/chat", "X-User", "ana@school.example");
        ana.next("ask");
        ana.send(Json.object("type", "join", "room", "den"));
        assertEquals("ana", ana.next("welcome").text("name"));
        assertEquals(
                "bia",
                connect("/chat?room=den", "X-User", "bia").next("welcome").text("name"));
        Http.Answer said = house.http().post("/messages?room=den", "oi", "X-User", "caio@school.example");
        assertEquals(201, said.status(), said::body);
        assertEquals("caio", said.json().text("by"));
        assertEquals("caio", ana.next("said").text("by"));
    }

    @Test
    void aPersonIsNotAskedForTheNameThatIsKnown() {
        WebSocketClient ana = WebSocketClient.connect(house.place().http(), "/chat", null, "X-User", "ana");
        assertTrue(ana.texts().next(text -> true).startsWith("* Welcome to main, ana."));
    }

    @Test
    void thePageIsToldTheName() throws Exception {
        String meta = "<meta name=\"prosa-name\"";
        RunningHttp.Answer page = new RunningHttp(house).ask("GET /", "X-User: Ana Lúcia");
        assertTrue(page.body().contains(meta + " content=\"Ana Lúcia\">"), page.body());
        assertEquals("no-store", page.header("Cache-Control"));
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'"));
        assertTrue(!house.http().get("/").body().contains(meta));
        with(Trust.NONE);
        assertTrue(!house.http().get("/", "X-User", "Ana").body().contains(meta));
    }

    @Test
    void anotherNameIsRefused() {
        WebSocketClient ana = connect("/chat", "X-User", "ana");
        ana.send(Json.object("type", "join", "name", "Bia"));
        assertEquals("name-invalid", ana.next("refused").text("reason"));
        ana.send(Json.object("type", "join", "name", "ANA"));
        assertEquals("ana", ana.next("welcome").text("name"));
        ana.send(Json.object("type", "rename", "name", "Bia"));
        Json refused = ana.next("refused");
        assertEquals("name-invalid", refused.text("reason"));
        assertEquals("Here you are ana, and nobody else.", refused.text("message"));
        Http.Answer posted = house.http().post("/messages?name=Bia", "oi", "X-User", "ana");
        assertEquals(400, posted.status());
        assertEquals("name-invalid", posted.json().text("reason"));
        assertEquals(
                201,
                house.http()
                        .post("/messages?room=other&name=Ana", "oi", "X-User", "ana")
                        .status());
    }

    @Test
    void anothersTokenGivesNoOtherName() {
        WebSocketClient ana = connect("/chat?room=den", "X-User", "ana");
        String token = ana.next("welcome").text("token");
        WebSocketClient bia = connect("/chat", "X-User", "bia");
        bia.send(Json.object("type", "join", "token", token));
        assertEquals("bia", bia.next("welcome").text("name"));
        ana.send(Json.object("type", "who"));
        assertEquals(2, ana.next("who").number("count"));
    }

    @Test
    void forWhomNobodyVouchesMayReadAndNotSpeak() {
        Http.Answer posted = house.http().post("/messages?name=Ana", "oi");
        assertEquals(401, posted.status());
        assertEquals("unauthorized", posted.json().text("reason"));
        assertTrue(!posted.header("WWW-Authenticate").isEmpty());
        assertThrows(RuntimeException.class, () -> connect("/chat?name=Ana"));
        Http.Answer chat = house.http().get("/chat", "Upgrade-Insecure-Requests", "1");
        assertEquals(426, chat.status());
        assertEquals(200, house.http().get("/messages").status());
        assertEquals(200, house.http().get("/").status());
    }

    @Test
    void whatIsNoNameIsRefusedAsSuch() {
        Http.Answer posted = house.http().post("/messages", "oi", "X-User", "admin");
        assertEquals(400, posted.status());
        assertEquals("name-invalid", posted.json().text("reason"));
        assertThrows(RuntimeException.class, () -> connect("/chat", "X-User", "a:b"));
    }

    @Test
    void nobodyElseVouchesForAnybody() {
        with(new Trust(ELSEWHERE, Set.of(), USER));
        Http.Answer posted = house.http().post("/messages?name=Bia", "oi", "X-User", "ana");
        assertEquals("Bia", posted.json().text("by"));
        WebSocketClient bia = connect("/chat?name=Bia", "X-User", "ana", "X-Forwarded-For", "192.0.2.1");
        assertEquals("Bia", bia.next("welcome").text("name"));
    }

    @Test
    void whoComesThroughTheLabsRelayIsBelievedNothing() throws Exception {
        house.close();
        AtomicReference<HttpTransport> transport = new AtomicReference<>();
        house = OneWireHouse.open(chat -> {
            transport.set(HttpHouse.transport(
                    chat,
                    InetAddress.getLoopbackAddress(),
                    Doors.anyPort(),
                    new Trust(LOOPBACK, Set.of(), USER),
                    routes -> {}));
            return transport.get();
        });
        int entrance = transport.get().relayEntrance().orElseThrow().getPort();
        Http http = new Http(URI.create("http://127.0.0.1:" + entrance));
        Http.Answer posted = http.post("/messages?name=Bia", "oi", "X-User", "ana");
        assertEquals(201, posted.status(), posted::body);
        assertEquals("Bia", posted.json().text("by"));
    }

    @Test
    void aProxySaysWhetherItWasAskedOverTls() throws Exception {
        RunningHttp http = new RunningHttp(
                with(new Trust(LOOPBACK, Set.of(new Origin("https://chat.example")), Optional.empty())));
        String[] pages = {"http://chat.example", "https://chat.example"};
        String[] said = {"X-Forwarded-Proto: http", "X-Forwarded-Proto: https", "Forwarded: for=192.0.2.1;proto=https"};
        int[][] expected = {{201, 201}, {403, 201}, {403, 201}};
        for (int i = 0; i < said.length; i++) {
            for (int j = 0; j < pages.length; j++) {
                RunningHttp.Answer posted =
                        http.post("?name=Ana", "oi", "Host: chat.example", "Origin: " + pages[j], said[i]);
                assertEquals(expected[i][j], posted.status(), said[i] + ", from " + pages[j]);
            }
        }
        assertEquals(403, http.ask("GET /rooms", "Host: other.example").status());
    }

    @Test
    void pagesOfAnOriginThatWasNamedMaySpeak() {
        with(new Trust(Proxies.NONE, Set.of(new Origin("https://chat.example")), Optional.empty()));
        Http.Answer posted = house.http().post("/messages?name=Ana", "oi", "Origin", "https://chat.example");
        assertEquals(201, posted.status(), posted::body);
        assertEquals("https://chat.example", posted.header("Access-Control-Allow-Origin"));
        assertEquals("cross-origin", posted.header("Cross-Origin-Resource-Policy"));
        connect("/chat?name=Ana", "Origin", "https://chat.example").next("welcome");
        Http.Answer asked = house.http()
                .send(
                        "OPTIONS",
                        "/messages",
                        new byte[0],
                        "Origin",
                        "https://chat.example",
                        "Access-Control-Request-Method",
                        "POST");
        assertEquals(204, asked.status());
        assertTrue(asked.header("Access-Control-Allow-Headers").contains("Content-Type"));
        assertTrue(asked.header("Access-Control-Allow-Headers").contains("Prosa-Room-Key"));
    }

    @Test
    void othersAreToldWhatWouldLetThemIn() {
        String[] portuguese = {"Origin", "http://evil.example:5500", "Accept-Language", "pt"};
        Http.Answer english = house.http().post("/messages?name=Ana", "oi", "Origin", "http://evil.example:5500");
        assertEquals(403, english.status());
        assertTrue(
                english.json().text("message").endsWith(" --allow-origin http://evil.example:5500 lets this one in."));
        assertTrue(house.http()
                .post("/messages?name=Ana", "oi", portuguese)
                .json()
                .text("message")
                .endsWith(" --allow-origin http://evil.example:5500 deixa esta entrar."));
        assertEquals("", english.header("Access-Control-Allow-Origin"));
        assertThrows(RuntimeException.class, () -> connect("/chat", "X-User", "a", "Origin", "http://evil.example"));
    }
}
