package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.JsonLines;
import prosa.test.wire.client.WebSocketClient;

/** {@code GET /messages?follow}: NDJSON without end. Each test has a room of its own. */
class FollowTest {
    private static House house;
    private static int rooms;

    private final List<JsonLines> followers = new ArrayList<>();
    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "follow-" + ++rooms;
    }

    @AfterEach
    void leave() {
        followers.forEach(JsonLines::close);
    }

    private static Http http() {
        return house.http();
    }

    private JsonLines follow(String query, String... headers) {
        JsonLines follower =
                new JsonLines(house.place().http().resolve("/messages?follow&room=" + room + query), headers);
        followers.add(follower);
        return follower;
    }

    /** @return the message's id */
    private static String say(String room, String text) {
        return http().say(room, "Ana", text).json().text("id");
    }

    private static List<String> texts(JsonLines follower, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> follower.next("said").text("text"))
                .toList();
    }

    /** The head and whatever comes before the first message, byte by byte. */
    @Test
    void itOpensWithTheHeadersAndTheLineThatEverybodyNeeds() throws IOException {
        String first = say(room, "before");
        try (java.net.Socket socket =
                new java.net.Socket("127.0.0.1", house.place().http().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /messages?follow&room=" + room + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Accept-Encoding: gzip, br\r\n\r\n")
                            .getBytes());
            StringBuilder read = new StringBuilder();
            String opening = "{\"type\":\"following\",\"position\":\"" + first + "\"}\n";
            while (!read.toString().endsWith(opening)) {
                read.append((char) socket.getInputStream().read());
                assertTrue(read.length() < 4_000, read::toString);
            }
            String head = read.substring(0, read.indexOf("\r\n\r\n") + 2);
            assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
            for (String header : List.of(
                    "Content-Type: application/x-ndjson",
                    "Cache-Control: no-cache, no-transform",
                    "X-Accel-Buffering: no",
                    "Access-Control-Allow-Origin: *",
                    "Connection: close")) {
                assertTrue(head.contains("\r\n" + header + "\r\n"), head);
            }
            for (String none : List.of("Content-Encoding", "Transfer-Encoding", "Content-Length", "Set-Cookie")) {
                assertFalse(head.contains(none), head);
            }
            assertEquals(opening, read.substring(head.length() + 2), "nothing else before it");
        }
    }

    @Test
    void theOpeningLineIsWhereOneGoesOnAfterACut() {
        say(room, "before");
        JsonLines follower = follow("");
        String position = follower.next("following").text("position");
        follower.close();
        say(room, "missed");
        assertEquals(List.of("missed"), texts(follow("&since=" + position), 1));
    }

    @Test
    void aMessageIsTheSaidObjectOfEveryWire() {
        JsonLines follower = follow("");
        follower.next("following");
        Http.Answer posted = http().say(room, "Ana", "one\ntwo\u2028three\r\nfour \"\\\" olá \uD83D\uDC4B\uD83C\uDFFD");
        assertEquals(posted.body(), follower.lines().next());
    }

    @Test
    void comingsAndGoingsAreLinesToo() {
        JsonLines follower = follow("");
        try (WebSocketClient ana =
                WebSocketClient.connect(house.place().http(), "/chat?name=Ana&room=" + room, "prosa.v1")) {
            ana.next("welcome");
            ana.send(Json.object("type", "rename", "name", "Anna"));
        }
        assertEquals(
                Set.of("type", "room", "name", "via"), follower.next("joined").fields());
        assertEquals("Anna", follower.next("renamed").text("name"));
        assertEquals("Anna", follower.next("left").text("name"));
    }

    @Test
    void sinceWinsOverLast() {
        String first = say(room, "one");
        say(room, "two");
        say(room, "three");
        assertEquals(List.of("two", "three"), texts(follow("&since=" + first), 2));
        assertEquals(List.of("two", "three"), texts(follow("&last=1&since=" + first), 2));
        JsonLines last = follow("&last=2");
        assertEquals(first, last.next("following").text("position"));
        assertEquals(List.of("two", "three"), texts(last, 2));
    }

    @Test
    void severalRoomsComeInOneOrder() {
        JsonLines live = follow("&room=" + room + "-b");
        String start = live.next("following").text("position");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            said.add(say(i % 3 == 0 ? room + "-b" : room, "number " + i));
            say(room + "-elsewhere", "not for this one");
        }
        for (JsonLines follower : List.of(live, follow("&room=" + room + "-b&since=" + start))) {
            assertEquals(
                    said,
                    Stream.generate(() -> follower.next("said").text("id"))
                            .limit(20)
                            .toList());
        }
    }

    @Test
    void whatCanNotBeHadAnyMoreIsAGap() {
        String first = say(room, "one");
        JsonLines follower = follow("&since=1-5");
        assertEquals(
                "{type=gap, room=" + room + ", after=1-5, next=" + first + "}",
                follower.next("gap").toString());
        assertEquals(List.of("one"), texts(follower, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"follow", "follow=", "follow=true"})
    void theseMeanYes(String follow) {
        JsonLines lines = new JsonLines(house.place().http().resolve("/messages?" + follow));
        followers.add(lines);
        lines.next("following");
    }

    @Test
    void falseMeansNo() {
        assertEquals("[]", http().get("/messages?follow=false&room=" + room).body());
    }

    @ParameterizedTest
    @CsvSource({
        "follow=yes, malformed",
        "follow=true&follow=false, malformed",
        "follow&since=soon, malformed",
        "follow&since=, malformed",
        "follow&last=1001, malformed",
        "follow&room=a&room=b_, room-invalid",
    })
    void aBadQueryIs400BeforeTheStreamStarts(String query, String reason) {
        for (String method : List.of("GET", "HEAD")) {
            Http.Answer answer = http().send(method, "/messages?" + query, new byte[0]);
            assertEquals(400, answer.status(), method);
            assertEquals("application/json", answer.header("Content-Type"));
        }
        assertEquals(reason, http().get("/messages?" + query).json().text("reason"));
    }

    @Test
    void headEndsAtOnce() {
        Http.Answer answer = http().send("HEAD", "/messages?follow&room=" + room, new byte[0]);
        assertEquals(200, answer.status());
        assertEquals("application/x-ndjson", answer.header("Content-Type"));
        assertEquals("no-cache, no-transform", answer.header("Cache-Control"));
    }

    @Test
    void aPageOfAnotherSiteMayFollow() {
        JsonLines follower = follow("", "Origin", "https://elsewhere.example");
        assertEquals(
                "*",
                follower.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    }
}
