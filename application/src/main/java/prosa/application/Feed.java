package prosa.application;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import prosa.domain.RoomName;

/**
 * What is told in some rooms, in one codec: a log, and the followers that read it. It decides when they are written to.
 *
 * <p>A feed of several rooms is a log of its own, with the entries of all its rooms in the order in which they were kept; so a
 * follower never has more than one cursor.
 */
@OwnedByTurn
final class Feed {
    /** A round writes to so many followers before others get their turn on the thread. */
    private static final int FOLLOWERS_PER_TURN = BatchWriter.MOST;

    /** In a small room what the first are told must not wait for the last: who reads on the same core may do so between two batches. */
    private static final int TOGETHER_IN_A_SMALL_ROOM = 16;

    private final Set<RoomName> rooms;
    private final Codec codec;
    private final DeliveryThread deliveryThread;
    private final Volley volley;
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

    Feed(
            Set<RoomName> rooms,
            Codec codec,
            long offset,
            LogMemory memory,
            DeliveryThread deliveryThread,
            Volley volley,
            Consumer<Feed> whenDeserted) {
        this.rooms = Set.copyOf(rooms);
        this.codec = codec;
        this.log = new FeedLog(offset, memory);
        this.deliveryThread = deliveryThread;
        this.volley = volley;
        this.whenDeserted = whenDeserted;
    }

    Set<RoomName> rooms() {
        return rooms;
    }

    Codec codec() {
        return codec;
    }

    FeedLog log() {
        return log;
    }

    void add(Follower follower) {
        assert DeliveryThread.hasTurn();
        if (count == followers.length) {
            followers = Arrays.copyOf(followers, count * 2);
        }
        follower.placeInFeed(count);
        followers[count++] = follower;
    }

    void remove(Follower follower) {
        assert DeliveryThread.hasTurn();
        int place = follower.placeInFeed();
        Follower last = Objects.requireNonNull(followers[--count]);
        followers[place] = last;
        last.placeInFeed(place);
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
     * @param unit the event in this feed's codec
     * @param offset the message's offset, or 0 for what is not kept in the history
     * @param origin the connection that is not told, or 0
     */
    void append(byte[] unit, long offset, long origin) {
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
    void fail() {
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
            follower.flush();
            allRead &= follower.isUpToDate();
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
            volley.write(log, followers, from, Math.min(from + together, stop));
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
