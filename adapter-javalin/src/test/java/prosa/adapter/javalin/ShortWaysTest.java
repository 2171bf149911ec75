package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.Http;

@Timeout(20)
class ShortWaysTest {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /** It is on the thread that looks for what has come: only what never blocks may stay there. */
    @Test
    void whoBlocksHoldsUpNoFeed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (House house = HttpHouse.open(routes -> routes.get("/blocks", request -> {
            begun.countDown();
            goOn.await();
        }))) {
            CompletableFuture<Http.Answer> blocked =
                    CompletableFuture.supplyAsync(() -> house.http().get("/blocks"));
            try {
                assertTrue(begun.await(10, TimeUnit.SECONDS));
                assertTrue(firstRead(house, "GET /feed", "")
                        .contains("\r\nContent-Type: text/event-stream;charset=utf-8\r\n"));
            } finally {
                goOn.countDown();
            }
            assertEquals(200, blocked.get(10, TimeUnit.SECONDS).status());
        }
    }

    /** The head of an answer is one write with what is told first, and so is there with it. */
    @Test
    void headsComeWithWhatIsToldFirst() throws IOException {
        try (House house = HttpHouse.open(routes -> {})) {
            assertTrue(firstRead(house, "GET /feed", "").contains("\r\n\r\nretry: "));
            assertTrue(firstRead(house, "GET /feed/?room=den", "").contains("\r\n\r\nretry: "));
            assertTrue(firstRead(house, "GET /messages?follow", "").contains("\r\n\r\n{\"type\":\"following\""));
            String welcome = firstRead(house, "GET /chat?name=Ana", UPGRADE + "Sec-WebSocket-Protocol: prosa.v1\r\n");
            assertTrue(welcome.startsWith("HTTP/1.1 101 ") && welcome.contains("\"type\":\"welcome\""), welcome);
        }
    }

    /** What the long way answers is the same, whichever way it could not be let in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\n",
                "Upgrade: h2c\r\nConnection: Upgrade\r\n",
                "Accept: text/event-stream\r\n"
            })
    void theHeadOfAFeedIsTheSameByBothWays(String fields) throws IOException {
        try (House house = HttpHouse.open(routes -> {})) {
            assertEquals(fieldsOf(firstRead(house, "GET /feed", "")), fieldsOf(firstRead(house, "GET /feed", fields)));
        }
    }

    private static SortedSet<String> fieldsOf(String answer) {
        SortedSet<String> fields = new TreeSet<>(
                List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n")));
        fields.removeIf(field -> field.startsWith("Date: "));
        return fields;
    }

    private static String firstRead(House house, String request, String fields) throws IOException {
        URI server = house.http().server();
        try (Socket client = new Socket(server.getHost(), server.getPort())) {
            client.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = new byte[16 << 10];
            return new String(bytes, 0, client.getInputStream().read(bytes), StandardCharsets.UTF_8);
        }
    }
}
