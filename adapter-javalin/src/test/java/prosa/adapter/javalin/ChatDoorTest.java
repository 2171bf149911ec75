package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.test.wire.House;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.RawWebSocket;

@Timeout(20)
class ChatDoorTest {
    /** The door is on the thread that looks for what has come: only what never blocks may stay there. */
    @Test
    void whoBlocksHoldsUpNobodyAtTheDoor() throws Exception {
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
                try (RawWebSocket ana = new RawWebSocket(
                        house.http().server(), "/chat?name=Ana", 0, "Sec-WebSocket-Protocol: prosa.v1")) {
                    assertEquals("Ana", ana.readJson("welcome").text("name"));
                }
            } finally {
                goOn.countDown();
            }
            assertEquals(200, blocked.get(10, TimeUnit.SECONDS).status());
        }
    }
}
