package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.HistoryCopy;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.HouseClock;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Position;
import prosa.domain.Removed;

/**
 * Which epoch the stream has, for all nodes: it stands in the state, and is raised, once for all, when sequences that were given are given
 * to others: the stream was made anew, or put back to what it was before.
 */
final class Epochs {
    /** So many of the copy's last entries are compared with the stream's. */
    private static final int COMPARED = 16;

    private static final String KEY = "epoch";
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final HouseClock clock;

    Epochs(Places places, HouseClock clock) {
        this.places = places;
        this.clock = clock;
    }

    /**
     * What the state says.
     *
     * @param created when the stream was made that had this epoch first
     */
    private record State(long epoch, String created, long revision) {
        byte[] value() {
            return (epoch + " " + created).getBytes(StandardCharsets.UTF_8);
        }

        static State of(KeyValueEntry entry) throws IOException {
            String[] parts = String.valueOf(entry.getValueAsString()).split(" ", 2);
            if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
                throw new IOException(entry.getBucket() + ": " + KEY + " can't be read");
            }
            return new State(Long.parseLong(parts[0]), parts[1], entry.getRevision());
        }
    }

    /**
     * Finds out what the stream is that a copy is to be of, and raises its epoch if need be. Blocks.
     *
     * @param stream as it is now
     */
    Source source(Link link, StreamInfo stream, HistoryCopy copy) throws IOException, InterruptedException {
        try {
            KeyValue state = link.connection().keyValue(places.state());
            String created = created(stream);
            while (true) {
                KeyValueEntry entry = state.get(KEY);
                Optional<Source> before =
                        copy.source().filter(source -> source.stream().equals(places.stream()));
                long known = before.map(Source::epoch).orElse(0L);
                if (entry == null) {
                    long first = stream.getCreateTime().toInstant().toEpochMilli();
                    create(state, new State(known == 0 ? first : Math.max(first, known + 1), created, 0));
                    continue;
                }
                State now = State.of(entry);
                Optional<String> why = other(link, stream, copy, known, now, created);
                if (why.isEmpty()) {
                    return new Source(places.stream(), now.epoch());
                }
                long next = Math.max(clock.millis(), Math.max(now.epoch(), known) + 1);
                raise(state, new State(next, created, now.revision()), why.get());
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The epoch that all nodes have agreed on; 0 if they have not yet. Blocks. */
    long agreed(Link link) throws IOException {
        try {
            KeyValueEntry entry = link.connection().keyValue(places.state()).get(KEY);
            return entry == null ? 0 : State.of(entry).epoch();
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Gives the stream an epoch that it has not had. Blocks.
     *
     * @param above than which it is later
     */
    void raise(Link link, StreamInfo stream, long above) throws IOException {
        try {
            KeyValue state = link.connection().keyValue(places.state());
            KeyValueEntry entry = state.get(KEY);
            long before = entry == null ? 0 : State.of(entry).epoch();
            long next = Math.max(clock.millis(), Math.max(above, before) + 1);
            state.put(KEY, new State(next, created(stream), 0).value());
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** When a stream was made is kept with it, to the nanosecond: it is the same one as long as that is. */
    static String created(StreamInfo stream) {
        ZonedDateTime created = stream.getCreateTime();
        return created.toInstant().toString();
    }

    /** Why the epoch in the state is not the stream's; empty if it is. */
    private Optional<String> other(
            Link link, StreamInfo stream, HistoryCopy copy, long known, State now, String created)
            throws IOException, JetStreamApiException, InterruptedException {
        if (!now.created().equals(created)) {
            return Optional.of("it was made anew");
        }
        if (known > now.epoch()) {
            return Optional.of("it is an older one");
        }
        if (known < now.epoch()) {
            return Optional.empty();
        }
        long last = stream.getStreamState().getLastSequence();
        if (copy.head() > last) {
            return Optional.of("it ends at %d, and %d was kept".formatted(last, copy.head()));
        }
        return differs(link, copy) ? Optional.of("it has other messages than were kept") : Optional.empty();
    }

    private boolean differs(Link link, HistoryCopy copy)
            throws IOException, JetStreamApiException, InterruptedException {
        for (Entry ours : newest(copy)) {
            Optional<Entry> theirs = find(link, ours.id());
            // What is gone there was taken away, of which we hear in its turn.
            if (theirs.isPresent() && !isSame(ours, theirs.get())) {
                return true;
            }
        }
        return false;
    }

    private static List<Entry> newest(HistoryCopy copy) throws IOException, InterruptedException {
        try {
            return copy.newest(COMPARED).toCompletableFuture().get(Link.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw new IOException("the copy can't be read", e);
        }
    }

    private Optional<Entry> find(Link link, Position id) throws IOException, JetStreamApiException {
        return link.find(places.stream(), id.offset()).flatMap(found -> entry(found, id));
    }

    private Optional<Entry> entry(MessageInfo found, Position id) {
        Message message = io.nats.client.impl.NatsMessage.builder()
                .subject(found.getSubject())
                .headers(found.getHeaders())
                .data(found.getData())
                .build();
        return places.room(String.valueOf(found.getSubject()))
                .flatMap(in -> Envelope.read(message, in, id))
                .map(Copied::entry);
    }

    /** But for its time, which may have been set right in the stream's order. */
    private static boolean isSame(Entry ours, Entry theirs) {
        return switch (ours) {
            case prosa.domain.Message message -> theirs instanceof prosa.domain.Message other && isSame(message, other);
            case Removed removed ->
                theirs instanceof Removed other
                        && removed.of().equals(other.of())
                        && removed.room().equals(other.room())
                        && removed.by().equals(other.by());
            case Cleared cleared ->
                theirs instanceof Cleared other
                        && cleared.room().equals(other.room())
                        && cleared.by().equals(other.by());
        };
    }

    private static boolean isSame(prosa.domain.Message ours, prosa.domain.Message theirs) {
        return ours.room().equals(theirs.room())
                && ours.by().equals(theirs.by())
                && ours.via().equals(theirs.via())
                && ours.text().value().equals(theirs.text().value());
    }

    private static void create(KeyValue state, State first) throws IOException, JetStreamApiException {
        try {
            state.create(KEY, first.value());
        } catch (JetStreamApiException e) {
            requireLost(e);
        }
    }

    private void raise(KeyValue state, State next, String why) throws IOException, JetStreamApiException {
        try {
            state.update(KEY, next.value(), next.revision());
            LOG.warn("The stream {} gets a new epoch, as {}: who comes back is told of a gap", places.stream(), why);
        } catch (JetStreamApiException e) {
            requireLost(e);
        }
    }

    /** Another node was faster, and what it wrote is read again. */
    private static void requireLost(JetStreamApiException e) throws JetStreamApiException {
        if (!BucketEntries.isOfAnotherRevision(e)) {
            throw e;
        }
    }
}
