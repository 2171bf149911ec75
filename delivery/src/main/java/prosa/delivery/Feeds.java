package prosa.delivery;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** All feeds, and the memory that their logs share. */
@OwnedByTurn
public final class Feeds {
    private final DeliveryThread deliveryThread;
    private final WriteBatch batch;
    private final CommonRound common;
    private final Duration longestPause;
    private final LogMemory memory = new LogMemory();
    private final Set<Feed> open = new LinkedHashSet<>();

    /**
     * @param batchWriter closed by whoever made it, when nothing is delivered any more
     * @param longestPause between two rounds of a feed, see {@link Cadence}
     */
    public Feeds(DeliveryThread deliveryThread, BatchWriter batchWriter, Duration longestPause) {
        this.deliveryThread = deliveryThread;
        this.common = new CommonRound(deliveryThread, longestPause);
        this.longestPause = longestPause;
        this.batch = new WriteBatch(batchWriter);
    }

    /**
     * Opens a feed, which closes when its last follower has left.
     *
     * @param offset everything up to there is older than this feed
     * @param whenClosed called then, by whoever has the turn
     */
    public Feed open(long offset, Runnable whenClosed) {
        assert DeliveryThread.hasTurn();
        Feed feed = new Feed(new FeedLog(offset, memory), deliveryThread, batch, common, longestPause, closed -> {
            closed.log().release();
            open.remove(closed);
            whenClosed.run();
        });
        open.add(feed);
        return feed;
    }

    /**
     * The look once a second.
     *
     * @param now by {@link System#nanoTime}
     */
    public void inspect(long now) {
        assert DeliveryThread.hasTurn();
        open.forEach(feed -> feed.inspect(now));
        memory.inspect(now);
    }
}
