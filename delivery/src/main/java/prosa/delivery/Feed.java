package prosa.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What many are told in the same bytes: a log, and the followers that read it. It decides when those are written to who follow nothing
 * else; the others have a {@link CommonRound}.
 */
@OwnedByTurn
public final class Feed {
    /** The offset of what is not kept. */
    public static final long NOT_KEPT = 0;

    /** The origin of what no connection has said: it is told everybody. */
    public static final long NOBODY = 0;

    /** A round writes to so many followers before others get their turn on the thread. */
    static final int FOLLOWERS_PER_TURN = BatchWriter.MOST;

    /** In a small room what the first are told must not wait for the last: who reads on the same core may do so between two batches. */
    private static final int TOGETHER_IN_A_SMALL_ROOM = 16;

    /** Whoever reads has read by then. */
    private static final long LET_GO_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FeedLog log;
    private final DeliveryThread deliveryThread;
    private final WriteBatch batch;
    private final CommonRound common;
    private final Consumer<Feed> whenDeserted;
    private final Cadence cadence;
    private final Followers singles = new Followers(this);
    private final Followers severals = new Followers(this);

    private boolean roundDue;
    private int nextInRound = -1;
    private long roundHead;
    private boolean allRead = true;
    private boolean again;
    private long lastAppend;

    /** @param whenDeserted called when the last follower has left */
    Feed(
            FeedLog log,
            DeliveryThread deliveryThread,
            WriteBatch batch,
            CommonRound common,
            Duration longestPause,
            Consumer<Feed> whenDeserted) {
        this.log = log;
        this.deliveryThread = deliveryThread;
        this.batch = batch;
        this.common = common;
        this.cadence = new Cadence(longestPause);
        this.whenDeserted = whenDeserted;
    }

    FeedLog log() {
        return log;
    }

    /** Those who follow others, too. */
    Followers severals() {
        return severals;
    }

    /** For somebody who begins to follow these feeds, this one among them. */
    Cursor cursorIn(List<Feed> feeds) {
        assert DeliveryThread.hasTurn();
        return feeds.size() == 1 ? new SingleCursor(this) : new MergedCursor(feeds, common);
    }

    void add(Follower follower) {
        assert DeliveryThread.hasTurn();
        among(follower).add(follower);
    }

    void remove(Follower follower) {
        assert DeliveryThread.hasTurn();
        int place = among(follower).remove(follower);
        // The one that took the free place may have been passed over by the round under way.
        if (among(follower) == severals) {
            common.lookAgain(this);
        } else {
            again |= nextInRound >= 0 && place < nextInRound;
        }
        if (singles.count() == 0 && severals.count() == 0) {
            whenDeserted.accept(this);
        }
    }

    /** Among whom it is. */
    private Followers among(Follower follower) {
        return follower.cursor() instanceof SingleCursor ? singles : severals;
    }

    /**
     * Adds an entry and sees to it that it is delivered.
     *
     * @param unit whole wire units
     * @param offset where it stands in the order of what is kept, greater than all before it; or {@link #NOT_KEPT}
     * @param origin the connection that is not told, or {@link #NOBODY}
     */
    public void append(byte[] unit, long offset, long origin) {
        assert DeliveryThread.hasTurn();
        log.append(unit, offset, origin);
        lastAppend = System.nanoTime();
        if (severals.count() > 0) {
            common.include(this);
        }
        if (!roundDue && singles.count() > 0) {
            roundDue = true;
            deliveryThread.at(cadence.nextRound(lastAppend), this::beginRound);
        }
    }

    /**
     * Something that was told is not to be told any more: a second from now nothing is left of what is here, and whoever has not read it by
     * then is told the past instead. What comes next stays.
     */
    public void letGoSoon() {
        assert DeliveryThread.hasTurn();
        if (log.holdsMemory()) {
            long place = log.seal();
            deliveryThread.at(System.nanoTime() + LET_GO_NANOS, () -> log.letGoUpTo(place));
        }
    }

    /**
     * Something can't be told here. Nobody is told anything after that hole, so that all can resume before it.
     */
    public void fail() {
        assert DeliveryThread.hasTurn();
        singles.sendAway();
        severals.sendAway();
    }

    private void beginRound() {
        nextInRound = 0;
        roundHead = log.head();
        allRead = true;
        again = false;
        cadence.begin(System.nanoTime());
        continueRound();
    }

    private void continueRound() {
        long began = System.nanoTime();
        int first = nextInRound;
        int stop = Math.min(singles.count(), nextInRound + FOLLOWERS_PER_TURN);
        if (singles.count() > 1) {
            writeTogether(stop);
        }
        while (nextInRound < Math.min(stop, singles.count())) {
            Follower follower = singles.at(nextInRound++);
            // Most have just been told everything, together with others.
            if (!follower.isIdle()) {
                follower.flush();
                allRead &= follower.isUpToDate();
            }
        }
        cadence.worked(System.nanoTime() - began, nextInRound - first);
        if (nextInRound < singles.count()) {
            deliveryThread.execute(this::continueRound);
        } else {
            endRound();
        }
    }

    private void writeTogether(int stop) {
        int together = singles.count() > BatchWriter.MOST ? BatchWriter.MOST : TOGETHER_IN_A_SMALL_ROOM;
        for (int from = nextInRound; from < stop; from += together) {
            batch.write(singles, from, Math.min(from + together, stop));
        }
    }

    private void endRound() {
        nextInRound = -1;
        roundDue = again || log.head() > roundHead;
        if (roundDue) {
            deliveryThread.at(cadence.nextRound(System.nanoTime()), this::beginRound);
        } else {
            forgetIfRead();
        }
    }

    /** If everybody has read everything, the log's memory may be used again. */
    void forgetIfRead() {
        assert DeliveryThread.hasTurn();
        boolean singlesHaveRead = singles.count() == 0 || !roundDue && allRead && log.head() == roundHead;
        if (singlesHaveRead && severals.areUpToDate()) {
            log.forget();
        }
    }

    /** Gives the log's memory back after a while of silence. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        if (log.holdsMemory()
                && !roundDue
                && now - lastAppend > Cadence.IDLE.toNanos()
                && singles.areUpToDate()
                && severals.areUpToDate()) {
            log.release();
        }
    }
}
