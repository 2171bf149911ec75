package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log of each of several feeds, whose entries are told in the order in which they were kept.
 *
 * <p>Each room has one log, however many sets of rooms people follow: a log for each set would cost a copy of every message and 8 to 64
 * KiB, and 500 sets once took all direct memory there was (decision 31). In return what lies apart is copied together here, as a write
 * costs 2 to 8 µs and a copy of a message some 20 ns.
 */
@OwnedByTurn
final class MergedCursor extends Cursor {
    /** What is written at once, in bytes: some 400 messages. */
    static final int AT_ONCE = 64 << 10;

    /** Comes after all offsets: there is nothing to read in that log. */
    private static final long NO_ENTRY = Long.MAX_VALUE;

    private final Feed[] feeds;
    private final int[] placesInFeeds;
    private final long[] places;
    private final long[] ownUntil;
    private final CommonRound common;

    /** What {@link CommonRound#appends} was when everything was told: a round comes here once for each feed in which something was said. */
    private long upToDateAt = -1;

    /** @param feeds two at least */
    MergedCursor(List<Feed> feeds, CommonRound common) {
        this.feeds = feeds.toArray(new Feed[0]);
        this.placesInFeeds = new int[feeds.size()];
        this.places = new long[feeds.size()];
        this.ownUntil = new long[feeds.size()];
        this.common = common;
    }

    @Override
    boolean isIn(List<Feed> asked) {
        assert DeliveryThread.hasTurn();
        return asked.size() == feeds.length && asked.containsAll(List.of(feeds));
    }

    @Override
    boolean isUpToDate() {
        assert DeliveryThread.hasTurn();
        if (upToDateAt == common.appends()) {
            return true;
        }
        for (int i = 0; i < feeds.length; i++) {
            if (places[i] < feeds[i].log().head()) {
                return false;
            }
        }
        upToDateAt = common.appends();
        return true;
    }

    @Override
    ByteBuffer next(long reader) {
        assert DeliveryThread.hasTurn();
        ByteBuffer together = common.together().clear();
        long[] before = places.clone();
        advance(reader, AT_ONCE, together);
        if (together.position() == 0) {
            toldAll();
        } else {
            System.arraycopy(before, 0, places, 0, places.length);
        }
        return together.flip();
    }

    @Override
    void took(int bytes, long reader) {
        assert DeliveryThread.hasTurn();
        advance(reader, bytes, null);
        if (isUpToDate()) {
            toldAll();
        }
    }

    private void toldAll() {
        for (Feed feed : feeds) {
            markTold(feed.log().offset());
        }
    }

    @Override
    boolean hasFallenBehind() {
        assert DeliveryThread.hasTurn();
        for (int i = 0; i < feeds.length; i++) {
            if (places[i] < feeds[i].log().tail()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads on, in the order of the offsets. Of two entries with the same one the log that stands first comes first, so that who reads the
     * same again reads it in the same order.
     *
     * @param limit the most bytes
     * @param into gets them, unless they are only to be passed over
     * @return the log in which the next entry is, or in which the one at hand goes on; -1 if there is none
     */
    private int advance(long reader, int limit, @Nullable ByteBuffer into) {
        long[] next = new long[feeds.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = skipOwn(i, reader);
        }
        int left = limit;
        while (true) {
            int first = first(next);
            if (left == 0 || next[first] == NO_ENTRY) {
                return next[first] == NO_ENTRY ? -1 : first;
            }
            FeedLog log = feeds[first].log();
            long to = log.firstAfter(places[first], second(next, first));
            if (places[first] < ownUntil[first]) {
                to = Math.min(to, log.nextOwn(places[first], reader));
            }
            ByteBuffer slice = log.slice(places[first], Math.min(to, places[first] + left));
            left -= slice.remaining();
            places[first] += slice.remaining();
            if (into != null) {
                into.put(slice);
            }
            next[first] = skipOwn(first, reader);
        }
    }

    /** @return the offset of the next entry that is not the reader's own */
    private long skipOwn(int i, long reader) {
        FeedLog log = feeds[i].log();
        if (places[i] < ownUntil[i]) {
            places[i] = log.afterOwn(places[i], reader);
        }
        return places[i] < log.head() ? log.offsetAt(places[i]) : NO_ENTRY;
    }

    private static int first(long[] next) {
        int first = 0;
        for (int i = 1; i < next.length; i++) {
            if (next[i] < next[first]) {
                first = i;
            }
        }
        return first;
    }

    /** How far the first log may be read: up to what is next in any other. */
    private static long second(long[] next, int first) {
        long second = NO_ENTRY;
        for (int i = 0; i < next.length; i++) {
            if (i != first) {
                second = Math.min(second, next[i]);
            }
        }
        return second;
    }

    @Override
    ByteBuffer restOfEntry(long reader) {
        assert DeliveryThread.hasTurn();
        int at = advance(reader, 0, null);
        FeedLog log = feeds[at].log();
        ByteBuffer rest = log.restOfEntry(places[at]);
        places[at] += rest.remaining();
        markTold(log.offsetBefore(places[at]));
        return rest;
    }

    @Override
    void skipToHead() {
        assert DeliveryThread.hasTurn();
        for (int i = 0; i < feeds.length; i++) {
            places[i] = feeds[i].log().head();
            ownUntil[i] = places[i];
            markTold(feeds[i].log().offset());
        }
    }

    @Override
    void wroteLast() {
        assert DeliveryThread.hasTurn();
        for (int i = 0; i < feeds.length; i++) {
            ownUntil[i] = feeds[i].log().head();
        }
    }

    @Override
    int placeIn(Feed feed) {
        assert DeliveryThread.hasTurn();
        return placesInFeeds[indexOf(feed)];
    }

    @Override
    void placeIn(Feed feed, int place) {
        assert DeliveryThread.hasTurn();
        placesInFeeds[indexOf(feed)] = place;
    }

    private int indexOf(Feed feed) {
        for (int i = 0; i < feeds.length; i++) {
            if (feeds[i] == feed) {
                return i;
            }
        }
        throw new IllegalArgumentException("a feed that this follower does not follow");
    }

    @Override
    void enter(Follower follower) {
        assert DeliveryThread.hasTurn();
        for (Feed feed : feeds) {
            feed.add(follower);
        }
    }

    @Override
    void leave(Follower follower) {
        assert DeliveryThread.hasTurn();
        for (Feed feed : feeds) {
            feed.remove(follower);
        }
    }
}
