package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When memory is given back: after many have left, and not while it would cost those who stay more than it brings. */
class HeapTrimmerTest {
    private static final long MAX = 640 << 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PlantedHeap heap = new PlantedHeap();
    private long now = -5 * SECOND; // System.nanoTime() may be negative
    private final HeapTrimmer trimmer = new HeapTrimmer(heap, MAX, now);

    private static final class PlantedHeap implements HeapTrimmer.Heap {
        long used = 20 << 20;
        long garbage;
        int collections;
        boolean forbidden;
        boolean exhausted;

        @Override
        public long usedBytes() {
            return used;
        }

        @Override
        public boolean collect() {
            collections++;
            used -= garbage;
            return !forbidden;
        }

        @Override
        public void exhaust() {
            exhausted = true;
        }
    }

    private void leave(int many) {
        for (int i = many; i > 0; i--) {
            trimmer.closed(i - 1);
        }
        trimmer.look(now);
    }

    /** Looks once a second. */
    private void pass(long seconds, int present) {
        trimmer.opened(present);
        for (long i = 0; i < seconds; i++) {
            now += SECOND;
            trimmer.look(now);
        }
    }

    private void assertCollected(int times) {
        assertEquals(times, heap.collections);
        heap.collections = 0;
    }

    @Test
    void whenManyHaveLeftItIsCollectedSoonAndOnceMoreWhenTheRestIsFree() {
        leave(9_000);
        pass(1, 0);
        assertCollected(1);
        pass(19, 0);
        assertCollected(0);
        pass(1, 0);
        assertCollected(1);
        pass(1_000, 0);
        assertCollected(0);
    }

    @Test
    void aWaveIsWaitedFor() {
        leave(HeapTrimmer.MANY);
        now += HeapTrimmer.WAVE - 1;
        trimmer.look(now);
        assertCollected(0);
        now += 1;
        trimmer.look(now);
        assertCollected(1);
    }

    @Test
    void wavesThatFollowEachOtherAreCollectedEachWhoeverHasComeMeanwhile() {
        for (int i = 0; i < 10; i++) {
            leave(9_000);
            pass(6, 9_000);
            assertCollected(1);
        }
    }

    @Test
    void fewWhoLeaveAreNot() {
        leave(HeapTrimmer.MANY - 1);
        pass(1_000, 0);
        assertCollected(0);
        leave(1);
        pass(1, 0);
        assertCollected(1);
    }

    @Test
    void manyWhoStayAreNotStoppedForAFewWhoLeave() {
        leave(2_000);
        pass(1_000, 9_000);
        assertCollected(0);
        leave(250);
        pass(1, 8_900);
        assertCollected(1);
        pass(1_000, 8_900);
        assertCollected(0);
    }

    @Test
    void itIsNotDoneAgainAtOnce() {
        leave(5_000);
        pass(1, 0);
        assertCollected(1);
        leave(5_000);
        pass(4, 0);
        assertCollected(0);
        pass(1, 0);
        assertCollected(1);
    }

    @Test
    void aHeapThatHasDoubledIsCollectedWhoeverIsHere() {
        heap.used = 2 * heap.used + HeapTrimmer.GROWN_BYTES - 1;
        pass(1_000, 9_000);
        assertCollected(0);
        heap.used++;
        pass(1, 9_000);
        assertCollected(1);
        pass(1_000, 9_000);
        assertCollected(0);
    }

    @Test
    void aHeapThatIsNearlyFullIsCollected() {
        heap.used = MAX / 100 * 50;
        pass(1, 9_000);
        assertCollected(1);
        heap.used = MAX / 100 * 90;
        heap.garbage = MAX / 100 * 40;
        pass(5, 9_000);
        assertCollected(1);
        assertFalse(heap.exhausted);
    }

    @Test
    void aHeapThatIsFullAfterACollectionIsTheEnd() {
        heap.used = MAX / 100 * 97;
        heap.forbidden = true;
        pass(1, 9_000);
        assertFalse(heap.exhausted, "nobody knows what is in use");
        heap.forbidden = false;
        pass(5, 9_000);
        assertTrue(heap.exhausted);
    }
}
