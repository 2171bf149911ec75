package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.LineClient;

/** What TCP needs others in the house for: Linux's own timeout, and another wire at its side. */
class TcpInTheHouseTest {
    private static RunningHouse house;
    private static int rooms;

    private final List<LineClient> clients = new ArrayList<>();
    private String room = "";

    @BeforeAll
    static void open() {
        house = RunningHouse.inMemory();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "tcp-" + ++rooms;
    }

    @AfterEach
    void vanish() {
        clients.forEach(LineClient::vanish);
    }

    private LineClient connect() throws IOException {
        LineClient client = new LineClient(house.place().tcp());
        clients.add(client);
        return client;
    }

    private LineClient joined(String name) throws IOException {
        return connect().send("/join " + room + "\n").join(name);
    }

    /** By the kernel: while others talk, keep-alive is silent and repeats go on for 15 minutes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoVanishesWithoutAWordIsGivenUpAfterTwoMinutes() throws IOException {
        joined("Ana");
        Waiting.await(
                "the limit of what is unacknowledged",
                () -> Sockets.userTimeoutsAt(house.place().tcp().getPort()).contains(120_000));
    }

    @Test
    void utf8MayBeSplitAnywhere() throws Exception {
        LineClient bia = joined("Bia");
        LineClient ana = joined("Ana");
        byte[] line = "até já, 👩\u200d👧 №".getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < line.length; cut++) {
            ana.send(Arrays.copyOfRange(line, 0, cut));
            // Its way through the other wire makes sure that the server has read the beginning by then.
            assertEquals(201, house.http().say(room, "Caio", "cut " + cut).status());
            ana.send(Arrays.copyOfRange(line, cut, line.length)).send("\n");
            assertEquals("Ana: até já, 👩\u200d👧 №", bia.lines().next(l -> l.startsWith("Ana:")));
        }
        for (byte b : line) {
            ana.send(new byte[] {b});
        }
        ana.send("\n");
        assertEquals("Ana: até já, 👩\u200d👧 №", bia.lines().next(l -> l.startsWith("Ana:")));
        ana.send(new byte[] {'a', (byte) 0xC3, '(', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'});
        assertTrue(bia.lines().next(l -> l.startsWith("Ana:")).matches("Ana: a\uFFFD\\(\uFFFD+"));
    }
}
