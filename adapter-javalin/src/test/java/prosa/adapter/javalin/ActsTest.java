package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.OneWireHouse;
import prosa.test.wire.client.Json;

/** Operators over HTTP, and what they close. */
class ActsTest {
    private static final String SHOWN = "Prosa-Operator: " + OneWireHouse.TOKEN.reveal();

    private final RunningHttp http = new RunningHttp();

    @AfterEach
    void close() {
        http.close();
    }

    private RunningHttp.Answer act(String query, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Length: " + bytes.length;
        return http.ask("POST /acts" + query, bytes, all);
    }

    private static void assertRefused(int status, String reason, RunningHttp.Answer answer) {
        assertEquals(status, answer.status(), answer::body);
        assertEquals(reason, Json.parse(answer.body()).text("reason"));
    }

    /** The key of a room that is closed from now on. */
    private String closed(String room) throws IOException {
        RunningHttp.Answer answer = act("?name=Ana&room=" + room, "{\"type\":\"close\"}", SHOWN);
        assertEquals(200, answer.status(), answer::body);
        assertEquals("no-store", answer.header("Cache-Control"));
        Json closed = Json.parse(answer.body());
        assertEquals(room, closed.text("room"));
        return closed.text("roomKey");
    }

    @Test
    void onlyWhoShowsTheTokenMay() throws Exception {
        assertRefused(403, "not-operator", act("?name=Eve", "{\"type\":\"acts\"}"));
        assertRefused(403, "not-operator", act("?name=Eve", "{\"type\":\"acts\"}", "Prosa-Operator: a guess"));
        assertEquals(
                "{\"type\":\"acts\",\"acts\":[]}",
                act("?name=Ana", "{\"type\":\"acts\"}", SHOWN).body());
    }

    @Test
    void whatIsDoneIsTold() throws Exception {
        String told = http.beginning("GET /feed", "retry");
        assertTrue(told.contains("200"), told);
        RunningHttp.Answer answer = act("?name=Ana", "{\"type\":\"mute\",\"name\":\"Eve\",\"room\":\"main\"}", SHOWN);
        assertEquals(200, answer.status(), answer::body);
        Json done = Json.parse(answer.body());
        assertEquals(
                List.of("done", "mute", "main", "Ana", "Eve"),
                List.of(done.text("type"), done.text("act"), done.text("room"), done.text("by"), done.text("name")));
        assertRefused(403, "muted", http.post("?name=Eve", "hi"));
        assertEquals(201, http.post("?name=Eve", "hi", SHOWN).status(), "operators speak");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?name=Ana|{\"type\":\"fly\"}|unknown-command",
                "?name=Ana|{\"type\":\"kick\"}|malformed",
                "?name=Ana|{}|malformed",
                "?name=Ana|not JSON|malformed",
                "?name=Ana|{\"type\":\"mute\",\"name\":\"Eve\",\"time\":\"soon\"}|malformed",
                "?name=Ana|{\"type\":\"ban\",\"address\":\"example.org\"}|malformed",
                "?name=Ana|{\"type\":\"ban\",\"name\":\"Eve\",\"address\":\"192.0.2.1\"}|malformed",
                "?name=Ana|{\"type\":\"kick\",\"name\":\"Nobody\"}|not-here",
                "''|{\"type\":\"acts\"}|name-invalid",
                "?name=Ana&text=hi|{\"type\":\"acts\"}|malformed"
            })
    void whatCantBeDoneIsRefused(String query, String body, String reason) throws Exception {
        assertRefused(400, reason, act(query, body, SHOWN));
    }

    @Test
    void aClosedRoomOpensToItsKeyAlone() throws Exception {
        String shown = "Prosa-Room-Key: den=" + closed("den");
        for (String line : List.of(
                "GET /messages?room=den",
                "GET /messages?room=den&wait=1",
                "GET /messages?room=den&follow",
                "GET /feed?room=den",
                "HEAD /feed?room=den",
                "GET /feed?room=main&room=den")) {
            RunningHttp.Answer answer = http.ask(line);
            assertEquals(403, answer.status(), line);
            if (line.startsWith("GET")) {
                assertEquals("room-closed", Json.parse(answer.body()).text("reason"), line);
            }
            assertEquals(403, http.ask(line, "Prosa-Room-Key: den=a guess").status(), line);
        }
        assertRefused(403, "room-closed", http.post("?name=Bia&room=den", "hi"));
        assertEquals(201, http.post("?name=Bia&room=den", "hi", shown).status());
        assertTrue(http.ask("GET /messages?room=den", shown).body().contains("\"hi\""));
        assertEquals(200, http.open("GET /feed?room=main&room=den", shown).status());
        assertEquals(200, http.open("GET /messages?room=den&follow", shown).status());
        assertFalse(http.ask("GET /rooms").body().contains("den"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /feed?room=den", "GET /messages?room=den", "GET /messages?room=den&follow"})
    void aWrongKeyIsOneGuess(String line) throws Exception {
        closed("den");
        for (int i = 0; i < 20; i++) {
            assertRefused(403, "room-closed", http.ask(line, "Prosa-Room-Key: den=guess-" + i));
        }
        assertEquals(429, http.ask(line, "Prosa-Room-Key: den=one-more").status());
    }

    @Test
    void aFeedThatHasNoKeyEndsWhenTheRoomCloses() throws Exception {
        try (var socket = http.connect()) {
            socket.getOutputStream().write(http.head("GET /feed?room=den"));
            RunningHttp.readHead(socket.getInputStream());
            closed("den");
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(
                    told.contains("event: acted\ndata: {\"type\":\"acted\",\"act\":\"close\",\"room\":\"den\""), told);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prosa-Room-Key: den",
                "Prosa-Room-Key: No Room=key",
                "Prosa-Room-Key: den=",
                "Prosa-Claim: ",
                "Prosa-Operator: "
            })
    void aSecretThatCantBeOneIsRefusedOnEveryWire(String header) throws Exception {
        for (String line : List.of("GET /messages", "GET /feed", "GET /messages?follow")) {
            assertEquals(400, http.ask(line, header).status(), line);
        }
        assertEquals(400, http.post("?name=Bia", "hi", header).status());
        assertEquals(
                400,
                http.open(
                                "GET /chat",
                                header,
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"roomKey", "claim", "token"})
    void noSecretStandsInAQuery(String parameter) throws Exception {
        RunningHttp.Answer answer = http.ask("GET /messages?" + parameter + "=a-secret");
        assertRefused(400, "malformed", answer);
        assertFalse(answer.body().contains("a-secret"));
    }
}
