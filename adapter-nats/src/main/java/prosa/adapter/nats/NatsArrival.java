package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import prosa.adapter.nats.Envelope.From;
import prosa.application.port.Arrival;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HouseClock;
import prosa.application.port.LogUnusable;
import prosa.application.port.LogUnusable.Reason;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.application.port.Tally;
import prosa.domain.Draft;
import prosa.domain.Message;

/** A stream to which a history is moved. */
public final class NatsArrival implements Arrival {
    /** What the engine has not answered yet is at most so much. */
    private static final int WINDOW = 2_000;

    private static final int WINDOW_BYTES = 8 << 20;
    private static final int OVERHEAD = 512;
    private static final int RUN_BYTES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Link link;
    private final Places places;
    private final Epochs epochs;
    private final Moves.Mark mark;
    private final boolean resumed;

    /** The sequence of the first message. */
    private final long first;

    private final String run;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Semaphore bytes = new Semaphore(WINDOW_BYTES);
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private long kept;
    private long epochBefore;

    private NatsArrival(Link link, Places places, Epochs epochs, Moves.Mark mark, boolean resumed, long first) {
        this.link = link;
        this.places = places;
        this.epochs = epochs;
        this.mark = mark;
        this.resumed = resumed;
        this.first = first;
        byte[] random = new byte[RUN_BYTES];
        new SecureRandom().nextBytes(random);
        this.run = HexFormat.of().formatHex(random);
    }

    /**
     * Makes the stream where it is missing, and marks it; what a move has left in it that did not end is taken away.
     *
     * @throws LogUnusable in one line: it is in use, has a history already, or other settings
     * @throws IOException if the engine is not there
     */
    public static NatsArrival open(SharedLog log, HouseClock clock)
            throws IOException, LogUnusable, InterruptedException {
        Places places = new Places(log.prefix());
        Premises premises = new Premises(places, log.replicas());
        Link link = Link.open(log, 1, PATIENCE);
        try {
            premises.ensure(link);
            Optional<KeyValueEntry> before = new Moves(places).find(link);
            Moves.Mark mark = marked(link, places, before);
            long first = link.look(places.stream()).getStreamState().getLastSequence() + 1;
            return new NatsArrival(link, places, new Epochs(places, clock), mark, before.isPresent(), first);
        } catch (IOException | LogUnusable | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** First the mark: whoever begins with the stream later sees it, and whoever has begun before is seen. */
    private static Moves.Mark marked(Link link, Places places, Optional<KeyValueEntry> before)
            throws IOException, LogUnusable, InterruptedException {
        Moves moves = new Moves(places);
        if (before.isPresent()) {
            moves.requireStill(link, false);
        }
        Moves.Mark mark = moves.begin(link, moves.find(link));
        try {
            moves.requireStill(link, true);
            if (before.isPresent()) {
                empty(link, places);
            } else {
                requireEmpty(link, places);
            }
            return mark;
        } catch (LogUnusable e) {
            if (before.isEmpty()) {
                mark.end();
            }
            mark.close();
            throw e;
        }
    }

    private static void requireEmpty(Link link, Places places) throws IOException, LogUnusable, InterruptedException {
        try {
            if (link.next(places.stream(), 1, places.rooms()).isPresent()
                    || !new FactBucket(places).readAll(link).isEmpty()) {
                throw new LogUnusable(Reason.NOT_EMPTY, places.stream());
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void empty(Link link, Places places) throws IOException {
        try {
            link.management().purgeStream(places.stream());
            new FactBucket(places).empty(link);
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public void copy(List<Copied> next, long upTo) throws IOException, InterruptedException {
        for (Copied copied : next) {
            if (!(copied.entry() instanceof Message message)) {
                throw new IllegalArgumentException("what was taken away elsewhere has no place here");
            }
            keep(copied, message);
        }
    }

    private void keep(Copied copied, Message message) throws IOException, InterruptedException {
        Draft draft =
                new Draft(message.room(), message.by(), message.via(), message.at(), message.text(), copied.key());
        long sequence = first + kept;
        kept++;
        From from = new From(run, kept);
        Envelope envelope = Envelope.of(draft, from.toString(), from, Optional.empty());
        send(places.subject(message.room()), envelope, ack -> ack.getSeqno() == sequence);
    }

    @Override
    public void keep(SortedMap<Kind, SortedMap<String, String>> facts) throws IOException, InterruptedException {
        FactBucket bucket = new FactBucket(places);
        for (Map.Entry<Kind, SortedMap<String, String>> ofKind : facts.entrySet()) {
            for (Map.Entry<String, String> fact : ofKind.getValue().entrySet()) {
                byte[] value = fact.getValue().getBytes(StandardCharsets.UTF_8);
                String subject = bucket.subject(new Fact(ofKind.getKey(), fact.getKey()));
                send(subject, new Envelope(new Headers(), value), ack -> true);
            }
        }
    }

    private void send(String subject, Envelope envelope, Predicate<PublishAck> isRight)
            throws IOException, InterruptedException {
        requireWell();
        int weight = Math.min(WINDOW_BYTES, OVERHEAD + envelope.body().length);
        window.acquire();
        bytes.acquire(weight);
        link.publish(subject, envelope).whenComplete((ack, thrown) -> {
            if (thrown != null) {
                failed(link.explained(String.valueOf(thrown.getMessage())));
            } else if (ack.isDuplicate() || !isRight.test(ack)) {
                failed("somebody else publishes to " + places.stream());
            }
            bytes.release(weight);
            window.release();
        });
    }

    private void failed(String why) {
        failure.compareAndSet(null, new IOException(why));
    }

    private void requireWell() throws IOException {
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void flush() throws IOException, InterruptedException {
        boolean answered = window.tryAcquire(WINDOW, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        requireWell();
        if (!answered) {
            throw new IOException(link.explained("the engine does not answer"));
        }
        window.release(WINDOW);
    }

    @Override
    public Tally settle(long before) throws IOException, InterruptedException {
        flush();
        epochBefore = before;
        Tally tally = new Tally();
        new StreamReading(link, places, 0).read(first, first + kept - 1, (next, upTo) -> {
            for (Copied copied : next) {
                if (copied.entry() instanceof Message message) {
                    tally.add(message, copied.key());
                }
            }
        });
        new FactBucket(places)
                .readAll(link)
                .forEach((kind, all) -> all.forEach((key, value) -> tally.add(kind, key, value)));
        return tally;
    }

    @Override
    public void finish() throws IOException {
        try {
            epochs.raise(link, link.management().getStreamInfo(places.stream()), epochBefore);
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
        mark.end();
    }

    @Override
    public void close() {
        mark.close();
        link.close();
    }
}
