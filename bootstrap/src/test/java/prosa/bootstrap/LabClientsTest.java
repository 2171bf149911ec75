package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Counts;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;

/** The laboratory's clients against a real Prosa. */
class LabClientsTest {
    private static final String TEXT = "ação \"e\" 🎉";

    @TempDir
    static Path folder;

    private static RunningProsa prosa;
    private static Address plain;
    private static Address encrypted;

    @BeforeAll
    static void start() throws Exception {
        prosa = RunningProsa.encrypted(folder);
        encrypted = prosa.encryptedAddress();
        plain = Address.plain(
                new InetSocketAddress("127.0.0.1", prosa.port("http")),
                new InetSocketAddress("127.0.0.1", prosa.port("tcp")));
    }

    @AfterAll
    static void stop() {
        prosa.close();
    }

    private record Told(BlockingQueue<Said> said, CountDownLatch ended) implements Listener {
        Told() {
            this(new LinkedBlockingQueue<>(), new CountDownLatch(1));
        }

        @Override
        public void said(Said one) {
            said.add(one);
        }

        @Override
        public void ended(Optional<IOException> why) {
            ended.countDown();
        }

        String next() throws InterruptedException {
            Said one = said.poll(10, TimeUnit.SECONDS);
            return one == null ? "nothing came" : one.text();
        }
    }

    private static Stream<Arguments> wires() {
        return Stream.of(Wire.values()).flatMap(wire -> Stream.of(Arguments.of(wire, false), Arguments.of(wire, true)));
    }

    @ParameterizedTest
    @MethodSource("wires")
    void hearsWhatIsSaidAndAfterACutWhatWasSaidMeanwhile(Wire wire, boolean tls) throws Exception {
        Address address = tls ? encrypted : plain;
        String room = "cut-" + wire.id() + tls;
        Told told = new Told();
        Following following = Following.now(room, told);
        try (Speaker speaker = Clients.speaker(wire, address, Following.now(room, Listener.DEAF))) {
            Follower follower = Clients.follow(wire, address, following);
            assertEquals(tls ? 3 : 2, follower.opening().roundTrips());
            speaker.say(TEXT + 1);
            assertEquals(TEXT + 1, told.next());
            follower.connection().reset();
            assertTrue(told.ended().await(10, TimeUnit.SECONDS));
            speaker.say(TEXT + 2);
            speaker.say(TEXT + 3);
            try (Follower again = Clients.follow(wire, address, following.since(follower.position()))) {
                speaker.say(TEXT + 4);
                for (int i = 2; i <= 4; i++) {
                    assertEquals(TEXT + i, told.next());
                }
                assertEquals(0, told.said().size());
                // A poll from a known place is no handshake: what answers it are the messages.
                Counts down = again.connection().down();
                assertEquals(wire == Wire.LONG_POLL, down.handshake() == 0, down::toString);
                assertTrue(down.total() <= again.connection().bytesIn(), down::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    void doesNotReadWhileItIsStalled(Wire wire, boolean tls) throws Exception {
        Address address = tls ? encrypted : plain;
        String room = "stall-" + wire.id() + tls;
        Told told = new Told();
        try (Speaker speaker = Clients.speaker(wire, address, Following.now(room, Listener.DEAF));
                Follower follower = Clients.follow(wire, address, Following.now(room, told))) {
            follower.connection().stopReading();
            speaker.say("1");
            assertEquals(null, told.said().poll(300, TimeUnit.MILLISECONDS));
            follower.connection().readOn();
            assertEquals("1", told.next());
        }
    }
}
