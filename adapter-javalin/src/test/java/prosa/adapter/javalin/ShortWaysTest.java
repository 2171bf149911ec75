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
import prosa.test.wire.client.RawWebSocket;

@Timeout(20)
class ShortWaysTest {
    private interface Meanwhile {
        void run(House house) throws Exception;
    }

    /** They are on the thread that looks for what has come: only what never blocks may stay there. */
    private static void whileSomebodyBlocks(Meanwhile meanwhile) throws Exception {
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
                meanwhile.run(house);
            } finally {
                goOn.countDown();
            }
            assertEquals(200, blocked.get(10, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void whoBlocksHoldsUpNoFeed() throws Exception {
        whileSomebodyBlocks(house -> assertTrue(
                headOf(house, "GET /feed", "").contains("\r\nContent-Type: text/event-stream;charset=utf-8\r\n")));
    }

    @Test
    void whoBlocksHoldsUpNoWebSocket() throws Exception {
        whileSomebodyBlocks(house -> {
            try (RawWebSocket ana =
                    new RawWebSocket(house.http().server(), "/chat?name=Ana", 0, "Sec-WebSocket-Protocol: prosa.v1")) {
                assertEquals("Ana", ana.readJson("welcome").text("name"));
            }
        });
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
            assertEquals(fieldsOf(headOf(house, "GET /feed", "")), fieldsOf(headOf(house, "GET /feed", fields)));
        }
    }

    private static SortedSet<String> fieldsOf(String answer) {
        SortedSet<String> fields = new TreeSet<>(
                List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n")));
        fields.removeIf(field -> field.startsWith("Date: "));
        return fields;
    }

    private static String headOf(House house, String request, String fields) throws IOException {
        URI server = house.http().server();
        try (Socket client = new Socket(server.getHost(), server.getPort())) {
            client.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                assertTrue(next >= 0, head::toString);
                head.append((char) next);
            }
            return head.toString();
        }
    }
}
