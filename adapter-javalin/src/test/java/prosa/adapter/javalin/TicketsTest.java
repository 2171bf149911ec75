package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.Json;

/** {@code POST /tickets}, and what a ticket opens. */
class TicketsTest {
    private static final String[] HANDSHAKE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: prosa.v1",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    private final RunningHttp http = new RunningHttp();
    private String shown = "";

    @BeforeEach
    void closeTheDen() throws IOException {
        byte[] act = "{\"type\":\"close\",\"room\":\"den\"}".getBytes(StandardCharsets.UTF_8);
        RunningHttp.Answer answer = http.ask(
                "POST /acts?name=Ana",
                act,
                "Prosa-Operator: " + OneWireHouse.TOKEN.reveal(),
                "Content-Length: " + act.length);
        shown = "Prosa-Room-Key: den=" + Json.parse(answer.body()).text("roomKey");
    }

    @AfterEach
    void close() {
        http.close();
    }

    private static void assertRefused(int status, String reason, RunningHttp.Answer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertEquals(reason, Json.parse(answer.body()).text("reason"));
    }

    private String ticket() throws IOException {
        RunningHttp.Answer answer = http.ask("POST /tickets", shown, "Content-Length: 0");
        assertEquals(201, answer.status(), answer::body);
        assertEquals("no-store", answer.header("Cache-Control"));
        Json ticket = Json.parse(answer.body());
        Duration holds = Duration.between(Instant.now(), Instant.parse(ticket.text("expires")));
        assertTrue(holds.toSeconds() > 100 && holds.toSeconds() <= 120, holds::toString);
        return ticket.text("ticket");
    }

    @Test
    void itOpensWhatItsSecretsOpen() throws Exception {
        String ticket = ticket();
        assertEquals(200, http.ask("GET /messages?room=den&ticket=" + ticket).status());
        assertEquals(200, http.ask("HEAD /feed?room=den&ticket=" + ticket).status());
        assertEquals(200, http.open("GET /feed?room=den&ticket=" + ticket).status());
        assertEquals(
                200, http.open("GET /messages?follow&room=den&ticket=" + ticket).status());
        assertEquals(201, http.post("?name=Bia&room=den&ticket=" + ticket, "hi").status());
        String line = "GET /chat?name=Caio&room=den&ticket=" + ticket;
        assertTrue(http.beginning(line, "\"type\":\"welcome\"", HANDSHAKE).contains("101"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /messages?room=den", "GET /feed?room=den", "GET /messages?follow&room=den"})
    void onlyOne(String line) throws Exception {
        assertRefused(403, "room-closed", http.ask(line + "&ticket=prosa_ticket_AAAAAAAAAAAAAAAAAAAAAA"));
        String ticket = ticket();
        assertRefused(400, "malformed", http.ask(line + "&ticket=" + ticket + "&ticket=" + ticket));
        assertRefused(400, "malformed", http.ask(line + "&ticket="));
    }

    @Test
    void whoShowsNothingGetsNone() throws Exception {
        assertRefused(400, "malformed", http.ask("POST /tickets", "Content-Length: 0"));
        assertRefused(
                400,
                "malformed",
                http.ask("POST /tickets", "Prosa-Operator: " + OneWireHouse.TOKEN.reveal(), "Content-Length: 0"));
        assertRefused(
                403, "room-closed", http.ask("POST /tickets", "Prosa-Room-Key: den=a guess", "Content-Length: 0"));
    }

    @Test
    void itMeansNothingWhereNothingIsClosed() throws Exception {
        String ticket = ticket();
        for (String line : List.of("GET /rooms?ticket=", "POST /tickets?ticket=", "POST /acts?name=Ana&ticket=")) {
            assertRefused(400, "malformed", http.ask(line + ticket, shown, "Content-Length: 0"));
        }
    }

    @Test
    void anEventSourceThatComesBackTakesItsOwnPlace() throws Exception {
        String line = "GET /feed?room=den&ticket=" + ticket();
        try (var first = http.connect()) {
            first.getOutputStream().write(http.head(line));
            RunningHttp.readHead(first.getInputStream());
            assertTrue(http.beginning(line, "retry").contains("200"));
            String rest = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertFalse(rest.contains("refused"), rest);
        }
    }

    @Test
    void whoeverReadsMessagesTakesNobodysPlace() throws Exception {
        String ticket = ticket();
        try (var feed = http.connect()) {
            feed.getOutputStream().write(http.head("GET /feed?room=den&ticket=" + ticket));
            RunningHttp.readHead(feed.getInputStream());
            for (String line : List.of("GET /messages?room=den", "GET /messages?wait=0&room=den")) {
                assertEquals(200, http.ask(line + "&ticket=" + ticket).status());
            }
            String following = "GET /messages?follow&room=den&ticket=" + ticket;
            assertTrue(http.beginning(following, "following").contains("200"));
            http.post("?name=Bia&room=den&ticket=" + ticket, "heard on the feed");
            StringBuilder heard = new StringBuilder();
            for (int next = feed.getInputStream().read();
                    next >= 0 && heard.indexOf("heard on the feed") < 0;
                    next = feed.getInputStream().read()) {
                heard.append((char) next);
            }
            assertTrue(heard.indexOf("heard on the feed") >= 0, heard::toString);
        }
    }

    @Test
    void aPagesKeysComeInOneLine() throws Exception {
        byte[] act = "{\"type\":\"close\",\"room\":\"lab\"}".getBytes(StandardCharsets.UTF_8);
        RunningHttp.Answer closed = http.ask(
                "POST /acts?name=Ana",
                act,
                "Prosa-Operator: " + OneWireHouse.TOKEN.reveal(),
                "Content-Length: " + act.length);
        String both = shown + ", lab=" + Json.parse(closed.body()).text("roomKey");
        assertEquals(
                200, http.open("GET /messages?follow&room=den&room=lab", both).status());
    }

    @Test
    void itsAddressSaysNothingElse() throws Exception {
        String ticket = ticket();
        RunningHttp.Answer refused = http.ask("GET /messages?room=other&since=x&ticket=" + ticket);
        assertRefused(400, "malformed", refused);
        assertFalse(refused.body().contains(ticket));
    }
}
