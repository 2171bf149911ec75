package prosa.delivery;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the memory of those who have left. The JVM would collect it when the heap is full, and not before: ten bursts of 9,000
 * visitors left 630 MB, which stayed with nobody there.
 *
 * <p>A collection stops everybody, for some 30 ms when nobody is here and 50 to 150 ms with 9,000 visitors. So it is done only when there
 * is much to find: when many have left, or the heap has doubled since the last one, or is nearly full. One that is full all the same is
 * the end: the JVM would collect again and again for a few bytes more, 10 s of half a second each at 512 MB, before it
 * says so.
 *
 * <p>It has a thread of its own, as in a full heap all others wait for memory. {@link #opened} and {@link #closed} belong to the delivery
 * thread, {@link #start} and {@link #stop} to any, all else to its own.
 */
public final class HeapTrimmer {
    /** Fewer who leave are not worth it: they held some 6 KB each. */
    static final int MANY = 1_000;

    /** Who leaves together takes so long about it. */
    static final long WAVE = TimeUnit.MILLISECONDS.toNanos(500);

    /** From one collection to the next, at least. */
    static final long BETWEEN = TimeUnit.SECONDS.toNanos(5);

    /** Jetty's timers hold some of those who left for so long. */
    static final long AFTERGLOW = TimeUnit.SECONDS.toNanos(20);

    /** Of a small heap, doubling means nothing. */
    static final long GROWN_BYTES = 64 << 20;

    /** From one look to the next. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);

    /** A quarter as many as are here: a collection costs what they hold, and then finds a fifth of that. */
    private static final int SHARE = 4;

    private static final int NEARLY_FULL_PERCENT = 90;
    private static final int FULL_PERCENT = 96;

    private static final Logger LOG = LoggerFactory.getLogger(HeapTrimmer.class);

    /** The heap, as the JVM manages it. */
    interface Heap {
        long usedBytes();

        /** Called now and then, while there is memory. */
        default void prepare() {}

        /** Stops everybody and collects; says whether it has, which options of the JVM can forbid. Needs no memory. */
        boolean collect();

        /** Takes what is left. */
        void exhaust();
    }

    private static final class OfTheJvm implements Heap {
        /** What is garbage as soon as nobody holds it. It has grown old by then, and so only a full collection finds it. */
        private @Nullable Object held = new Object();

        private WeakReference<Object> known = new WeakReference<>(held);

        @Override
        public long usedBytes() {
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }

        @Override
        public void prepare() {
            if (held == null) {
                held = new Object();
                known = new WeakReference<>(held);
            }
        }

        @Override
        public boolean collect() {
            held = null;
            System.gc();
            return known.refersTo(null);
        }

        /** The JVM can end at once, while all others wait for memory: an end of ours would wait, too. */
        @Override
        public void exhaust() {
            long most = Integer.MAX_VALUE - 8; // of an array
            long[] tooMuch = new long[(int) Math.min(most, Runtime.getRuntime().maxMemory() / Long.BYTES)];
            Reference.reachabilityFence(tooMuch);
        }
    }

    private final Heap heap;
    private final long maxBytes;
    private volatile boolean stopped;

    // Written by the delivery thread.
    private volatile int present;
    private volatile int departures;

    private int departuresBefore;
    private boolean manyAreLeaving;
    private long manyLeftAt;
    private long last;
    private long usedAfterLast;
    private boolean afterglow;

    public HeapTrimmer() {
        this(new OfTheJvm(), Runtime.getRuntime().maxMemory(), System.nanoTime());
    }

    /** @param maxBytes what the heap may have */
    HeapTrimmer(Heap heap, long maxBytes, long now) {
        this.heap = heap;
        this.maxBytes = maxBytes;
        this.last = now - BETWEEN;
        this.usedAfterLast = heap.usedBytes();
    }

    public void start() {
        Thread.ofPlatform().daemon().name("prosa-heap-trimmer").start(() -> {
            while (!stopped) {
                LockSupport.parkNanos(this, LOOK);
                look(System.nanoTime());
            }
        });
    }

    public void stop() {
        stopped = true;
    }

    /** @param present how many are here now */
    void opened(int present) {
        this.present = present;
    }

    /** @param present how many are here now */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void closed(int present) {
        this.present = present;
        departures++;
    }

    void look(long now) {
        heap.prepare();
        int left = departures - departuresBefore;
        if (left >= MANY && !manyAreLeaving) {
            manyAreLeaving = true;
            manyLeftAt = now;
        }
        if (now - last >= BETWEEN && isWorthIt(now, left)) {
            last = now;
            departuresBefore += left;
            manyAreLeaving = false;
            collect();
        }
    }

    private boolean isWorthIt(long now, int left) {
        long used = heap.usedBytes();
        boolean manyHaveLeft = manyAreLeaving && now - manyLeftAt >= WAVE && left >= present / SHARE;
        boolean hasGrown = used >= 2 * usedAfterLast + GROWN_BYTES || isOver(NEARLY_FULL_PERCENT, used);
        boolean restIsFree = afterglow && present < MANY && now - last >= AFTERGLOW;
        boolean worthIt = manyHaveLeft || hasGrown || restIsFree;
        if (worthIt) {
            afterglow = manyHaveLeft || hasGrown;
        }
        return worthIt;
    }

    private boolean isOver(int percent, long used) {
        return used >= maxBytes / 100 * percent;
    }

    private void collect() {
        long before = heap.usedBytes();
        long began = System.nanoTime();
        boolean collected = heap.collect();
        usedAfterLast = heap.usedBytes();
        if (collected && isOver(FULL_PERCENT, usedAfterLast)) {
            heap.exhaust();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        LOG.debug("Collected {} of {} KiB in {} ms", (before - usedAfterLast) >> 10, before >> 10, millis);
    }
}
