package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Names;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Who is called how in each room, over all nodes: a bucket has an entry for each name that is held, made only if there is none, with the lease
 * of the node that holds it. Once that has lapsed, whoever asks first takes it over; before, only who shows that they are the one who is there.
 *
 * <p>The engine is asked by one thread. What is watched ({@link Roster}) is what others have done up to a moment ago.
 */
final class NatsNames implements Names, Publishing.Speaking, Roster.Own, AutoCloseable {
    private static final int WHO_BYTES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final NameBucket bucket;
    private final Leases leases;
    private final String run;
    private final Supplier<Optional<Link>> ready;
    private final Roster roster;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService asking = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("prosa-nats-names").factory());

    /** What this node holds or is about to, by its entry's key. */
    private final Map<String, Held> own = new ConcurrentHashMap<>();

    /** What was given back, and may be in the bucket still. Owned by the thread that asks. */
    private final Map<String, Held> left = new ConcurrentHashMap<>();

    /** @param ready the link over which can be published now */
    NatsNames(Places places, Leases leases, String run, Supplier<Optional<Link>> ready) {
        this.bucket = new NameBucket(places);
        this.leases = leases;
        this.run = run;
        this.ready = ready;
        this.roster = new Roster(leases, run, this);
    }

    /** Who is at which node. */
    Roster roster() {
        return roster;
    }

    /** A name of this node's. What stands in the bucket is written by the thread that asks, and read by any. */
    private final class Held implements Hold {
        private final String key;
        private final Wanted wanted;
        private final CompletableFuture<Loss> lost = new CompletableFuture<>();
        private volatile Optional<RosterLine> line = Optional.empty();
        private volatile long revision;
        private volatile boolean fromElsewhere;

        /** What is to stand there. Written by the thread that asks. */
        private Optional<RosterLine.Shown> shown = Optional.empty();

        private boolean isWritten = true;

        Held(Wanted wanted) {
            this.key = Roster.key(wanted.room(), wanted.name());
            this.wanted = wanted;
        }

        private void stands(RosterLine now, long at) {
            revision = at;
            line = Optional.of(now);
        }

        /** What is to stand there under a lease, if something did before. */
        private Optional<RosterLine> under(Lease lease) {
            return line.map(there -> new RosterLine(lease, run, there.who(), shown));
        }

        private Optional<Lease> lease() {
            return line.map(RosterLine::lease);
        }

        @Override
        public void release() {
            if (own.remove(key, this)) {
                ask(() -> giveBack(this));
            }
        }

        @Override
        public boolean isFromElsewhere() {
            return fromElsewhere;
        }

        @Override
        public void show(Participant participant, Supplier<String> token, Optional<Name> before) {
            RosterLine.Shown now = new RosterLine.Shown(participant, RosterLine.hash(token.get()), before);
            Optional<RosterLine> earlier =
                    before.map(name -> own.get(Roster.key(wanted.room(), name))).flatMap(held -> held.line);
            ask(() -> {
                shown = Optional.of(now);
                line = line.map(there -> earlier.map(was -> there.of(was.who())).orElse(there));
                isWritten = false;
                write(this);
            });
        }

        @Override
        public void whenLost(Consumer<Loss> then) {
            lost.thenAccept(then);
        }
    }

    @Override
    public CompletionStage<Hold> take(Wanted wanted) {
        Held held = new Held(wanted);
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

    /** While what is said would have to wait, what is known now says nothing of the time when it is kept. */
    @Override
    public boolean isTakenElsewhere(RoomName room, Name name) {
        if (ready.get().isEmpty()) {
            throw new Refused(Reason.UNAVAILABLE);
        }
        return roster.isTakenElsewhere(Roster.key(room, name));
    }

    @Override
    public boolean isTakenElsewhere(Name name) {
        return roster.isTakenElsewhere(name);
    }

    /** That of their name, if they hold one, as the node may have another by now. */
    @Override
    public Optional<Lease> leaseOf(Draft draft) {
        Held held = own.get(Roster.key(draft.room(), draft.by()));
        return held == null ? leases.own() : held.lease().or(leases::own);
    }

    /** Who says something under a claimed name has shown its secret, as has whoever holds it. */
    @Override
    public boolean isAnothers(Draft draft) {
        return roster.isTakenElsewhereUnclaimed(Roster.key(draft.room(), draft.by()));
    }

    @Override
    public boolean isTooLate(long sequence) {
        return leases.isTooLate(sequence);
    }

    private void take(Held held) {
        Link link = ready.get().orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        Lease lease = leases.own().orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        try {
            Optional<RosterLine> again = held.under(lease);
            RosterLine line = again.orElseGet(() -> new RosterLine(lease, run, who(), Optional.empty()));
            // Whoever has lost it meanwhile does not get it back from whom has it now.
            NameBucket.Taken taken = bucket.take(
                    link, held.key, line, roster::isAnothers, by -> again.isEmpty() && by.isShownBy(held.wanted));
            held.stands(taken.line(), taken.revision());
            held.fromElsewhere = taken.fromElsewhere();
            left.remove(held.key);
        } catch (Refused refused) {
            throw refused;
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            throw new Refused(Reason.UNAVAILABLE);
        }
    }

    private String who() {
        byte[] drawn = new byte[WHO_BYTES];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** Tells the others what is new of somebody here; what can't be told now is once the engine is there. */
    private void write(Held held) {
        Optional<Link> link = ready.get();
        if (held.isWritten || held.line.isEmpty() || own.get(held.key) != held || link.isEmpty()) {
            return;
        }
        RosterLine now = held.under(held.line.get().lease()).orElseThrow();
        try {
            held.stands(now, bucket.write(link.get(), held.key, now, held.revision));
            held.isWritten = true;
        } catch (JetStreamApiException e) {
            LOG.debug("{} is another's: {}", held.key, e.getMessage()); // as the roster will tell
        } catch (IOException | RuntimeException e) {
            LOG.debug("Somebody is shown later: {}", e.getMessage());
        }
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
                bucket.free(link.get(), held.key, held.revision);
                left.remove(held.key, held);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                LOG.debug("A name is given back later: {}", e.getMessage());
            }
        }
    }

    @Override
    public void overtaken(String key, RosterLine by, long revision) {
        Held held = own.get(key);
        if (held != null && held.revision != 0 && revision > held.revision && own.remove(key, held)) {
            boolean isSame =
                    held.line.filter(line -> line.who().equals(by.who())).isPresent();
            held.lost.complete(isSame ? Loss.MOVED : Loss.TO_ANOTHER);
        }
    }

    /** What was written when the answer did not come. Of nobody here, nobody would ever give it back. */
    @Override
    public void seen(String key, RosterLine line, long revision) {
        Held held = own.get(key);
        if (held == null) {
            ask(() -> giveBack(key, revision));
        } else if (revision > held.revision) {
            ask(() -> {
                if (revision > held.revision && held.line.isPresent()) {
                    held.stands(line, revision);
                    write(held);
                }
            });
        }
    }

    private void giveBack(String key, long revision) {
        Optional<Link> link = ready.get();
        if (!own.containsKey(key) && link.isPresent()) {
            try {
                bucket.free(link.get(), key, revision);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                LOG.debug("What nobody holds is somebody's: {}", e.getMessage());
            }
        }
    }

    /** The engine is there again: what others do is watched anew. */
    void begin(Link link) {
        roster.await();
        ask(() -> {
            try {
                roster.begin(bucket, link);
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                link.cut(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether it is known who is at the other nodes. */
    boolean isKnown() {
        return roster.isKnown();
    }

    /** This node may speak: what could not be given back is, and what is of an earlier lease of its own is taken back. */
    void resume() {
        ask(() -> {
            List.copyOf(left.values()).forEach(this::giveBack);
            List.copyOf(own.values()).forEach(this::takeBack);
        });
    }

    private void takeBack(Held held) {
        if (held.lease().isPresent() && !held.lease().equals(leases.own())) {
            try {
                take(held);
            } catch (Refused refused) {
                if (refused.reason() == Reason.NAME_TAKEN && own.remove(held.key, held)) {
                    held.lost.complete(Loss.TO_ANOTHER);
                }
            }
        }
        write(held);
    }

    /** What a lapsed lease has left goes: whoever asks for such a name gets it all the same. */
    void clear(Lease lapsed) {
        roster.lapsed(lapsed);
        ask(() -> {
            List<String> keys = roster.of(lapsed).stream()
                    .filter(key -> !own.containsKey(key))
                    .toList();
            ready.get().ifPresent(link -> keys.forEach(key -> clear(link, key, lapsed)));
        });
    }

    private void clear(Link link, String key, Lease lapsed) {
        try {
            bucket.freeIfOf(link, key, lapsed);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.debug("What a lapsed lease has left stays: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        asking.shutdown();
    }
}
