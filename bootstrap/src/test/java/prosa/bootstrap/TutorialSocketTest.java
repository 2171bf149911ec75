package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.WebSocketClient;

/** The tutorial's WebSocket. Whom its route lets in, and how much of one client it takes, is tried beside that. */
class TutorialSocketTest {
    private static RunningHouse house;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        house = RunningHouse.inMemory();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static URI server() {
        return house.place().http();
    }

    @Test
    void theTutorialGreetsAndSelectsNoSubprotocol() {
        try (WebSocketClient client = WebSocketClient.connect(server(), "/testing", "prosa.v1", "Origin", "null")) {
            assertEquals("", client.subprotocol());
            assertEquals("Msg from server", client.texts().next());
            client.send("A message of the tutorial's page\n\u001b[31m");
        }
    }

    @Test
    void theTutorialsLogHasTenLinesASecond() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory");
                WebSocketClient page = WebSocketClient.connect(prosa.http().server(), "/testing", null)) {
            page.texts().next();
            for (int i = 0; i < 500; i++) {
                page.send("flood");
            }
            Waiting.await("the rest is counted", () -> prosa.errors().contains("more, left out"));
            assertTrue(prosa.errors().lines().count() <= 40, prosa::errors);
        }
    }
}
