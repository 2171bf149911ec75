package prosa.delivery;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Those who follow a feed, by place: whoever leaves gives their place to the last. */
@OwnedByTurn
final class Followers {
    private final Feed feed;
    private @Nullable Follower[] followers = new Follower[4];
    private int count;

    Followers(Feed feed) {
        this.feed = feed;
    }

    int count() {
        assert DeliveryThread.hasTurn();
        return count;
    }

    Follower at(int place) {
        assert DeliveryThread.hasTurn();
        return Objects.requireNonNull(followers[place]);
    }

    void add(Follower follower) {
        assert DeliveryThread.hasTurn();
        if (count == followers.length) {
            followers = Arrays.copyOf(followers, count * 2);
        }
        follower.cursor().placeIn(feed, count);
        followers[count++] = follower;
    }

    /** @return the place that it had, and that the last one has now */
    int remove(Follower follower) {
        assert DeliveryThread.hasTurn();
        int place = follower.cursor().placeIn(feed);
        Follower last = at(--count);
        followers[place] = last;
        last.cursor().placeIn(feed, place);
        followers[count] = null;
        return place;
    }

    /** Nobody is told anything more, so that all can resume. */
    void sendAway() {
        assert DeliveryThread.hasTurn();
        for (int i = count - 1; i >= 0; i--) {
            at(i).sendAway();
        }
    }

    boolean areUpToDate() {
        assert DeliveryThread.hasTurn();
        for (int i = 0; i < count; i++) {
            if (!at(i).isUpToDate()) {
                return false;
            }
        }
        return true;
    }
}
