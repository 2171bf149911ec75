package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Limits;
import prosa.application.port.Proxies;
import prosa.application.port.Rate;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.test.wire.House;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.WebSocketClient;

/** What people may not do on HTTP's wires, and how they are told. */
class LimitsOverHttpTest {
    private static final Limits USUAL = Limits.usual(1L << 30, Proxies.NONE);

    private House house = HttpHouse.limited(USUAL);
    private final List<WebSocketClient> clients = new ArrayList<>();

    private void limit(Limits limits) {
        house.close();
        house = HttpHouse.limited(limits);
    }

    @AfterEach
    void close() {
        clients.forEach(WebSocketClient::vanish);
        house.close();
    }

    private WebSocketClient join(String name, String... headers) {
        WebSocketClient client =
                WebSocketClient.connect(house.place().http(), "/chat?name=" + name, "prosa.v1", headers);
        clients.add(client);
        client.next("welcome");
        return client;
    }

    private static void assertTooFast(Http.Answer answer) {
        assertEquals(429, answer.status(), answer::body);
        assertEquals("too-fast", answer.json().text("reason"));
        assertTrue(answer.header("Retry-After").matches("[1-9][0-9]*"), answer.header("Retry-After"));
        assertTrue(answer.json().number("retryAfterMs") > 0);
    }

    @Test
    void whoSaysTooMuchIsToldForHowLongToWaitAndStays() {
        WebSocketClient ana = join("Ana");
        for (int i = 0; i < 40; i++) {
            ana.send(Json.object("type", "say", "text", "hi", "ref", "r" + i));
        }
        Json refused = ana.next("refused");
        assertEquals("too-fast", refused.text("reason"));
        assertEquals("That was too much at once; please wait a second.", refused.text("message"));
        assertTrue(refused.number("retryAfterMs") > 0 && refused.number("retryAfterMs") <= 200);
        ana.send(Json.object("type", "who"));
        ana.next("who");
    }

    @Test
    void whoPostsTooMuchIsTold() {
        limit(USUAL.withAddress(Rate.perHour(60, 2), Rate.UNLIMITED));
        assertEquals(201, house.http().post("/messages?name=Ana", "1").status());
        assertEquals(201, house.http().post("/messages?name=Bia", "2").status());
        assertTooFast(house.http().post("/messages?name=Caio", "3"));
        assertEquals(
                "Foi coisa demais de uma vez; espere 60 segundos, por favor.",
                house.http()
                        .post("/messages?name=Caio", "3", "Accept-Language", "pt")
                        .json()
                        .text("message"));
        assertEquals(200, house.http().get("/messages").status());
    }

    @Test
    void whoWaitsTooOftenAtATimeIsTold() {
        limit(USUAL.withAddressWaiting(2));
        try (EventSource one = new EventSource(house.place().http().resolve("/feed"));
                EventSource two = new EventSource(house.place().http().resolve("/feed"))) {
            one.blocks().next(block -> true);
            two.blocks().next(block -> true);
            assertTooFast(house.http().get("/feed"));
            assertTooFast(house.http().get("/messages?follow"));
            assertTooFast(house.http().get("/messages?wait=25"));
            assertEquals(200, house.http().send("HEAD", "/feed", new byte[0]).status());
        }
        Waiting.await(
                "they have gone", () -> house.http().get("/messages?wait=0").status() == 200);
    }

    @Test
    void whoComesTooOftenIsTold() {
        limit(USUAL.withArrivals(Rate.perHour(60, 1)));
        join("Ana");
        assertThrows(RuntimeException.class, () -> join("Bia"));
        assertTooFast(house.http().get("/feed"));
        assertEquals(200, house.http().get("/").status());
    }

    @Test
    void whoIsOneTooManyIsTurnedAwayUntilSomebodyLeaves() throws IOException {
        limit(USUAL.withAddressConnections(2));
        int port = house.place().http().getPort();
        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Socket two = new Socket(InetAddress.getLoopbackAddress(), port);
            try (Socket three = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String answer = new String(three.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 429 Too Many Requests\r\n"), answer);
                assertTrue(answer.contains("\r\nRetry-After: 10\r\n"), answer);
                assertTrue(answer.endsWith("\"retryAfterMs\":10000}"), answer);
            }
            two.close();
            Waiting.await("there is a place again", () -> isOpen(port));
            assertTrue(one.isConnected());
        }
    }

    /** Whether one who connects is asked for a request. */
    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void behindAProxyItIsTheClientsAddressThatCounts() {
        house.close();
        Proxies proxies = new Proxies(List.of(Subnet.parse("127.0.0.1").orElseThrow()));
        Limits limits = Limits.usual(1L << 30, proxies)
                .withAddress(Rate.perHour(60, 1), Rate.UNLIMITED)
                .withAddressConnections(1);
        house = OneWireHouse.open(
                limits,
                chat -> HttpHouse.transport(
                        chat,
                        InetAddress.getLoopbackAddress(),
                        Doors.anyPort(),
                        new Trust(proxies, Set.of(), Optional.empty()),
                        routes -> {}));
        for (String client : List.of("192.0.2.1", "192.0.2.2")) {
            Http.Answer posted = house.http().post("/messages?name=Ana", "1", "X-Forwarded-For", client);
            assertEquals(201, posted.status(), () -> client + ": " + posted.body());
            assertTooFast(house.http().post("/messages?name=Ana", "1", "X-Forwarded-For", client));
            join("via" + client.charAt(8), "X-Forwarded-For", client);
            assertThrows(RuntimeException.class, () -> join("more", "X-Forwarded-For", client));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(201, house.http().post("/messages?name=Proxy", "1").status());
        }
    }

    @Test
    void aClassBehindOneAddressNoticesNothing() {
        List<EventSource> feeds = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                assertEquals(200, house.http().get("/").status());
                join("Pupil" + i);
                feeds.add(new EventSource(house.place().http().resolve("/feed")));
            }
            for (WebSocketClient pupil : clients) {
                for (int i = 0; i < 5; i++) {
                    pupil.send(Json.object("type", "say", "text", "n" + i, "ref", "r" + i));
                }
            }
            for (int i = 0; i < 60; i++) {
                assertEquals(
                        201,
                        house.http().post("/messages?name=Poster" + i, "posted").status());
            }
            for (WebSocketClient pupil : clients) {
                for (int i = 0; i < 5; i++) {
                    pupil.nextJson(json -> json.is("ack") || json.is("refused")).text("at");
                }
            }
        } finally {
            feeds.forEach(EventSource::close);
        }
    }
}
