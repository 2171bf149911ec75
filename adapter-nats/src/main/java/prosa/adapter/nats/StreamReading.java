package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import prosa.application.port.Departure.Ear;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.Timeline;
import prosa.domain.Position;

/**
 * Reads a stream that nobody publishes to, once, from a place to its end, as each node reads it: what came behind its lease's lapse is
 * passed over, and times are set right. Blocks.
 */
final class StreamReading {
    private static final int GROUP = 1_000;
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Link link;
    private final Places places;
    private final Leases leases;
    private final long epoch;
    private final Timeline timeline = new Timeline(this::asked, Instant.EPOCH);
    private Instant asked = Instant.EPOCH;

    /** @param epoch of the stream */
    StreamReading(Link link, Places places, long epoch) {
        this.link = link;
        this.places = places;
        this.epoch = epoch;
        this.leases = new Leases(places, "");
    }

    private Instant asked() {
        return asked;
    }

    /**
     * @param last the stream's last sequence
     * @throws IOException if the engine does not give all of it
     */
    void read(long from, long last, Ear ear) throws IOException, InterruptedException {
        leases.begin(link, 0, epoch);
        boolean more = from <= last && isAnythingBehind(from);
        if (!more) {
            return;
        }
        JetStreamSubscription subscription = link.follow(places.stream(), from);
        while (more) {
            List<Copied> next = new ArrayList<>();
            long upTo = 0;
            for (int i = 0; i < GROUP && more; i++) {
                Message message = next(subscription);
                upTo = message.metaData().streamSequence();
                leases.read(message, upTo, link);
                if (!leases.isTooLate(message, upTo)) {
                    read(message, upTo).ifPresent(next::add);
                }
                more = upTo < last && message.metaData().pendingCount() > 0;
            }
            ear.hear(next, upTo);
        }
    }

    private boolean isAnythingBehind(long from) throws IOException {
        try {
            return link.next(places.stream(), from, ">").isPresent();
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Message next(JetStreamSubscription subscription) throws IOException, InterruptedException {
        try {
            Message next = subscription.nextMessage(SILENCE);
            if (next != null) {
                return next;
            }
        } catch (IllegalStateException e) {
            throw new IOException(link.explained("the connection has ended"), e);
        }
        throw new IOException(link.explained("the engine does not answer"));
    }

    private Optional<Copied> read(Message message, long sequence) {
        Position id = new Position(epoch, sequence);
        return places.room(message.getSubject())
                .flatMap(room -> Envelope.read(message, room, id))
                .map(this::inTime);
    }

    /** As {@link Filling} does it. */
    private Copied inTime(Copied copied) {
        asked = copied.entry().at();
        Instant at = timeline.keep(asked);
        return at.equals(asked) ? copied : new Copied(Envelope.at(copied.entry(), at), copied.key());
    }
}
