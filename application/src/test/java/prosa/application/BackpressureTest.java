package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;

/** How a wire is told to stop reading, and to go on. */
class BackpressureTest {
    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private static boolean says(Guest guest, int number) {
        return guest.hear(new Command.Say("n" + number, Optional.empty(), Optional.of("" + number)));
    }

    @Test
    void sixtyFourUnderWayAreEnoughUntilHalfOfThemAreDone() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.holdPublishes();
        for (int i = 1; i < 64; i++) {
            assertTrue(says(ana, i), i + " are not enough");
        }
        assertFalse(says(ana, 64));
        assertFalse(says(ana, 65), "what was read already is taken all the same");
        lobby.settle();
        assertEquals(0, ana.resumed());
        lobby.engine.releasePublishes();
        ana.awaitResumed(1);
        ana.awaitLine("ack 65 @65");
        assertEquals(1, ana.resumed());
        assertTrue(says(ana, 66));
    }

    @Test
    void commandsBehindAJoinCountToo() {
        lobby.engine.holdReads();
        Guest ana = lobby.connect();
        ana.line("Ana");
        for (int i = 2; i < 64; i++) {
            assertTrue(says(ana, i));
        }
        assertFalse(says(ana, 64));
        lobby.engine.awaitReads(1);
        assertEquals(0, ana.resumed());
        lobby.engine.releaseReads();
        ana.awaitResumed(1);
        ana.awaitLine("ack 64 @63");
        assertEquals(1, ana.resumed());
    }

    @Test
    void refusedCommandsAreDoneToo() {
        Guest ana = lobby.enter("Ana");
        for (int i = 0; i < 90; i++) {
            if (!ana.hear(Guest.saying("", "r"))) {
                ana.awaitResumed(ana.resumed());
            }
        }
        lobby.settle();
        assertTrue(says(ana, 1));
    }

    @Test
    void aWireThatStopsWhenToldToIsAlwaysToldToGoOn() throws Exception {
        Guest ana = lobby.enter("Ana");
        AtomicInteger stops = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            for (int i = 1; i <= 5_000; i++) {
                if (!says(ana, i)) {
                    ana.awaitResumed(stops.incrementAndGet());
                }
            }
            all.countDown();
        });
        ana.awaitEnd("ack 5000 @5000\n");
        assertTrue(all.await(10, TimeUnit.SECONDS));
        assertEquals(stops.get(), ana.resumed(), "as often as it was stopped, and no more");
    }
}
