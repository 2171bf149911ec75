package prosa.adapter.nats;

import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.nats.Envelope.From;
import prosa.application.port.HistoryCopy;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryCopy.Source;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.MessagePublisher;
import prosa.application.port.Timeline;
import prosa.domain.Entry;
import prosa.domain.Position;
import prosa.domain.Reason;

/**
 * Fills the copy with what is read in the stream, then tells the listener, and then those who wait for it. Owned by the thread that follows
 * the stream.
 */
final class Filling {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final long ERASED_STEP = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final HistoryCopy copy;
    private final InFlight inFlight;
    private final KnownKeys keys;
    private final Erasing erasing;
    private final HouseClock clock;
    private final String run;
    private final Settling settling;
    private final Leases leases;
    private KeptListener listener = batch -> {};
    private Timeline timeline;
    private Instant asked = Instant.EPOCH;
    private long erasedUpTo;

    /** What to do with what the engine says is at a place, where it was not seen. */
    interface Settling {
        void settle(Pending pending, long sequence);
    }

    /** Whoever fills says why it can't be done now, and hears whether it is to be tried again. */
    interface Trouble {
        boolean isToTryAgain(String why);
    }

    /** @param run which run of which Prosa this is */
    Filling(
            Places places,
            HistoryCopy copy,
            InFlight inFlight,
            KnownKeys keys,
            Erasing erasing,
            HouseClock clock,
            String run,
            Settling settling,
            Leases leases) {
        this.leases = leases;
        this.places = places;
        this.copy = copy;
        this.inFlight = inFlight;
        this.keys = keys;
        this.erasing = erasing;
        this.clock = clock;
        this.run = run;
        this.settling = settling;
        this.timeline = new Timeline(() -> asked, Instant.EPOCH);
    }

    void tellTo(KeptListener from) {
        listener = from;
    }

    /** All up to there is in the copy. */
    long head() {
        return copy.head();
    }

    /** What follows comes from that log, behind the head. */
    void begin(Source source) throws IOException, InterruptedException {
        boolean anew = !copy.source().equals(Optional.of(source));
        copy.begin(source);
        if (anew) {
            inFlight.startOver(copy.head());
        } else {
            settle(copy.head());
        }
        keys.begin(copy.recentKeys(clock.instant(), clock.nanoTime()));
        timeline = new Timeline(() -> asked, copy.lastAt());
        erasedUpTo = copy.erasedUpTo();
        erasing.begin(erasedUpTo, removals(erasedUpTo), copy.head());
        if (anew) {
            tell(KeptListener::anew);
        }
    }

    private List<Entry> removals(long after) throws IOException, InterruptedException {
        try {
            return copy.removals(after).toCompletableFuture().get(Link.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the copy can't be read", e);
        }
    }

    /** Copies what has arrived, in the stream's order, and tells it. */
    void fill(List<Message> arrived, Link link, Trouble trouble) throws InterruptedException {
        List<Copied> next = new ArrayList<>(arrived.size());
        Map<Long, From> from = new HashMap<>();
        long upTo = copy.head();
        for (Message message : arrived) {
            long sequence = message.metaData().streamSequence();
            if (sequence > upTo) {
                upTo = sequence;
                leases.read(message, sequence, link);
                boolean late = leases.isTooLate(message, sequence);
                if (late) {
                    envelope(message, sequence).ifPresent(this::rememberLate);
                }
                Optional<Copied> copied = late ? Optional.empty() : read(message, sequence);
                copied.ifPresent(next::add);
                Envelope.from(message)
                        .filter(whose -> whose.run().equals(run) && (late || copied.isPresent()))
                        .ifPresent(whose -> from.put(sequence, whose));
            }
        }
        Optional<List<Entry>> counting = copied(next, upTo, trouble);
        if (counting.isPresent()) {
            tell(next, counting.get(), own(from), upTo);
        }
    }

    private Optional<Copied> read(Message message, long sequence) {
        return envelope(message, sequence).map(this::inTime);
    }

    private Optional<Copied> envelope(Message message, long sequence) {
        Position id = new Position(copy.epoch(), sequence);
        return places.room(message.getSubject()).flatMap(room -> Envelope.read(message, room, id));
    }

    private void rememberLate(Copied late) {
        if (late.entry() instanceof prosa.domain.Message said) {
            late.key().ifPresent(key -> keys.rememberLate(said, key));
        }
    }

    /** Nothing is earlier than what was before it. By what is in the stream alone, so that each node comes to the same. */
    private Copied inTime(Copied copied) {
        asked = copied.entry().at();
        Instant at = timeline.keep(asked);
        return at.equals(asked) ? copied : new Copied(Envelope.at(copied.entry(), at), copied.key());
    }

    /** Those that count; empty if it could not be done, and is not tried again. */
    private Optional<List<Entry>> copied(List<Copied> next, long upTo, Trouble trouble) throws InterruptedException {
        while (true) {
            try {
                return Optional.of(copy.copy(next, upTo));
            } catch (IOException e) {
                if (!trouble.isToTryAgain(String.valueOf(e.getMessage()))) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    /**
     * Who waits for what, by its place.
     *
     * @param from those that this run has published
     */
    private Map<Long, Pending> own(Map<Long, From> from) {
        Map<Long, Pending> own = new HashMap<>();
        from.forEach(
                (sequence, whose) -> inFlight.find(whose.number()).ifPresent(pending -> own.put(sequence, pending)));
        return own;
    }

    private void tell(List<Copied> next, List<Entry> counting, Map<Long, Pending> own, long upTo) {
        erasing.reach(counting, upTo);
        List<Kept> batch = new ArrayList<>(counting.size());
        for (Entry entry : counting) {
            Pending pending = own.get(entry.id().offset());
            batch.add(new Kept(entry, pending == null ? MessagePublisher.NO_CONNECTION : pending.origin()));
        }
        if (!batch.isEmpty()) {
            tell(to -> to.kept(batch));
        }
        for (Copied copied : next) {
            if (copied.entry() instanceof prosa.domain.Message message) {
                copied.key().ifPresent(key -> keys.remember(message, key));
            }
        }
        for (Entry entry : counting) {
            Pending pending = own.remove(entry.id().offset());
            if (pending != null) {
                pending.outcome().complete(entry);
            }
        }
        // A removal that finds nothing left, or what came behind its lease's lapse.
        own.values()
                .forEach(pending -> pending.refuse(pending.draft().isEmpty() ? Reason.NO_MESSAGE : Reason.UNAVAILABLE));
        settle(upTo);
    }

    private void settle(long upTo) {
        inFlight.reach(upTo).forEach(answered -> settling.settle(answered.pending(), answered.sequence()));
    }

    private interface Telling {
        void to(KeptListener listener);
    }

    private void tell(Telling telling) {
        try {
            telling.to(listener);
        } catch (RuntimeException e) {
            LOG.error("A listener failed: {}", e.toString());
        }
    }

    /** Keeps how far the stream is overwritten: whoever opens the copy looks behind that place for what is left. */
    void keepErased() {
        long now = erasing.erasedUpTo();
        if (erasing.takeNews() || now > erasedUpTo + ERASED_STEP) {
            try {
                copy.erasedUpTo(now);
                erasedUpTo = now;
            } catch (IOException e) {
                LOG.debug("{}", e.getMessage());
            }
        }
    }
}
