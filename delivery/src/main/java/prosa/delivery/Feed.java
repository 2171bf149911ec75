package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What many are told in the same bytes: a log, and the followers that read it. It decides when they are written to.
 *
 * <p>Whoever follows several feeds is a follower of each: the round of any of them tells it what all of them have.
 */
@OwnedByTurn
public final class Feed {
    /** A round writes to so many followers before others get their turn on the thread. */
    private static final int FOLLOWERS_PER_TURN = BatchWriter.MOST;

    /** In a small room what the first are told must not wait for the last: who reads on the same core may do so between two batches. */
    private static final int TOGETHER_IN_A_SMALL_ROOM = 16;

    private final DeliveryThread deliveryThread;
    private final WriteBatch batch;
    private final ByteBuffer together;
    private final Consumer<Feed> whenDeserted;
    private final Cadence cadence = new Cadence();
    private final FeedLog log;
    private @Nullable Follower[] followers = new Follower[4];
    private int count;

    private boolean roundDue;
    private int nextInRound = -1;
    private long roundHead;
    private boolean allRead;
    private boolean again;
    private long lastAppend;

    /**
     * @param together see {@link MergedCursor}
     * @param whenDeserted called when the last follower has left
     */
    Feed(
            FeedLog log,
            DeliveryThread deliveryThread,
            WriteBatch batch,
            ByteBuffer together,
            Consumer<Feed> whenDeserted) {
        this.log = log;
        this.deliveryThread = deliveryThread;
        this.batch = batch;
        this.together = together;
        this.whenDeserted = whenDeserted;
    }

    FeedLog log() {
        return log;
    }

    /** Somebody begins to follow these feeds, this one among them. */
    Cursor cursorIn(List<Feed> feeds) {
        assert DeliveryThread.hasTurn();
        return feeds.size() == 1 ? new SingleCursor(this) : new MergedCursor(feeds, together);
    }

    void add(Follower follower) {
        assert DeliveryThread.hasTurn();
        if (count == followers.length) {
            followers = Arrays.copyOf(followers, count * 2);
        }
        follower.cursor().placeIn(this, count);
        followers[count++] = follower;
    }

    void remove(Follower follower) {
        assert DeliveryThread.hasTurn();
        int place = follower.cursor().placeIn(this);
        Follower last = Objects.requireNonNull(followers[--count]);
        followers[place] = last;
        last.cursor().placeIn(this, place);
        followers[count] = null;
        // The one that took the free place may have been passed over by the round under way.
        again |= nextInRound >= 0 && place < nextInRound;
        if (count == 0) {
            whenDeserted.accept(this);
        }
    }

    /**
     * Adds an entry and sees to it that it is delivered.
     *
     * @param unit whole wire units
     * @param offset where it stands in the order of what is kept, greater than all before it; or 0 for what is not kept
     * @param origin the connection that is not told, or 0
     */
    public void append(byte[] unit, long offset, long origin) {
        assert DeliveryThread.hasTurn();
        log.append(unit, offset, origin);
        lastAppend = System.nanoTime();
        if (!roundDue) {
            roundDue = true;
            deliveryThread.at(cadence.nextRound(lastAppend), this::beginRound);
        }
    }

    /**
     * Something can't be told here. Nobody is told anything after that hole, so that all can resume before it.
     */
    public void fail() {
        assert DeliveryThread.hasTurn();
        for (int i = count - 1; i >= 0; i--) {
            Objects.requireNonNull(followers[i]).sendAway();
        }
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
        int stop = Math.min(count, nextInRound + FOLLOWERS_PER_TURN);
        if (count > 1) {
            writeTogether(stop);
        }
        while (nextInRound < Math.min(stop, count)) {
            Follower follower = Objects.requireNonNull(followers[nextInRound++]);
            // Most have just been told everything, together with others.
            if (!follower.isIdle()) {
                follower.flush();
                allRead &= follower.isUpToDate();
            }
        }
        cadence.worked(System.nanoTime() - began);
        if (nextInRound < count) {
            deliveryThread.execute(this::continueRound);
        } else {
            endRound();
        }
    }

    private void writeTogether(int stop) {
        int together = count > BatchWriter.MOST ? BatchWriter.MOST : TOGETHER_IN_A_SMALL_ROOM;
        for (int from = nextInRound; from < stop; from += together) {
            batch.write(followers, from, Math.min(from + together, stop));
        }
    }

    private void endRound() {
        nextInRound = -1;
        roundDue = again || log.head() > roundHead;
        if (roundDue) {
            deliveryThread.at(cadence.nextRound(System.nanoTime()), this::beginRound);
        } else if (allRead) {
            log.forget();
        }
    }

    /** Gives the log's memory back after a while of silence. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        if (log.holdsMemory() && !roundDue && now - lastAppend > Cadence.IDLE.toNanos() && everybodyIsUpToDate()) {
            log.release();
        }
    }

    private boolean everybodyIsUpToDate() {
        for (int i = 0; i < count; i++) {
            if (!Objects.requireNonNull(followers[i]).isUpToDate()) {
                return false;
            }
        }
        return true;
    }
}
