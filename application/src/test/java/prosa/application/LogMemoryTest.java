package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The memory of all feeds together is bounded, and what a feed can't tell is skipped by nobody in silence. */
@ExtendWith(WithTheTurn.class)
class LogMemoryTest {
    private static final byte[] UNIT = new byte[16_000];

    @Test
    void whoIsTheFarthestBehindMakesRoom() {
        LogMemory memory = new LogMemory(1 << 20);
        List<FeedLog> logs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            logs.add(new FeedLog(0, memory));
        }
        for (int offset = 1; offset <= 100; offset++) {
            for (FeedLog log : logs) {
                log.append(UNIT, offset, 0);
                assertTrue(memory.bytes() <= 1 << 20, memory.bytes() + " bytes");
                assertEquals(offset, log.offset());
            }
        }
        for (FeedLog log : logs) {
            assertEquals(100L * UNIT.length, log.head());
            assertTrue(log.tail() > log.head() - (2 << 16), "what is old is gone");
        }
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        LogMemory memory = new LogMemory(1 << 20);
        FeedLog log = new FeedLog(0, memory);
        for (int i = 1; i <= 50; i++) {
            log.append(UNIT, i, 0);
        }
        assertTrue(memory.bytes() > 700_000);
        log.forget();
        assertTrue(memory.bytes() <= 64 << 10);
        log.release();
        assertEquals(0, memory.bytes());
        log.append(UNIT, 51, 0);
        assertEquals(51L * UNIT.length, log.head());
    }

    /** As many sets of rooms as one likes, none of which is read: whoever reads misses nothing. */
    @Test
    void manySetsOfRoomsTakeNothingFromOthers() {
        try (Lobby lobby = new Lobby()) {
            FakeSubscriber reader = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
            List<FakeSubscriber> stalled = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                FakeSubscriber one = lobby.follow(Optional.empty(), OptionalInt.empty(), "main", "x" + i);
                one.stall();
                stalled.add(one);
            }
            lobby.settle();
            String text = "b".repeat(3_990);
            for (int i = 0; i < 150; i++) {
                lobby.engine.say("main", "Ana", text + i);
            }
            reader.awaitEnd(text + "149\n");
            assertEquals(151, reader.lines().size(), "the opening and all that was said");
            FakeSubscriber one = stalled.getLast();
            one.flow();
            one.awaitEnd(text + "149\n");
            assertEquals(151, one.lines().size());
        }
    }

    /** A codec that fails: its followers resume, and the others hear all. */
    @Test
    void aFeedThatCantGoOnSendsItsFollowersAway() {
        try (Lobby lobby = new Lobby()) {
            Codec faulty = event -> {
                if (event instanceof Event.Said) {
                    throw new IllegalStateException("planted by a test");
                }
                return PlainCodec.PLAIN.encode(event);
            };
            FakeSubscriber cutOff = new FakeSubscriber();
            lobby.chat.follow(Lobby.listening(Optional.empty(), OptionalInt.empty(), "main"), faulty, cutOff);
            FakeSubscriber reader = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
            lobby.settle();
            lobby.engine.say("main", "Ana", "one");
            lobby.engine.say("main", "Ana", "two");
            cutOff.awaitClose(Farewell.UNAVAILABLE);
            reader.awaitLines("opening @0", "said @1 main Ana: one", "said @2 main Ana: two");
        }
    }
}
