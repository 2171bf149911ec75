package prosa.delivery;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rounds over those who follow several feeds, of all feeds together. In the rounds of each feed they would be written to as often as
 * they follow feeds that somebody speaks in: 32 times as often in the worst case, for a third of the deliveries per CPU second (decision 31).
 */
@OwnedByTurn
final class CommonRound {
    /** Whoever follows many feeds is met once in each, and mostly to be passed over. */
    private static final int LOOKS_PER_TURN = 1_024;

    private final DeliveryThread deliveryThread;
    private final Cadence cadence;
    private final ByteBuffer together = ByteBuffer.allocateDirect(MergedCursor.AT_ONCE);

    /** In which something was said that those who also follow others have not been told. */
    private Set<Feed> due = new LinkedHashSet<>();

    /** Of the round under way. */
    private List<Feed> feeds = List.of();

    /** How often something was said, to tell whether anything was since. */
    private long appends;

    private int feed;
    private int follower;
    private boolean underWay;

    CommonRound(DeliveryThread deliveryThread, Duration longestPause) {
        this.cadence = new Cadence(longestPause);
        this.deliveryThread = deliveryThread;
    }

    /** Where what lies apart is copied together, see {@link MergedCursor}. */
    ByteBuffer together() {
        assert DeliveryThread.hasTurn();
        return together;
    }

    /** Grows with each entry that somebody may read who follows several feeds. */
    long appends() {
        assert DeliveryThread.hasTurn();
        return appends;
    }

    /** Something was said in a feed. */
    void include(Feed told) {
        assert DeliveryThread.hasTurn();
        appends++;
        due.add(told);
        if (!underWay) {
            underWay = true;
            deliveryThread.at(cadence.nextRound(System.nanoTime()), this::begin);
        }
    }

    /** Somebody took another's place in a feed, and may be passed over by the round under way. */
    void lookAgain(Feed changed) {
        assert DeliveryThread.hasTurn();
        if (underWay) {
            due.add(changed);
        }
    }

    private void begin() {
        feeds = new ArrayList<>(due);
        due = new LinkedHashSet<>();
        feed = 0;
        follower = 0;
        cadence.begin(System.nanoTime());
        goOn();
    }

    private void goOn() {
        long began = System.nanoTime();
        int written = 0;
        int looked = 0;
        while (feed < feeds.size() && written < Feed.FOLLOWERS_PER_TURN && looked < LOOKS_PER_TURN) {
            looked++;
            Followers told = feeds.get(feed).severals();
            if (follower < told.count()) {
                Follower next = told.at(follower++);
                if (!next.isIdle()) {
                    next.flush();
                    written++;
                }
            } else {
                feed++;
                follower = 0;
            }
        }
        cadence.worked(System.nanoTime() - began, looked);
        if (feed < feeds.size()) {
            deliveryThread.execute(this::goOn);
        } else {
            end();
        }
    }

    private void end() {
        feeds.forEach(Feed::forgetIfRead);
        feeds = List.of();
        underWay = !due.isEmpty();
        if (underWay) {
            deliveryThread.at(cadence.nextRound(System.nanoTime()), this::begin);
        }
    }
}
