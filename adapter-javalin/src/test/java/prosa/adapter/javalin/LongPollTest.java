package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** {@code GET /messages?wait=}: an answer as soon as there is one. Each test has a room of its own. */
class LongPollTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static House house;
    private static int rooms;

    private String room = "";

    @BeforeAll
    static void open() {
        house = HttpHouse.open();
    }

    @AfterAll
    static void shut() {
        THREADS.shutdownNow();
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "poll-" + ++rooms;
    }

    private static Http http() {
        return house.http();
    }

    private String query(String rest) {
        return "/messages?room=" + room + "&" + rest;
    }

    private CompletableFuture<Answer> poll(String rest, String... headers) {
        return CompletableFuture.supplyAsync(() -> http().get(query(rest), headers), THREADS);
    }

    /** @return the message's id */
    private String say(String text) {
        return http().say(room, "Ana", text).json().text("id");
    }

    private static void assertAnswered(Answer answer, String position, String... texts) {
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(
                List.of(texts),
                answer.json().list().stream().map(said -> said.text("text")).toList());
        assertEquals(position, answer.header("Prosa-Position"));
    }

    @Test
    void whatIsThereIsAnsweredAtOnceUpToTheLimit() {
        String first = say("one");
        String second = say("two");
        String third = say("three");
        assertAnswered(http().get(query("wait=60&since=" + first)), third, "two", "three");
        assertAnswered(http().get(query("wait=60&limit=1&since=" + first)), second, "two");
        assertAnswered(http().get(query("wait=60&limit=1&since=1-5")), first, "one");
    }

    /** Whether the message comes before the question, or after it, or at the same time. */
    @Test
    void theFirstThatComesIsTheAnswer() {
        String before = say("before");
        List<CompletableFuture<Answer>> two = List.of(poll("wait=60&since=" + before), poll("wait=60&since=" + before));
        Answer posted = http().say(room, "Ana", "olá \uD83D\uDC4B\uD83C\uDFFD\n\"\\\u2028çã");
        for (CompletableFuture<Answer> poll : two) {
            Answer answer = poll.join();
            assertEquals("[" + posted.body() + "]", answer.body());
            assertEquals("no-store", answer.header("Cache-Control"));
            assertEquals("*", answer.header("Access-Control-Allow-Origin"));
            assertEquals("Prosa-Position, Prosa-More", answer.header("Access-Control-Expose-Headers"));
        }
    }

    @Test
    void inTheEndTheAnswerIsEmptyAndTellsWhereToGoOn() {
        String before = say("before");
        long asked = System.nanoTime();
        Answer answer = http().get(query("wait=1"));
        assertTrue(System.nanoTime() - asked >= Duration.ofSeconds(1).toNanos());
        assertAnswered(answer, before);
        say("after");
        assertEquals(
                1, http().get(query("wait=0&since=" + before)).json().list().size());
    }

    @Test
    void byAcceptAMessageIsALine() {
        String first = say("one");
        say("dois, três \uD83D\uDC4B");
        Answer lines = http().get(query("wait=60&since=" + first), "Accept", "application/x-ndjson");
        assertEquals("application/x-ndjson", lines.header("Content-Type"));
        assertEquals("dois, três \uD83D\uDC4B", Json.parse(lines.body().strip()).text("text"));
        assertEquals(
                "",
                http().get(query("wait=0"), "Accept", "application/x-ndjson").body());
    }

    @ParameterizedTest
    @CsvSource({
        "wait=61, malformed",
        "wait=, malformed",
        "wait=1.5, malformed",
        "wait=-1, malformed",
        "wait=soon, malformed",
        "wait=1&limit=0, malformed",
        "wait=1&since=soon, malformed",
        "wait=1&room=b_, room-invalid",
        "wait=1&follow=perhaps, malformed",
    })
    void aBadQueryIsRefusedAtOnce(String query, String reason) {
        Answer answer = http().get("/messages?" + query);
        assertEquals(400, answer.status());
        assertEquals(reason, answer.json().text("reason"));
    }

    /** More of them than the server has threads. */
    @Test
    void whoWaitsHoldsNoThread() {
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            polls.add(poll("wait=60&since=" + http().position()));
        }
        String id = say("to all");
        polls.forEach(poll -> assertAnswered(poll.join(), id, "to all"));
    }

    /** A client that has closed its sending side may still read; one that has gone does not mind. */
    @Test
    void whoGoesAwayIsReleasedAtOnce() throws IOException {
        try (Socket socket = request("GET " + query("wait=60") + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n[]"), answer);
        }
    }

    @Test
    void whoIsGoneDoesNotHarmTheOthers() throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = request("GET " + query("wait=60") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            socket.setSoLinger(i % 2 == 0, 0);
            socket.close();
        }
        CompletableFuture<Answer> poll = poll("wait=60&since=" + http().position());
        String id = say("still here");
        assertAnswered(poll.join(), id, "still here");
    }

    /** What comes while one waits is the next request, and is answered after this one. */
    @Test
    void requestsBehindEachOtherOnOneConnectionAreAnsweredInTurn() throws IOException {
        say("before");
        try (Socket socket = request("GET " + query("wait=1") + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            socket.getOutputStream()
                    .write(("GET " + query("limit=1") + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + "GET "
                                    + query("wait=1")
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes());
            List<String> bodies = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> line.startsWith("["))
                    .map(line -> line.replaceAll("HTTP/1.1.*", ""))
                    .toList();
            assertEquals(3, bodies.size(), bodies::toString);
            assertEquals("[]", bodies.getFirst());
            assertTrue(bodies.get(1).contains("before"), bodies::toString);
            assertEquals("[]", bodies.getLast());
        }
    }

    private static Socket request(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", house.place().http().getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes());
        return socket;
    }

    /** One connection after the other answer: the watch for its end must leave it whole. */
    @Test
    void pollingOnAndOnLosesAndDoublesNothing() {
        int count = 300;
        String since = http().position();
        CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(() -> hear(since, count), THREADS);
        CompletableFuture<List<String>> slowly = CompletableFuture.supplyAsync(() -> hear(since, count), THREADS);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            said.add(say("number " + i));
        }
        assertEquals(said, heard.join());
        assertEquals(said, slowly.join());
    }

    private List<String> hear(String start, int count) {
        List<String> ids = new ArrayList<>();
        String since = start;
        while (ids.size() < count) {
            Answer answer = http().get(query("wait=60&limit=7&since=" + since));
            answer.json().list().forEach(said -> ids.add(said.text("id")));
            since = answer.header("Prosa-Position");
        }
        return ids;
    }

    @Test
    void aStopAnswersAllWhoWait() throws Exception {
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        long before;
        try (House other = HttpHouse.open()) {
            String position = other.http().position();
            for (int i = 0; i < 50; i++) {
                polls.add(CompletableFuture.supplyAsync(
                        () -> other.http().get("/messages?wait=60&since=" + position), THREADS));
            }
            // All are asked once this one has been answered on a connection of its own.
            other.http().get("/messages?wait=1");
            before = System.nanoTime();
        }
        for (CompletableFuture<Answer> poll : polls) {
            assertEquals("[]", poll.join().body());
        }
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(3).toNanos());
    }
}
