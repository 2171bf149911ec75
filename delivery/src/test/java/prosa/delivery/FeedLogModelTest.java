package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log against a plain list of entries that forgets nothing, in thousands of random steps. */
@ExtendWith(WithTheTurn.class)
class FeedLogModelTest {
    private static final int READERS = 3;

    private final FeedLog log = new FeedLog(7, new LogMemory());
    private final List<Entry> model = new ArrayList<>();
    private long offset = 7;
    private long forgotten;

    /** @param offset the history's, after this entry */
    private record Entry(long start, byte[] unit, long offset, long origin) {
        long end() {
            return start + unit.length;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 20_260_304})
    void theLogAgreesWithAListOfEntries(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 2_500; step++) {
            int dice = random.nextInt(1_000);
            if (dice < 3) {
                log.release();
                forgotten = log.head();
            } else if (dice < 10) {
                log.forget();
                forgotten = log.head();
            } else if (dice < 700) {
                append(random, lengthOf(random));
            } else {
                compareAt(random);
            }
            assertTrue(log.tail() >= forgotten && log.tail() <= log.head());
            assertEquals(head(), log.head());
            assertEquals(offset, log.offset());
        }
    }

    private static int lengthOf(Random random) {
        return switch (random.nextInt(50)) {
            case 0 -> 60_000 + random.nextInt(10_000); // about a chunk
            case 1 -> 8_000 + random.nextInt(400); // about the first chunk
            case 2, 3, 4 -> 1 + random.nextInt(3_000);
            default -> 1 + random.nextInt(100);
        };
    }

    private void append(Random random, int length) {
        byte[] unit = new byte[length];
        random.nextBytes(unit);
        long said = random.nextInt(4) == 0 ? 0 : offset + 1 + random.nextInt(3);
        long origin = random.nextInt(READERS + 1);
        offset = Math.max(offset, said);
        model.add(new Entry(head(), unit, offset, origin));
        log.append(unit, said, origin);
    }

    private long head() {
        return model.isEmpty() ? 0 : model.getLast().end();
    }

    private void compareAt(Random random) {
        if (log.tail() == log.head()) {
            assertEquals(offset, log.offsetBefore(log.head()));
            return;
        }
        // More often near the head, where readers are.
        long behind = random.nextBoolean() ? 1 + random.nextInt(300) : Long.MAX_VALUE;
        long place = Math.max(log.tail(), log.head() - Math.min(behind, 1 + random.nextLong(log.head() - log.tail())));
        int at = entryAt(place);
        Entry entry = model.get(at);

        assertEquals(entry.end(), log.endOfEntry(place));
        assertEquals(at == 0 ? 7 : model.get(at - 1).offset(), log.offsetBefore(place));
        compareSlice(random, place, entry);
        long reader = 1 + random.nextInt(READERS);
        assertEquals(afterOwn(place, at, reader), log.afterOwn(place, reader));
        long other = log.afterOwn(place, reader);
        assertEquals(nextOwn(other, reader), log.nextOwn(other, reader));
    }

    private void compareSlice(Random random, long place, Entry entry) {
        long to = place + 1 + random.nextLong(log.head() - place);
        ByteBuffer slice = log.slice(place, to);
        assertTrue(slice.remaining() >= Math.min(to, entry.end()) - place, "less than the entry at hand");
        assertTrue(slice.remaining() <= to - place);
        byte[] found = new byte[slice.remaining()];
        slice.get(found);
        assertArrayEquals(bytes(place, found.length), found);
    }

    /** Binary search would be the code under test once more. */
    private int entryAt(long place) {
        int at = model.size() - 1;
        while (model.get(at).start() > place) {
            at--;
        }
        return at;
    }

    private byte[] bytes(long from, int length) {
        byte[] bytes = new byte[length];
        for (int at = entryAt(from), filled = 0; filled < length; at++) {
            Entry entry = model.get(at);
            int skipped = (int) Math.max(0, from - entry.start());
            byte[] part = Arrays.copyOfRange(entry.unit(), skipped, entry.unit().length);
            int taken = Math.min(part.length, length - filled);
            System.arraycopy(part, 0, bytes, filled, taken);
            filled += taken;
        }
        return bytes;
    }

    private long afterOwn(long place, int at, long reader) {
        if (model.get(at).origin() != reader) {
            return place;
        }
        return model.stream()
                .skip(at)
                .filter(entry -> entry.origin() != reader)
                .mapToLong(Entry::start)
                .findFirst()
                .orElse(head());
    }

    private long nextOwn(long place, long reader) {
        return model.stream()
                .filter(entry -> entry.start() >= place && entry.origin() == reader)
                .mapToLong(Entry::start)
                .findFirst()
                .orElse(head());
    }
}
