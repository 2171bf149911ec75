package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.delivery.Delivery.line;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How acknowledgements take their turn behind what was said before. */
class AcksTest {
    private static final int MANY = 2_000;
    private static final String REF = "r".repeat(90);

    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber();

    @AfterEach
    void stop() {
        delivery.close();
    }

    private static byte[] ack(String ref) {
        return line("ack " + ref + " @1");
    }

    @Test
    void anAckComesAfterWhatWasSaidBefore() {
        Follower follower = delivery.follow(socket);
        delivery.run(() -> {
            delivery.say("one");
            delivery.thread.execute(() -> {
                follower.tellInTurn(ack("r"));
                follower.tell(line("help"));
            });
        });
        socket.awaitLines("help", "said @1 main Ana: one", "ack r @1");
    }

    @Test
    void anAckWaitsForTheReplay() {
        delivery.say("one");
        delivery.past.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.past.awaitReads(1);
        delivery.run(() -> follower.tellInTurn(ack("r")));
        delivery.past.releaseReads();
        socket.awaitLines("said @1 main Ana: one", "ack r @1");
    }

    @Test
    void whoFollowsNothingGetsAcksToo() {
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.tellInTurn(ack("r")));
        socket.awaitLines("ack r @1");
    }

    @Test
    void acksAreDueBeforeTheGoodBye() {
        Follower follower = delivery.follow(socket);
        socket.stall();
        delivery.run(() -> {
            follower.tellInTurn(ack("r"));
            follower.close(CloseReason.QUIT);
        });
        socket.awaitFinishing();
        socket.flow();
        socket.awaitClose(CloseReason.QUIT);
        assertEquals("ack r @1\n", socket.text());
    }

    /** More than a piece of acks, of which the first piece is being written. */
    private Follower pileUp() {
        Follower follower = delivery.follow(socket);
        socket.stall();
        delivery.run(() -> {
            for (int i = 0; i < MANY; i++) {
                follower.tellInTurn(ack(REF));
            }
        });
        socket.awaitFinishing();
        return follower;
    }

    private void assertLinesAreWhole(int others) {
        List<String> lines = socket.lines();
        assertTrue(
                lines.stream().allMatch(line -> line.matches("ack r{90} @1|help|beat|said @1 main Ana: one")),
                "garbled");
        assertEquals(
                others, lines.stream().filter(line -> !line.startsWith("ack")).count());
    }

    @Test
    void nothingIsPutIntoTheMiddleOfAnAck() {
        Follower follower = pileUp();
        delivery.run(() -> follower.tell(line("help")));
        delivery.say("one");
        socket.flow();
        socket.awaitLength(MANY * (REF.length() + 8) + "help\nsaid @1 main Ana: one\n".length());
        assertLinesAreWhole(2);
        assertEquals(MANY + 2, socket.lines().size());
    }

    @Test
    void whoIsGivenUpInTheMiddleOfAnAckGetsTheRestOfIt() {
        Follower follower = pileUp();
        delivery.run(() ->
                follower.inspect(System.nanoTime() + Duration.ofSeconds(11).toNanos(), 0));
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        assertTrue(socket.text().endsWith("\n"), "cut in the middle");
        assertLinesAreWhole(0);
    }

    @Test
    void whoReadsNoAcksIsGivenUp() {
        Follower follower = pileUp();
        delivery.run(() -> {
            for (int i = 0; i < 2 * Outbox.BOUND / REF.length(); i++) {
                follower.tellInTurn(ack(REF));
            }
        });
        assertTrue(!delivery.ask(follower::isOpen));
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        assertTrue(socket.length() < Outbox.BOUND + ByteQueue.PIECE + 1_000);
        assertLinesAreWhole(0);
    }
}
