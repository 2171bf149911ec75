package prosa.adapter.nats;

import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives over one link, from where the copy ends: what was said meanwhile, and then what is said.
 *
 * <p>Owned by the thread that follows. Blocks.
 */
final class Arriving {
    /** The most that is given out at once. */
    private static final int GROUP = 1_000;

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Link link;
    private final Places places;
    private final CatchingUp past;
    private Optional<JetStreamSubscription> live = Optional.empty();

    /**
     * @param head where the copy ends
     * @param last the stream's last sequence
     */
    Arriving(Link link, Places places, long head, long last) {
        this.link = link;
        this.places = places;
        this.past = new CatchingUp(link, places, head, last);
    }

    /** Whether what was said meanwhile has arrived, but for a few. */
    boolean isLive() {
        return past.isOver();
    }

    /**
     * What has arrived by now, in the stream's order; waits a moment for the first.
     *
     * @param head where the copy ends: all that was given out before is in it
     */
    List<Message> next(long head) throws IOException, InterruptedException {
        List<Message> arrived = past.isOver() ? List.of() : past.next();
        if (!arrived.isEmpty() || !link.isOpen()) {
            return arrived;
        }
        if (live.isEmpty()) {
            live = Optional.of(link.follow(places.stream(), head + 1));
        }
        return next(link, live.get());
    }

    /** A subscription that fails ends its link. */
    static List<Message> next(Link link, JetStreamSubscription subscription) throws InterruptedException {
        List<Message> arrived = new ArrayList<>();
        try {
            @Nullable Message next = subscription.nextMessage(TICK);
            while (next != null) {
                arrived.add(next);
                next = arrived.size() < GROUP ? subscription.nextMessage((Duration) null) : null;
            }
        } catch (RuntimeException e) {
            // Of a closed connection it may be a null pointer, as it makes its consumer anew here.
            LOG.debug("The subscription has failed: {}", e.toString());
            link.cut("the connection has ended");
        }
        return arrived;
    }
}
