package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithTheTurn.class)
class FeedLogTest {
    private static final long ANA = 1;
    private static final long BOB = 2;

    private final FeedLog log = new FeedLog(100, new LogMemory());

    @Test
    void anEmptyLogHoldsNothing() {
        assertEquals(0, log.head());
        assertEquals(0, log.tail());
        assertEquals(100, log.offset());
        assertEquals(100, log.offsetBefore(0));
        assertFalse(log.holdsMemory());
    }

    @Test
    void entriesLieBehindEachOther() {
        append("one ", 101, 0);
        append("two ", 102, 0);
        append("three", 103, 0);
        assertEquals(13, log.head());
        assertEquals(103, log.offset());
        assertEquals("one two three", read(0, 13));
        assertEquals("e two t", read(2, 9));
    }

    @Test
    void aSliceIsReadWithoutDisturbingTheNext() {
        append("one", 101, 0);
        ByteBuffer slice = log.slice(0, 3);
        slice.position(2);
        append("two", 102, 0);
        assertEquals("onetwo", read(0, 6));
        assertEquals("etw", read(2, 5));
    }

    @Test
    void anEntryNeverStraddlesTwoChunks() {
        byte[] most = bytes('a', 8_000);
        byte[] next = bytes('b', 8_000);
        log.append(most, 101, 0);
        log.append(next, 102, 0);
        assertEquals(8_000, log.slice(0, 16_000).remaining(), "as far as they lie together");
        assertArrayEquals(next, array(log.slice(8_000, 16_000)));
        assertEquals(8_000, log.endOfEntry(7_999));
        assertEquals(16_000, log.endOfEntry(8_000));
    }

    @Test
    void whatWasSealedIsLetGoAndWhatCameAfterIsNot() {
        append("one ", 101, 0);
        append("two ", 102, 0);
        long place = log.seal();
        append("three", 103, 0);
        assertEquals("one two ", read(0, 8), "not yet");
        log.letGoUpTo(place);
        assertEquals(place, log.tail());
        assertEquals("three", read(place, log.head()));
        assertEquals(102, log.offsetBefore(place));
        log.letGoUpTo(log.seal());
        assertEquals(log.head(), log.tail());
        assertFalse(log.holdsMemory());
        append("four", 104, 0);
        assertEquals("four", read(log.tail(), log.head()));
    }

    @Test
    void whatEverybodyHasReadBeforeItIsLetGoGoesAsWell() {
        append("one ", 101, 0);
        long place = log.seal();
        log.forget();
        append("two", 102, 0);
        log.letGoUpTo(place);
        assertEquals("two", read(place, log.head()));
    }

    @Test
    void anEntryOfAnySizeIsTakenWhole() {
        byte[] huge = bytes('h', 3 << 20);
        append("before", 101, 0);
        log.append(huge, 102, 0);
        assertArrayEquals(huge, array(log.slice(6, log.head())));
        append("after", 103, 0);
        assertEquals("after", read(6 + huge.length, log.head()));
        assertTrue(log.tail() > 0, "what is older than the bound has gone");
    }

    @Test
    void whatIsKeptIsBounded() {
        byte[] entry = bytes('x', 1_000);
        for (int i = 1; i <= 5_000; i++) {
            log.append(entry, 100 + i, 0);
            assertTrue(log.head() - log.tail() <= FeedLog.BOUND);
            assertTrue(log.head() < FeedLog.BOUND || log.head() - log.tail() > FeedLog.BOUND * 9 / 10);
        }
        long seen = 100 + log.tail() / 1_000;
        assertEquals(seen, log.offsetBefore(log.tail()), "what has gone is known to have been there");
        assertEquals(seen + 1, log.offsetBefore(log.tail() + 1_000));
    }

    @Test
    void aReadersOwnEntriesAreFoundAndSkipped() {
        append("aa", 101, ANA); // 0
        append("b", 102, BOB); // 2
        append("aaa", 103, ANA); // 3
        append("aa", 104, ANA); // 6
        append("n", 0, 0); // 8
        append("a", 105, ANA); // 9
        assertEquals(2, log.afterOwn(0, ANA));
        assertEquals(0, log.afterOwn(0, BOB));
        assertEquals(2, log.afterOwn(2, ANA));
        assertEquals(8, log.afterOwn(3, ANA));
        assertEquals(10, log.afterOwn(9, ANA));
        assertEquals(10, log.afterOwn(10, ANA));
        assertEquals(0, log.nextOwn(0, ANA));
        assertEquals(3, log.nextOwn(2, ANA));
        assertEquals(9, log.nextOwn(8, ANA));
        assertEquals(10, log.nextOwn(10, ANA));
        assertEquals(10, log.nextOwn(3, BOB));
    }

    @Test
    void whatIsNotKeptMovesNoOffset() {
        append("one", 101, 0);
        append("joined", 0, 0);
        append("two", 105, 0);
        assertEquals(100, log.offsetBefore(0));
        assertEquals(100, log.offsetBefore(2), "in the middle of the first");
        assertEquals(101, log.offsetBefore(3));
        assertEquals(101, log.offsetBefore(9));
        assertEquals(105, log.offsetBefore(12));
    }

    @Test
    void whatEverybodyReadIsForgottenAndItsMemoryUsedAgain() {
        append("one", 101, 0);
        log.forget();
        assertTrue(log.holdsMemory());
        assertEquals(3, log.tail());
        assertEquals(3, log.head());
        assertEquals(101, log.offsetBefore(3));
        append("two", 102, 0);
        assertEquals("two", read(3, 6));
        assertEquals(101, log.offsetBefore(3));
        assertEquals(6, log.endOfEntry(4));
    }

    @Test
    void memoryCanBeGivenBack() {
        append("one", 101, ANA);
        log.release();
        assertFalse(log.holdsMemory());
        log.forget();
        assertEquals(3, log.tail());
        assertEquals(3, log.head());
        assertEquals(101, log.offset());
        assertEquals(101, log.offsetBefore(3));
        assertEquals(3, log.afterOwn(3, ANA));
        append("two", 102, 0);
        assertEquals("two", read(3, 6));
    }

    @Test
    void aPlaceInTheFutureIsAFault() {
        log.append(bytes('a', 8_000), 101, 0);
        assertThrows(IllegalArgumentException.class, () -> log.slice(8_001, 8_002));
    }

    private void append(String unit, long offset, long origin) {
        log.append(unit.getBytes(StandardCharsets.UTF_8), offset, origin);
    }

    private String read(long from, long to) {
        return new String(array(log.slice(from, to)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(char c, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
