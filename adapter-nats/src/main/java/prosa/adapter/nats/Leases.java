package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.nats.Envelope.From;

/**
 * The leases of all nodes. That one is taken, and that it has lapsed, are entries of the stream: so each node knows of each message, by its
 * place, whether its lease held there, and none that slept past its own is heard any more. That a node still renews its lease stands in the
 * state.
 *
 * <p>The thread that follows the stream reads them, another one renews; {@link #own} and {@link #isOver} are asked by any.
 */
final class Leases {
    /** Between two renewals, and two looks at the others'. */
    static final Duration RENEWAL = Duration.ofSeconds(5);

    /** So many looks in a row at a lease that nobody has renewed: it has lapsed. Looks are counted, as a clock goes on where nobody looks. */
    static final int MISSED = 6;

    private static final String KIND = "Prosa-Kind";
    private static final String TAKEN = "lease";
    private static final String LAPSED = "lapse";
    private static final String OF = "Prosa-Of";
    private static final String FROM = "Prosa-From";
    private static final String KEYS = "lease.";
    private static final byte[] NOTHING = {};
    private static final int MOST_LATE = 100_000;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final String run;

    /** What happens when one has lapsed, on the thread that follows. */
    private Consumer<Lease> whenOver = lease -> {};

    private volatile boolean wanted;
    private volatile long epoch;
    private volatile Optional<Lease> own = Optional.empty();

    /** The numbers of those that have lapsed, in this epoch. */
    private final Set<Long> over = ConcurrentHashMap.newKeySet();

    // Owned by who follows.
    private long asked;

    private Optional<Long> askedAt = Optional.empty();

    /** Where what came too late stands: at most so many, as it is asked for only while a key is known. */
    private final Set<Long> late = ConcurrentHashMap.newKeySet();

    // Owned by who renews.
    private final Map<Lease, Seen> seen = new HashMap<>();

    /** How often in a row a lease was looked at since it was renewed. */
    private record Seen(long revision, int times) {}

    Leases(Places places, String run) {
        this.places = places;
        this.run = run;
    }

    /** From now on this node takes one. To be called before it follows. */
    void want(Consumer<Lease> whenOver) {
        this.whenOver = whenOver;
        wanted = true;
    }

    /** None any more: who has it gives it up. To be called when nobody of this node speaks. */
    void wantNone() {
        wanted = false;
    }

    /** Whether this node may speak. */
    boolean isReady() {
        return !wanted || own.isPresent();
    }

    Optional<Lease> own() {
        return own;
    }

    /** Whether it holds no more: it has lapsed, or is of another stream. */
    boolean isOver(Lease lease) {
        return lease.epoch() != epoch || over.contains(lease.number());
    }

    /**
     * Learns what has lapsed up to the copy's head.
     *
     * @param head what lies behind it is read in its turn
     */
    void begin(Link link, long head, long now) throws IOException {
        if (now != epoch) {
            over.clear();
            late.clear();
            own = Optional.empty();
            epoch = now;
        }
        for (long from = 1; from <= head; ) {
            Optional<MessageInfo> next = next(link, from);
            if (next.isEmpty() || next.get().getSeq() > head) {
                break;
            }
            from = next.get().getSeq() + 1;
            lapsed(next.get().getHeaders()).ifPresent(over::add);
        }
        if (own.isPresent() && isOver(own.get())) {
            own = Optional.empty();
        }
        askedAt = Optional.empty();
    }

    private Optional<MessageInfo> next(Link link, long from) throws IOException {
        try {
            return link.next(places.stream(), from, places.lapses());
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Asks for a lease, if there is none; again, if it does not come. */
    void takeIfWanted(Link link) {
        long now = System.nanoTime();
        if (wanted && own.isEmpty() && askedAt.filter(at -> now - at < PATIENCE).isEmpty()) {
            asked++;
            askedAt = Optional.of(now);
            Headers headers = new Headers().put(KIND, TAKEN).put(FROM, new From(run, asked).toString());
            link.publish(places.leases(), new Envelope(headers, NOTHING));
        }
    }

    static Optional<Long> lapsed(Headers headers) {
        String of = headers == null ? null : headers.getFirst(OF);
        return of != null && of.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(of)) : Optional.empty();
    }

    /** Reads an entry of the stream, if it is about a lease. */
    void read(Message message, long sequence, Link link) {
        if (message.getSubject().equals(places.leases())) {
            boolean ours = Envelope.from(message)
                    .filter(from -> from.equals(new From(run, asked)))
                    .isPresent();
            if (ours && own.isEmpty()) {
                own = Optional.of(new Lease(epoch, sequence));
            }
        } else if (message.getSubject().equals(places.lapses()) && message.hasHeaders()) {
            lapsed(message.getHeaders()).filter(over::add).ifPresent(number -> lapse(new Lease(epoch, number), link));
        }
    }

    private void lapse(Lease lease, Link link) {
        if (own.equals(Optional.of(lease))) {
            own = Optional.empty();
            askedAt = Optional.empty();
            if (wanted) {
                LOG.warn("The lease of this node has lapsed: it takes another, and its names back where they are free");
                takeIfWanted(link);
            }
        }
        whenOver.accept(lease);
    }

    /** Whether a message comes behind its lease's lapse. */
    boolean isTooLate(Message message, long sequence) {
        boolean tooLate = Envelope.lease(message)
                .filter(lease -> lease.epoch() == epoch && over.contains(lease.number()))
                .isPresent();
        if (tooLate && late.size() < MOST_LATE) {
            late.add(sequence);
        }
        return tooLate;
    }

    /** Whether what stands there did. */
    boolean isTooLate(long sequence) {
        return late.contains(sequence);
    }

    /**
     * Renews this node's, and looks at the others'. Every {@link #RENEWAL}, while the engine is there; blocks for as long as it takes
     * to answer.
     *
     * @param held the leases for which somebody holds a name
     */
    void renew(Link link, Set<Lease> held) throws IOException, InterruptedException {
        if (!wanted) {
            return;
        }
        try {
            KeyValue state = link.connection().keyValue(places.state());
            Optional<Lease> mine = own;
            if (mine.isPresent()) {
                state.put(KEYS + mine.get(), run);
            }
            Map<Lease, Long> revisions = new HashMap<>();
            held.forEach(lease -> revisions.put(lease, 0L));
            for (String key : state.keys(KEYS + "*")) {
                KeyValueEntry entry = state.get(key);
                Optional<Lease> lease = Lease.parse(key.substring(KEYS.length()));
                if (entry != null && lease.isPresent()) {
                    revisions.put(lease.get(), entry.getRevision());
                }
            }
            mine.ifPresent(revisions::remove);
            look(link, state, revisions);
        } catch (JetStreamApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void look(Link link, KeyValue state, Map<Lease, Long> revisions) throws IOException, JetStreamApiException {
        seen.keySet().retainAll(revisions.keySet());
        for (Map.Entry<Lease, Long> one : revisions.entrySet()) {
            Lease lease = one.getKey();
            if (isOver(lease)) {
                if (one.getValue() != 0) {
                    state.delete(KEYS + lease);
                }
                continue;
            }
            Seen before = seen.getOrDefault(lease, new Seen(-1, 0));
            Seen now = new Seen(one.getValue(), before.revision() == one.getValue() ? before.times() + 1 : 0);
            seen.put(lease, now);
            if (now.times() >= MISSED) {
                giveUp(link, lease);
            }
        }
    }

    /** Whatever the engine does with that: if it is not kept, the next look says so again. */
    void giveUp(Link link, Lease lease) {
        Headers headers = new Headers().put(KIND, LAPSED).put(OF, Long.toString(lease.number()));
        link.publish(places.lapses(), new Envelope(headers, NOTHING));
    }

    /** Time without the engine counts against nobody. */
    void forgetLooks() {
        seen.clear();
    }
}
