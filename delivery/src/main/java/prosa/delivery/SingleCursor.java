package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.List;

/** A place in the log of one feed. */
@OwnedByTurn
final class SingleCursor extends Cursor {
    private final Feed feed;
    private final FeedLog log;
    private int placeInFeed;
    private long place;
    private long ownUntil;

    SingleCursor(Feed feed) {
        this.feed = feed;
        this.log = feed.log();
    }

    @Override
    boolean isIn(List<Feed> feeds) {
        assert DeliveryThread.hasTurn();
        return feeds.size() == 1 && feeds.getFirst() == feed;
    }

    @Override
    boolean isUpToDate() {
        assert DeliveryThread.hasTurn();
        return place == log.head();
    }

    /** Whether nothing but what lies in the log is due, from here to its head. */
    boolean isDueASlice() {
        assert DeliveryThread.hasTurn();
        return place < log.head() && place >= log.tail() && place >= ownUntil;
    }

    /** What is due, as far as it lies together. */
    ByteBuffer slice() {
        assert DeliveryThread.hasTurn();
        return log.slice(place, log.head());
    }

    @Override
    boolean hasFallenBehind() {
        assert DeliveryThread.hasTurn();
        return place < log.tail();
    }

    @Override
    ByteBuffer next(long reader) {
        assert DeliveryThread.hasTurn();
        long to = log.head();
        if (place < ownUntil) {
            place = log.afterOwn(place, reader);
            to = log.nextOwn(place, reader);
        }
        if (place == log.head()) {
            markTold(log.offset());
            return NOTHING;
        }
        return log.slice(place, to);
    }

    @Override
    void took(int bytes, long reader) {
        assert DeliveryThread.hasTurn();
        place += bytes;
        if (place == log.head()) {
            markTold(log.offset());
        }
    }

    @Override
    ByteBuffer restOfEntry(long reader) {
        assert DeliveryThread.hasTurn();
        ByteBuffer rest = log.restOfEntry(place);
        place += rest.remaining();
        markTold(log.offsetBefore(place));
        return rest;
    }

    @Override
    void skipToHead() {
        assert DeliveryThread.hasTurn();
        place = log.head();
        ownUntil = place;
        markTold(log.offset());
    }

    @Override
    void wroteLast() {
        assert DeliveryThread.hasTurn();
        ownUntil = log.head();
    }

    @Override
    int placeIn(Feed feed) {
        assert DeliveryThread.hasTurn();
        return placeInFeed;
    }

    @Override
    void placeIn(Feed feed, int place) {
        assert DeliveryThread.hasTurn();
        placeInFeed = place;
    }

    @Override
    void enter(Follower follower) {
        assert DeliveryThread.hasTurn();
        feed.add(follower);
    }

    @Override
    void leave(Follower follower) {
        assert DeliveryThread.hasTurn();
        feed.remove(follower);
    }
}
