package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.TestTls;

/** What takes its time: giving up on those who don't read. */
class PatienceTest {
    private static final int PATIENCE = (int) Duration.ofSeconds(40).toMillis();

    /** What the kernel may take for a client that does not read, in bytes. */
    private static final int LITTLE = 4_096;

    /** More messages than the kernel's buffers take. */
    private static final int LOTS = 1_200;

    private static final String TEXT = "é".repeat(4_000);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoDoesNotReadIsToldThatItIsTooSlow(boolean tls) throws Exception {
        try (House house = tls ? TcpHouse.overTls() : TcpHouse.open()) {
            List<String> lines = beSlow(house);
            assertTrue(lines.getLast().startsWith("* too-slow: "), lines.getLast());
            lines.stream()
                    .filter(line -> line.startsWith("Watcher: "))
                    .forEach(line -> assertEquals("Watcher: " + TEXT, line));
        }
    }

    private static List<String> beSlow(House house) throws IOException {
        URI tcp = house.place().tcp();
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(LITTLE);
        narrow.connect(new InetSocketAddress(tcp.getHost(), tcp.getPort()));
        narrow.setSoTimeout(PATIENCE);
        try (Socket stalled = tcp.getScheme().equals("tcps") ? TestTls.over(narrow) : narrow) {
            stalled.getOutputStream().write("/join tcp\nStalled\n".getBytes());
            talkUntilItIsGivenUp(house, "tcp");
            return new String(stalled.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static void talkUntilItIsGivenUp(House house, String room) {
        Waiting.await("it is here", () -> house.witness().headCount(room) == 1);
        for (int i = 0; i < LOTS; i++) {
            house.witness().pass(room, "Watcher", TEXT);
        }
        Waiting.await(
                "it has left",
                Duration.ofMillis(PATIENCE),
                () -> house.witness().headCount(room) == 0);
    }
}
