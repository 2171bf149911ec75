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

    /** A feed without messages for so long gives its memory back. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private final long longest;
    private long began = System.nanoTime() - LONGEST.toNanos();
    private long took;

    Cadence(Duration longest) {
        this.longest = longest.toNanos();
    }

    void begin(long now) {
        assert DeliveryThread.hasTurn();
        began = now;
        took = 0;
    }

    void worked(long nanos) {
        assert DeliveryThread.hasTurn();
        took += nanos;
    }

    /** When the next round may begin, not before now. */
    long nextRound(long now) {
        assert DeliveryThread.hasTurn();
        long due = began + took + pause();
        return due - now > 0 ? due : now;
    }

    private long pause() {
        long bearable = Math.min(longest, DELAY.toNanos() - 2 * took);
        return Math.min(Math.max(bearable, pauseInCrowd()), took * (SHARE - 1));
    }

    /** The rounds of a room of thousands take longer than that by themselves: just long enough to leave others some of the thread. */
    private long pauseInCrowd() {
        return took / 4;
    }
}
