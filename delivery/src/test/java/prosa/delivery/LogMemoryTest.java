package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
}
