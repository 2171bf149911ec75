package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.LogUnusable;
import prosa.application.port.LogUnusable.Reason;

/**
 * That a history is being moved to a stream stands in the state until it is whole: no node begins with it before. Whoever moves renews it,
 * so that another move knows one that goes on from one that has ended.
 */
final class Moves {
    private static final String KEY = "moving";

    /** Of one that has ended, and not all of it has arrived. */
    private static final String STOPPED = "stopped";

    private static final String LEASES = "lease.";
    private static final Duration RENEWAL = Duration.ofSeconds(2);

    /** Longer than two renewals, of leases as well. */
    private static final Duration LOOK = Duration.ofSeconds(12);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;

    Moves(Places places) {
        this.places = places;
    }

    /** @throws LogUnusable if a move to this stream has not ended */
    void requireNone(Link link) throws IOException, LogUnusable {
        if (find(link).isPresent()) {
            throw new LogUnusable(Reason.MOVING, places.stream());
        }
    }

    /** That one has not ended. */
    Optional<KeyValueEntry> find(Link link) throws IOException {
        return ask(link, state -> Optional.ofNullable(state.get(KEY)));
    }

    private interface Question<T> {
        T ask(KeyValue state) throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T ask(Link link, Question<T> question) throws IOException {
        try {
            return question.ask(link.connection().keyValue(places.state()));
        } catch (JetStreamApiException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Sees to it that no Prosa has this stream, and nobody moves to it: who holds a lease, or has said that they move, is given time to show
     * that they are still there. Blocks; for some seconds if somebody was killed.
     *
     * @param isOwn whether it is this one that moves
     * @throws LogUnusable if it is in use
     */
    void requireStill(Link link, boolean isOwn) throws IOException, LogUnusable {
        Map<String, Long> before = signs(link, isOwn);
        long deadline = System.nanoTime() + LOOK.toNanos();
        while (!before.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            Map<String, Long> now = signs(link, isOwn);
            for (Map.Entry<String, Long> sign : now.entrySet()) {
                if (!sign.getValue().equals(before.get(sign.getKey()))) {
                    throw new LogUnusable(Reason.IN_USE, places.stream());
                }
            }
            before = now;
        }
    }

    /**
     * What somebody renews who is there, and its revision: 0 as long as they have not done so yet. Leases stand in the stream, before they are
     * renewed for the first time.
     */
    private Map<String, Long> signs(Link link, boolean isOwn) throws IOException {
        Map<String, Long> signs = new HashMap<>();
        for (long number : held(link)) {
            signs.put(LEASES + number, 0L);
        }
        return ask(link, state -> {
            for (String key : state.keys(LEASES + "*")) {
                Optional<String> sign =
                        Lease.parse(key.substring(LEASES.length())).map(lease -> LEASES + lease.number());
                KeyValueEntry entry = state.get(key);
                if (entry != null && sign.filter(signs::containsKey).isPresent()) {
                    signs.put(sign.get(), entry.getRevision());
                }
            }
            KeyValueEntry move = state.get(KEY);
            if (move != null && !isOwn && !STOPPED.equals(move.getValueAsString())) {
                signs.put(KEY, move.getRevision());
            }
            return signs;
        });
    }

    /** The numbers of the leases that were taken and have not lapsed. */
    private Set<Long> held(Link link) throws IOException {
        Set<Long> held = new HashSet<>();
        each(link, places.leases(), lease -> held.add(lease.getSeq()));
        each(link, places.lapses(), lapse -> Leases.lapsed(lapse.getHeaders()).ifPresent(held::remove));
        return held;
    }

    private void each(Link link, String subject, Consumer<MessageInfo> what) throws IOException {
        try {
            Optional<MessageInfo> next = link.next(places.stream(), 1, subject);
            while (next.isPresent()) {
                what.accept(next.get());
                next = link.next(places.stream(), next.get().getSeq() + 1, subject);
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Says that a history is being moved to the stream, until {@link Mark#end} says that it is whole.
     *
     * @param before what a move has said that did not end
     * @throws LogUnusable if another move was faster
     */
    Mark begin(Link link, Optional<KeyValueEntry> before) throws IOException, LogUnusable {
        try {
            KeyValue state = link.connection().keyValue(places.state());
            byte[] value = KEY.getBytes(StandardCharsets.UTF_8);
            return new Mark(
                    link,
                    before.isPresent()
                            ? state.update(KEY, value, before.get().getRevision())
                            : state.create(KEY, value));
        } catch (JetStreamApiException e) {
            if (BucketEntries.isOfAnotherRevision(e)) {
                throw new LogUnusable(Reason.IN_USE, places.stream());
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /** That this one moves. */
    final class Mark implements AutoCloseable {
        private final Link link;
        private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("prosa-nats-move").factory());

        // Guarded by this.
        private long revision;
        private boolean ended;

        private Mark(Link link, long revision) {
            this.link = link;
            this.revision = revision;
            var unused = renewing.scheduleWithFixedDelay(
                    this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void renew() {
            if (!ended) {
                try {
                    revision = ask(link, state -> state.update(KEY, KEY, revision));
                } catch (IOException e) {
                    LOG.debug("The move is not renewed: {}", e.getMessage());
                }
            }
        }

        /** It is whole, or has not begun: whoever likes may begin with the stream. */
        synchronized void end() throws IOException {
            ended = true;
            ask(link, state -> {
                state.delete(KEY);
                return revision;
            });
        }

        /** The next move need not wait to see whether this one goes on. */
        @Override
        public synchronized void close() {
            renewing.shutdownNow();
            if (!ended && link.isOpen()) {
                ended = true;
                try {
                    ask(link, state -> state.update(KEY, STOPPED, revision));
                } catch (IOException e) {
                    LOG.debug("That the move has ended is not told: {}", e.getMessage());
                }
            }
        }
    }
}
