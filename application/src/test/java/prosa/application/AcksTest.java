package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.domain.Position;

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

    private static Event.Ack ack(String ref) {
        return new Event.Ack(Optional.of(ref), new Position(ScriptedEngine.EPOCH, 1), Lobby.NOW);
    }

    @Test
    void anAckComesAfterWhatWasSaidBefore() {
        Follower follower = delivery.follow(socket);
        delivery.run(() -> {
            delivery.say("one");
            delivery.thread.execute(() -> {
                follower.tellInTurn(ack("r"));
                follower.tell(new Event.Help());
            });
        });
        socket.awaitLines("help", "said @1 main Ana: one", "ack r @1");
    }

    @Test
    void anAckWaitsForTheReplay() {
        delivery.say("one");
        delivery.engine.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.run(() -> follower.tellInTurn(ack("r")));
        delivery.engine.releaseReads();
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
            follower.close(Farewell.QUIT);
        });
        socket.awaitFinishing();
        socket.flow();
        socket.awaitClose(Farewell.QUIT);
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
        delivery.run(() -> follower.tell(new Event.Help()));
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
        socket.awaitClose(Farewell.TOO_SLOW);
        assertTrue(socket.text().endsWith("\n"), "cut in the middle");
        assertLinesAreWhole(0);
    }

    @Test
    void whoReadsNoAcksIsGivenUp() {
        Follower follower = pileUp();
        delivery.run(() -> {
            for (int i = 0; i < 2 * Follower.PRIVATE_BOUND / REF.length(); i++) {
                follower.tellInTurn(ack(REF));
            }
        });
        assertTrue(!delivery.ask(follower::isOpen));
        socket.flow();
        socket.awaitClose(Farewell.TOO_SLOW);
        assertTrue(socket.length() < Follower.PRIVATE_BOUND + Outbox.PIECE + 1_000);
        assertLinesAreWhole(0);
    }
}
