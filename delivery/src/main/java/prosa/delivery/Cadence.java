package prosa.delivery;

import java.time.Duration;

/**
 * When a feed's followers are written to. A write costs 2 to 8 µs of kernel time whatever it carries, so writes are what to
 * save: a quiet or small room's message goes out at once, and the longer a round of writes takes, the longer the next one waits,
 * so that it carries more.
 */
@OwnedByTurn
public final class Cadence {
    /** Nobody notices a delay of this length, and at 100 messages a second it saves two writes of three. */
    public static final Duration LONGEST = Duration.ofMillis(36);

    /**
     * What a pause and two rounds may take, if that can be had: the pause is the shorter where a write is dear. A follower waits for one
     * round and the pause at most, as what comes during a round goes out with it to those whose turn is still to come; another one is
     * left to the clients, who need as long to read when they run on the same cores (decision 13).
     */
    static final Duration DELAY = Duration.ofMillis(46);

    /** A feed's rounds may take one part in so many of the thread's time before they are held back, up to {@link #LONGEST}. */
    static final int SHARE = 16;

    /**
     * What a write costs at most by itself: 2 to 9 µs were found (decision 13). If it took longer, others had the processor, mostly the
     * reader that it woke, or memory was collected. In a small room that made a pause of up to 36 ms out of a halt of 2 (decision 63).
     */
    static final Duration DEAREST_WRITE = Duration.ofNanos(25_000);

    /** A feed without messages for so long gives its memory back. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private final long longest;
    private long began = System.nanoTime() - LONGEST.toNanos();

    /** By the clock. */
    private long took;

    /** What of it the writes may have taken. */
    private long cost;

    Cadence(Duration longest) {
        this.longest = longest.toNanos();
    }

    void begin(long now) {
        assert DeliveryThread.hasTurn();
        began = now;
        took = 0;
        cost = 0;
    }

    /**
     * @param nanos by the clock
     * @param followers how many were looked at in that time
     */
    void worked(long nanos, int followers) {
        assert DeliveryThread.hasTurn();
        took += nanos;
        cost += Math.min(nanos, followers * DEAREST_WRITE.toNanos());
    }

    /** When the next round may begin, not before now. */
    long nextRound(long now) {
        assert DeliveryThread.hasTurn();
        long due = began + took + pause();
        return due - now > 0 ? due : now;
    }

    private long pause() {
        long bearable = Math.min(longest, DELAY.toNanos() - 2 * took);
        return Math.min(Math.max(bearable, pauseInCrowd()), cost * (SHARE - 1));
    }

    /** The rounds of a room of thousands take longer than that by themselves: just long enough to leave others some of the thread. */
    private long pauseInCrowd() {
        return took / 4;
    }
}
