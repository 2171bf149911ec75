package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.delivery.Delivery.line;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection ends: said good-bye to, given up, or found to be gone. */
class CloseTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber();
    private int retired;

    @AfterEach
    void stop() {
        delivery.close();
    }

    private Follower follower() {
        Follower follower = delivery.connect(socket, () -> retired++);
        delivery.run(() -> delivery.follow(follower, "main"));
        return follower;
    }

    private int retired() {
        return delivery.ask(() -> retired);
    }

    private void inspectAt(Follower follower, long now) {
        delivery.run(() -> follower.inspect(now, 0));
    }

    /** @return a moment not before the write began */
    private long stallInAWrite() {
        socket.stall();
        delivery.say("one");
        socket.awaitFinishing();
        return System.nanoTime();
    }

    @Test
    void whatIsDueIsToldBeforeTheEnd() {
        Follower follower = follower();
        delivery.run(() -> {
            delivery.say("one");
            follower.tell(line("help"));
            follower.close(CloseReason.QUIT);
            follower.tell(line("ask"));
        });
        socket.awaitClose(CloseReason.QUIT);
        assertEquals("help\nsaid @1 main Ana: one\n", socket.text());
        assertEquals(1, retired());
        assertTrue(delivery.ask(() -> delivery.connections.find(follower.id()).isEmpty()));
    }

    @Test
    void aFullSocketIsWaitedForAtTheEnd() {
        Follower follower = follower();
        stallInAWrite();
        delivery.run(() -> {
            delivery.say("two");
            follower.close(CloseReason.SHUTDOWN);
        });
        assertEquals(Optional.empty(), socket.farewell());
        socket.flow();
        socket.awaitClose(CloseReason.SHUTDOWN);
        assertEquals("said @1 main Ana: one\nsaid @2 main Ana: two\n", socket.text());
    }

    @Test
    void whoFollowsNothingIsClosedToo() {
        Follower follower = delivery.connect(socket);
        delivery.run(() -> {
            follower.tell(line("ask"));
            follower.close(CloseReason.SHUTDOWN);
        });
        socket.awaitClose(CloseReason.SHUTDOWN);
        assertEquals("ask\n", socket.text());
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionEndsOnce(CloseReason why) {
        Follower follower = follower();
        StringBuilder written = new StringBuilder();
        delivery.run(() -> {
            follower.tell(line("ask"));
            follower.control(line("pong"), () -> written.append("first "));
            follower.closeNow(why);
            follower.closeNow(CloseReason.GONE);
            follower.close(CloseReason.QUIT);
            follower.tell(line("ask"));
            follower.control(line("pong"), () -> written.append("second "));
            follower.inspect(System.nanoTime() + 100 * SECOND, 0);
            delivery.say("too late");
        });
        assertEquals(Optional.of(why), socket.farewell());
        assertEquals("", socket.text());
        assertEquals(1, retired());
        assertEquals("first second ", delivery.ask(written::toString), "what will never be written says so");
    }

    @Test
    void whoDoesNotReadForTenSecondsIsGivenUp() {
        Follower follower = follower();
        long before = System.nanoTime();
        long after = stallInAWrite();
        inspectAt(follower, before + 10 * SECOND);
        assertEquals(0, retired());
        inspectAt(follower, after + 10 * SECOND + 1);
        assertEquals(1, retired(), "the others need not wait for the rest");
        assertEquals(Optional.empty(), socket.farewell(), "half an entry would garble the last words");
        delivery.say("too late");
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        assertEquals("said @1 main Ana: one\n", socket.text());
    }

    @Test
    void whoWasGivenUpAndStillDoesNotReadIsCutOff() {
        Follower follower = follower();
        long given = stallInAWrite() + 11 * SECOND;
        inspectAt(follower, given);
        inspectAt(follower, given + 10 * SECOND);
        assertEquals(Optional.empty(), socket.farewell());
        inspectAt(follower, given + 10 * SECOND + 1);
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell());
        assertEquals(1, retired());
        socket.drain();
        delivery.say("too late");
        assertEquals(1, retired());
    }

    @Test
    void whoCannotBeToldWhyIsCutOffWhenGivenUp() {
        socket.setHasLastWords(false);
        Follower follower = follower();
        long before = System.nanoTime();
        long after = stallInAWrite();
        inspectAt(follower, before + 10 * SECOND);
        assertEquals(Optional.empty(), socket.farewell());
        inspectAt(follower, after + 10 * SECOND + 1);
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell(), "nothing is left to be said");
        assertEquals(1, retired());
    }

    @Test
    void whoReadsSlowlyButReadsIsLeftAlone() {
        Follower follower = follower();
        stallInAWrite();
        delivery.say("two");
        socket.drain();
        socket.awaitFinishing();
        inspectAt(follower, System.nanoTime() + 9 * SECOND);
        assertEquals(0, retired());
        socket.flow();
        socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        inspectAt(follower, System.nanoTime() + 30 * SECOND);
        assertEquals(0, retired(), "nothing is being written");
    }

    @Test
    void whoDoesNotAnswerIsGone() {
        Follower follower = follower();
        inspectAt(follower, System.nanoTime());
        assertEquals(Optional.empty(), socket.farewell());
        socket.setAnswers(false);
        inspectAt(follower, System.nanoTime());
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell());
        assertEquals(1, retired());
    }

    @Test
    void silenceIsFilledWithHeartbeats() {
        Follower follower = follower();
        long now = System.nanoTime();
        inspectAt(follower, now + 14 * SECOND);
        inspectAt(follower, now + 16 * SECOND);
        inspectAt(follower, now + 30 * SECOND);
        inspectAt(follower, now + 31 * SECOND);
        delivery.run(() -> follower.close(CloseReason.QUIT));
        socket.awaitClose(CloseReason.QUIT);
        assertEquals("beat\nbeat\n", socket.text());
    }

    @Test
    void whoLetsWhispersPileUpIsGivenUp() {
        Follower follower = follower();
        stallInAWrite();
        delivery.run(() -> {
            for (int i = 0; i < 300_000 && follower.isOpen(); i++) {
                follower.tell(line("ask"));
            }
        });
        assertEquals(1, retired());
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        String[] parts = socket.text().split("\n", 2);
        assertEquals("said @1 main Ana: one", parts[0]);
        assertEquals("", parts[1].replace("ask\n", ""));
        int waited = parts[1].length();
        assertTrue(waited > Outbox.BOUND && waited <= Outbox.BOUND + 8, waited + " bytes waited");
    }

    @Test
    void aFaultInAClosingWireLeavesNobodyBehind() {
        Follower follower = follower();
        socket.failBadly();
        delivery.run(() -> delivery.thread.execute(() -> follower.closeNow(CloseReason.GONE)));
        assertTrue(delivery.ask(() -> delivery.connections.find(follower.id()).isEmpty()));
        assertEquals(1, retired());
    }

    @Test
    void whoIsReplacedInTheMiddleOfAWriteGetsNoLastWords() {
        Follower follower = follower();
        stallInAWrite();
        delivery.run(() -> follower.closeNow(CloseReason.REPLACED));
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell());
    }

    @Test
    void whoIsGivenUpInTheMiddleOfALineGetsTheRestOfItBeforeTheLastWords() {
        Follower follower = follower();
        socket.stall();
        putLines(follower, 200);
        inspectAt(follower, System.nanoTime() + 11 * SECOND);
        assertEquals(1, retired());
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        assertEquals(0, socket.length() % 1_000, "cut in the middle of a line");
    }

    @Test
    void whoWasGivenUpMayNotLingerBitByBit() {
        Follower follower = follower();
        socket.stall();
        putLines(follower, 200);
        long given = System.nanoTime() + 11 * SECOND;
        inspectAt(follower, given);
        socket.drain();
        socket.awaitFinishing();
        inspectAt(follower, given + 10 * SECOND);
        assertEquals(Optional.empty(), socket.farewell());
        inspectAt(follower, given + 10 * SECOND + 1);
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell());
    }

    /** Of a thousand bytes each. */
    private void putLines(Follower follower, int lines) {
        byte[] line = line("x".repeat(999));
        delivery.run(() -> {
            for (int i = 0; i < lines; i++) {
                follower.control(line, () -> {});
            }
        });
        socket.awaitFinishing();
    }

    @Test
    void whoIsSaidGoodByeToAndDoesNotReadIsCutOff() {
        Follower follower = follower();
        long before = System.nanoTime();
        long after = stallInAWrite();
        delivery.run(() -> follower.close(CloseReason.SHUTDOWN));
        inspectAt(follower, before + 20 * SECOND);
        assertEquals(Optional.empty(), socket.farewell());
        inspectAt(follower, after + 20 * SECOND + 1);
        assertEquals(Optional.of(CloseReason.GONE), socket.farewell());
    }

    @Test
    void whoIsStillReadingTheHistoryMayBeToldSomethingElse() {
        for (int i = 0; i < 100; i++) {
            delivery.say("😀".repeat(4_000)); // 1.6 MB in all
        }
        socket.stall();
        Follower follower = delivery.followAfter(0, socket);
        socket.awaitFinishing();
        delivery.run(() -> follower.tell(line("help")));
        assertTrue(delivery.ask(follower::isOpen));
        socket.flow();
        socket.awaitLine("help");
        socket.awaitLine("said @100 main Ana: " + "😀".repeat(4_000));
        assertEquals(101, socket.lines().size());
    }

    @Test
    void whoAsksForPongsAndReadsNoneIsGivenUp() {
        Follower follower = follower();
        stallInAWrite();
        byte[] pong = line("pong");
        int[] done = {0};
        int pongs = 2 * Outbox.BOUND / pong.length;
        delivery.run(() -> {
            for (int i = 0; i < pongs; i++) {
                follower.control(pong, () -> done[0]++);
            }
        });
        assertEquals(1, retired());
        socket.flow();
        socket.awaitClose(CloseReason.TOO_SLOW);
        assertTrue(socket.length() < Outbox.BOUND + 100, socket.length() + " bytes waited");
        assertEquals(pongs, delivery.ask(() -> done[0]));
    }

    @Test
    void whoIsAnsweredALotAtOnceIsNotTooSlow() {
        Follower follower = follower();
        int answers = 2 * Outbox.BOUND / 4;
        delivery.run(() -> {
            for (int i = 0; i < answers; i++) {
                follower.tell(line("ask"));
            }
        });
        assertTrue(delivery.ask(follower::isOpen), "nobody has tried to write yet");
        socket.awaitLength(4 * answers);
    }
}
