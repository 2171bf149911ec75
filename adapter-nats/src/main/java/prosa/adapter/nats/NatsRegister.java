package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.nats.FactBucket.Written;
import prosa.adapter.nats.KnownFacts.Known;
import prosa.application.port.Register;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * The facts that all nodes share, in the bucket of the state. A change is done once it was read there, in the order that is the same for
 * all: so who was faster is settled before anybody is told that they were.
 *
 * <p>One thread asks the engine and reads what the bucket says. What was refused without knowing whether the engine has kept it is put back
 * as soon as it is seen that it has.
 */
final class NatsRegister implements Register, AutoCloseable {
    /** The most changes that wait for the engine. */
    static final int CAPACITY = 10_000;

    private static final String THREAD = "prosa-nats-register";

    /** Who watches hears of it within that time, or reads all of it again. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);

    private static final int SWEPT = 1_000;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String CLOSED = "closed";
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final FactBucket bucket;
    private final KnownFacts facts;
    private final Supplier<Optional<Link>> way;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(THREAD).factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    // Owned by the thread.
    private int reading;

    /** What the engine has, and was not read yet, by its revision. */
    private final TreeMap<Long, Unread> unread = new TreeMap<>();

    private final Map<Fact, Undecided> undecided = new HashMap<>();

    private record Change(
            Fact fact,
            Predicate<Optional<String>> condition,
            boolean isConditional,
            Optional<String> next,
            long deadline,
            CompletableFuture<Boolean> stage) {
        void refuse() {
            stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }

        boolean isOver() {
            return System.nanoTime() - deadline >= 0;
        }
    }

    private record Unread(Change change, Optional<String> before) {}

    /** It was refused, and may be kept. */
    private record Undecided(Optional<String> before, Optional<String> asked) {}

    /**
     * @param copy of the facts on this machine's disk; closed by whoever opened it
     * @param way to the engine
     */
    NatsRegister(Places places, Register copy, Supplier<Optional<Link>> way) {
        this.bucket = new FactBucket(places);
        this.facts = new KnownFacts(copy);
        this.way = way;
    }

    @Override
    public SortedMap<String, String> read(Kind kind) {
        return facts.read(kind);
    }

    @Override
    public Optional<String> find(Kind kind, String key) {
        return facts.read(kind, key);
    }

    @Override
    public CompletionStage<Void> keep(Kind kind, String key, String value) {
        return change(new Fact(kind, key), before -> true, false, Optional.of(value))
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Void> forget(Kind kind, String key) {
        return change(new Fact(kind, key), before -> true, false, Optional.empty())
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Boolean> replace(Kind kind, String key, Optional<String> known, Optional<String> next) {
        return change(new Fact(kind, key), known::equals, true, next);
    }

    @Override
    public void watch(Watcher watcher) {
        facts.tellTo(watcher);
    }

    private CompletableFuture<Boolean> change(
            Fact fact, Predicate<Optional<String>> condition, boolean isConditional, Optional<String> next) {
        long deadline = System.nanoTime() + InFlight.DEADLINE.toNanos();
        Change change = new Change(fact, condition, isConditional, next, deadline, new CompletableFuture<>());
        boolean taken = !closed && way.get().isPresent() && waiting.get() < CAPACITY;
        if (taken) {
            waiting.incrementAndGet();
            taken = execute(() -> carryOut(change));
        }
        if (!taken) {
            change.refuse();
        }
        return change.stage();
    }

    private boolean execute(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    private void carryOut(Change change) {
        waiting.decrementAndGet();
        Optional<Link> link = way.get();
        if (link.isEmpty() || change.isOver()) {
            change.refuse();
            return;
        }
        Known guess = facts.find(change.fact());
        try {
            Written written = bucket.write(
                    link.get(), change.fact(), guess, change.condition(), change.isConditional(), change.next());
            switch (written) {
                case Written.As(long revision) -> {
                    undecided.remove(change.fact());
                    unread.put(revision, new Unread(change, guess.value()));
                }
                case Written.Already() -> change.stage().complete(true);
                case Written.Not() -> change.stage().complete(false);
            }
        } catch (JetStreamApiException e) {
            LOG.debug("A fact is not kept: {}", e.getMessage());
            change.refuse();
        } catch (IOException e) {
            LOG.debug("A fact may be kept or not: {}", e.getMessage());
            refuse(change, guess.value());
        }
    }

    private void refuse(Change change, Optional<String> before) {
        undecided.put(change.fact(), new Undecided(before, change.next()));
        change.refuse();
    }

    /** What this node has changed and is read by now is done. */
    private void complete(long upTo) {
        Map<Long, Unread> read = unread.headMap(upTo, true);
        read.values().forEach(one -> one.change().stage().complete(true));
        read.clear();
    }

    /**
     * Reads all of the bucket, and watches it from then on. Blocks, until the first is done.
     *
     * @throws IOException if it can't be read
     */
    void begin(Link link) throws IOException, InterruptedException {
        CompletableFuture<Void> read = new CompletableFuture<>();
        if (!execute(() -> beginAnew(link, read))) {
            throw new IOException(CLOSED);
        }
        long deadline = System.nanoTime() + FactBucket.READING.toNanos();
        while (!isDone(read)) {
            if (!link.isOpen() || System.nanoTime() - deadline >= 0) {
                throw new IOException("the state can't be read");
            }
        }
    }

    private static boolean isDone(CompletableFuture<Void> read) throws IOException, InterruptedException {
        try {
            read.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(read.exceptionNow().getMessage()), e);
        } catch (TimeoutException _) {
            return false;
        }
    }

    private void beginAnew(Link link, CompletableFuture<Void> read) {
        reading++;
        int number = reading;
        facts.beginAnew();
        try {
            bucket.watch(link, new FactBucket.Reader() {
                @Override
                public void read(Optional<Fact> fact, Known now) {
                    var unused = execute(() -> readOne(link, number, fact, now));
                }

                @Override
                public void readAll() {
                    if (!execute(() -> endOfBucket(link, number, read))) {
                        read.completeExceptionally(new IOException(CLOSED));
                    }
                }
            });
        } catch (IOException e) {
            read.completeExceptionally(e);
        } catch (InterruptedException e) {
            read.completeExceptionally(e);
            Thread.currentThread().interrupt();
        }
    }

    private void readOne(Link link, int number, Optional<Fact> fact, Known now) {
        if (number != reading) {
            return;
        }
        if (fact.isPresent()) {
            facts.read(fact.get(), now);
            mend(link, fact.get());
        }
        complete(now.revision());
    }

    private void endOfBucket(Link link, int number, CompletableFuture<Void> read) {
        if (number == reading && !read.isDone()) {
            facts.endOfBucket();
            complete(Long.MAX_VALUE);
            Map.copyOf(undecided).keySet().forEach(fact -> mend(link, fact));
            undecided.clear(); // of what went over earlier links nothing comes any more
            read.complete(null);
        }
    }

    /** What was refused, and is kept all the same, is put back, unless that was done since. */
    private void mend(Link link, Fact fact) {
        Undecided before = undecided.get(fact);
        Known now = facts.find(fact);
        if (before == null
                || now.revision() == 0
                || !now.value().equals(before.asked())
                || now.value().equals(before.before())) {
            return;
        }
        undecided.remove(fact);
        try {
            bucket.putBack(link, fact, before.before(), now.revision());
        } catch (IOException | JetStreamApiException e) {
            LOG.warn("What was refused stays kept, a {}: {}", fact.kind(), e.getMessage());
        }
    }

    /** Refuses what the engine says that it has and that is not read in time. Now and then. Any thread. */
    void refuseOverdue() {
        execute(() -> unread.values().removeIf(one -> {
            boolean over = one.change().isOver();
            if (over) {
                refuse(one.change(), one.before());
            }
            return over;
        }));
    }

    /** Takes out of the bucket what only says that something was forgotten, long ago. Now and then. Any thread. */
    void sweep() {
        execute(() -> {
            Optional<Link> link = way.get();
            long before = System.nanoTime() - FORGOTTEN.toNanos();
            try {
                for (Map.Entry<Fact, Known> one :
                        facts.forgottenBefore(before, SWEPT).entrySet()) {
                    if (link.isPresent()) {
                        bucket.takeAway(link.get(), one.getKey(), one.getValue());
                        facts.isGone(one.getKey(), one.getValue());
                    }
                }
            } catch (IOException e) {
                LOG.debug("What was forgotten stays in the bucket: {}", e.getMessage());
            }
        });
    }

    /** Does what waits, as far as the engine is there, and takes nothing more. Blocks. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        execute(() -> complete(Long.MAX_VALUE)); // what the engine has is kept
        thread.shutdown();
        if (!thread.awaitTermination(InFlight.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow().clear();
        }
    }
}
