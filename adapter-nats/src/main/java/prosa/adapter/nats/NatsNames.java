package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Names;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Who is called how in each room, over all nodes: a bucket has an entry for each name that is held, made only if there is none, with the lease
 * of the node that holds it. Once that has lapsed, whoever asks first takes it over.
 *
 * <p>The engine is asked by one thread. What is watched is what others have done up to a moment ago.
 */
final class NatsNames implements Names, Publishing.Speaking, AutoCloseable {
    private static final int WRONG_REVISION = 10_071;
    private static final int MOST_TRIES = 10;
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final Places places;
    private final Leases leases;
    private final Supplier<Optional<Link>> ready;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("prosa-nats-names").factory());

    /** What this node holds or is about to, by its entry's key. */
    private final Map<String, Held> own = new ConcurrentHashMap<>();

    /** What the bucket says, as far as it was watched, by its entries' keys. */
    private final Map<String, Lease> watched = new ConcurrentHashMap<>();

    /** What was given back, and may be in the bucket still. Owned by the thread that asks. */
    private final Map<String, Held> left = new ConcurrentHashMap<>();

    /** @param ready the link over which can be published now */
    NatsNames(Places places, Leases leases, Supplier<Optional<Link>> ready) {
        this.places = places;
        this.leases = leases;
        this.ready = ready;
    }

    /** A name of this node's. */
    private final class Held implements Hold {
        private final String key;
        private volatile Optional<Lease> lease = Optional.empty();
        private volatile long revision;
        private final CompletableFuture<Void> lost = new CompletableFuture<>();

        Held(String key) {
            this.key = key;
        }

        void holdBy(Lease by, long at) {
            revision = at;
            lease = Optional.of(by);
        }

        @Override
        public void release() {
            if (own.remove(key, this)) {
                ask(() -> giveBack(this));
            }
        }

        @Override
        public void whenLost(Runnable then) {
            lost.thenRun(then);
        }
    }

    private static String key(RoomName room, Name name) {
        byte[] utf8 = name.key().getBytes(StandardCharsets.UTF_8);
        return room.value() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }

    @Override
    public CompletionStage<Hold> take(RoomName room, Name name) {
        Held held = new Held(key(room, name));
        if (own.putIfAbsent(held.key, held) != null) {
            return CompletableFuture.failedStage(new Refused(Reason.NAME_TAKEN));
        }
        CompletableFuture<Hold> stage = new CompletableFuture<>();
        boolean asked = ask(() -> {
            try {
                take(held);
                stage.complete(held);
            } catch (Refused refused) {
                own.remove(held.key, held);
                stage.completeExceptionally(refused);
            }
        });
        if (!asked) {
            own.remove(held.key, held);
            stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }
        return stage;
    }

    private boolean ask(Runnable question) {
        try {
            asking.execute(question);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    @Override
    public boolean isTakenElsewhere(RoomName room, Name name) {
        String key = key(room, name);
        Lease lease = watched.get(key);
        return lease != null && !leases.isOver(lease) && !leases.own().equals(Optional.of(lease));
    }

    /** That of their name, if they hold one, as the node may have another by now. */
    @Override
    public Optional<Lease> leaseOf(Draft draft) {
        Held held = own.get(key(draft.room(), draft.by()));
        return held == null ? leases.own() : held.lease.or(leases::own);
    }

    @Override
    public boolean isTooLate(long sequence) {
        return leases.isTooLate(sequence);
    }

    /** The leases that hold names, as far as is known. */
    Set<Lease> leases() {
        return watched.values().stream().filter(lease -> !leases.isOver(lease)).collect(Collectors.toSet());
    }

    private void take(Held held) {
        Link link = ready.get().orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        Lease lease = leases.own().orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        try {
            KeyValue people = link.connection().keyValue(places.people());
            held.holdBy(lease, take(people, held.key, lease));
            left.remove(held.key);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new Refused(Reason.UNAVAILABLE);
        }
    }

    /** Whoever was faster has taken it, or cleared what a lapsed lease had left: that shows when one looks again. */
    private long take(KeyValue people, String key, Lease lease) throws IOException, JetStreamApiException {
        for (int tries = 1; ; tries++) {
            try {
                return tryToTake(people, key, lease);
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != WRONG_REVISION || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** @return the entry's revision */
    private long tryToTake(KeyValue people, String key, Lease lease) throws IOException, JetStreamApiException {
        byte[] value = lease.toString().getBytes(StandardCharsets.UTF_8);
        KeyValueEntry there = people.get(key);
        if (there == null) {
            return people.create(key, value);
        }
        // Of our own lease it is what could not be given back: what this node holds it knows.
        Optional<Lease> by = lease(there);
        if (by.isPresent() && !by.get().equals(lease) && !leases.isOver(by.get())) {
            throw new Refused(Reason.NAME_TAKEN);
        }
        return people.update(key, value, there.getRevision());
    }

    private static Optional<Lease> lease(KeyValueEntry entry) {
        return Lease.parse(entry.getValueAsString());
    }

    /** By its revision: what somebody else has taken meanwhile stays. */
    private void giveBack(Held held) {
        if (held.revision == 0) {
            return;
        }
        left.put(held.key, held);
        Optional<Link> link = ready.get();
        if (link.isPresent()) {
            try {
                link.get().connection().keyValue(places.people()).delete(held.key, held.revision);
                left.remove(held.key, held);
            } catch (JetStreamApiException e) {
                left.remove(held.key, held); // it is another's
            } catch (IOException | IllegalStateException e) {
                LOG.debug("A name is given back later: {}", e.getMessage());
            }
        }
    }

    /** The engine is there again: what could not be given back is, and what others do is watched anew. */
    void begin(Link link) {
        ask(() -> {
            watched.clear();
            try {
                link.connection().keyValue(places.people()).watchAll(new Watching());
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                link.cut(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** This node may speak: what could not be given back is, and what is of an earlier lease of its own is taken back. */
    void resume() {
        ask(() -> {
            List.copyOf(left.values()).forEach(this::giveBack);
            List.copyOf(own.values()).forEach(this::takeBack);
        });
    }

    private void takeBack(Held held) {
        if (held.lease.isEmpty() || held.lease.equals(leases.own())) {
            return;
        }
        try {
            take(held);
        } catch (Refused refused) {
            if (refused.reason() == Reason.NAME_TAKEN && own.remove(held.key, held)) {
                held.lost.complete(null);
            }
        }
    }

    /** What a lapsed lease has left goes: whoever asks for such a name gets it all the same. */
    void clear(Lease lapsed) {
        ask(() -> {
            List<String> keys = new ArrayList<>();
            watched.forEach((key, lease) -> {
                if (lease.equals(lapsed) && !own.containsKey(key)) {
                    keys.add(key);
                }
            });
            ready.get().ifPresent(link -> keys.forEach(key -> clear(link, key, lapsed)));
        });
    }

    private void clear(Link link, String key, Lease lapsed) {
        try {
            KeyValue people = link.connection().keyValue(places.people());
            @Nullable KeyValueEntry entry = people.get(key);
            if (entry != null && lease(entry).equals(Optional.of(lapsed))) {
                people.delete(key, entry.getRevision());
            }
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            LOG.debug("What a lapsed lease has left stays: {}", e.getMessage());
        }
    }

    private final class Watching implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            Optional<Lease> lease =
                    entry.getOperation() == KeyValueOperation.PUT ? lease(entry) : Optional.<Lease>empty();
            if (lease.isPresent()) {
                watched.put(entry.getKey(), lease.get());
            } else {
                watched.remove(entry.getKey());
            }
        }

        @Override
        public void endOfData() {}
    }

    @Override
    public void close() {
        asking.shutdown();
    }
}
