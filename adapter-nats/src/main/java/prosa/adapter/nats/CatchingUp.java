package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was said while nobody read here, over one link, in helpings: one is asked for while the one before is copied, so that never more
 * than two are in memory. Of a consumer that pushes up to 32 MB would wait there, and each collection would copy them.
 *
 * <p>It need not get to the end. Whatever keeps it from that, the rest is left to who follows the stream from there.
 *
 * <p>Owned by the thread that follows. Blocks.
 */
final class CatchingUp {
    /**
     * The most that is asked for at once: two of them outlive a collection where {@code ./prosa} leaves 1.6 MB for that. Of 1,000 each
     * collection moved some to the old generation.
     */
    static final int HELPING = 250;

    /** As the engine counts: any one message fits in. Of what people write a helping has a twentieth. */
    private static final long HELPING_BYTES = 2 << 20;

    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** The engine forgets a consumer that was not asked for as long, as nobody tells it to: the account need not let us. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Link link;
    private final Places places;
    private Optional<JetStreamSubscription> subscription = Optional.empty();

    /** All up to there was given out. */
    private long head;

    /** What the consumer has given: it counts from 1, without gaps. */
    private long counted;

    private boolean over;

    /**
     * @param head where the copy ends
     * @param last the stream's last sequence: if that is near, there is nothing to do here
     */
    CatchingUp(Link link, Places places, long head, long last) {
        this.link = link;
        this.places = places;
        this.head = head;
        this.over = last - head < HELPING;
    }

    /** Whether the rest is for who follows. */
    boolean isOver() {
        return over;
    }

    /** What comes next in the stream's order; nothing if that {@link #isOver is over}. */
    List<Message> next() throws IOException, InterruptedException {
        List<Message> arrived = List.of();
        while (arrived.isEmpty() && !over) {
            boolean anew = subscription.isEmpty();
            JetStreamSubscription asked = anew ? subscribe() : subscription.get();
            arrived = helping(asked);
            if (arrived.isEmpty()) {
                // Of one that has given before, its server may be gone: another goes on. One that gives nothing at all
                // won't.
                end();
                over = anew;
            }
        }
        return arrived;
    }

    private JetStreamSubscription subscribe() throws IOException {
        ConsumerConfiguration from = ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(head + 1)
                .ackPolicy(AckPolicy.None)
                .inactiveThreshold(FORGOTTEN)
                .memStorage(true)
                .numReplicas(1)
                .build();
        PullSubscribeOptions options = PullSubscribeOptions.builder().stream(places.stream())
                .configuration(from)
                .build();
        try {
            JetStreamSubscription begun = link.stream().subscribe(null, options);
            subscription = Optional.of(begun);
            counted = 0;
            ask(begun);
            return begun;
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What there is, and no more: at the end nobody is waited for. */
    private static void ask(JetStreamSubscription of) {
        of.pull(PullRequestOptions.noWait(HELPING).maxBytes(HELPING_BYTES).build());
    }

    private List<Message> helping(JetStreamSubscription of) throws InterruptedException {
        List<Message> arrived = new ArrayList<>(HELPING);
        try {
            Optional<Message> next = after(of);
            while (next.isPresent()) {
                arrived.add(next.get());
                next = arrived.size() < HELPING ? after(of) : Optional.empty();
            }
            if (!arrived.isEmpty()) {
                goOn(of, arrived.getLast());
            }
        } catch (JetStreamStatusException e) {
            LOG.debug("The consumer is gone: {}", e.getMessage());
            end();
        } catch (RuntimeException e) {
            LOG.debug("The subscription has failed: {}", e.toString());
            link.cut("the connection has ended");
            over = true;
        }
        return arrived;
    }

    /** Empty if the helping ends there, or something is missing. */
    private Optional<Message> after(JetStreamSubscription of) throws InterruptedException {
        Optional<Message> next = Optional.ofNullable(of.nextMessage(SILENCE));
        if (next.isEmpty() || next.get().metaData().consumerSequence() != counted + 1) {
            return Optional.empty();
        }
        counted++;
        head = next.get().metaData().streamSequence();
        return next;
    }

    private void goOn(JetStreamSubscription of, Message last) {
        if (last.metaData().pendingCount() < HELPING) {
            over = true;
            end();
        } else {
            ask(of);
        }
    }

    private void end() {
        subscription.ifPresent(ended -> {
            try {
                ended.unsubscribe();
            } catch (IllegalStateException e) {
                LOG.debug("{}", e.getMessage());
            }
        });
        subscription = Optional.empty();
    }
}
