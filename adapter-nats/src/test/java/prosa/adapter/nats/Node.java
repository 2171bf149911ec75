package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import prosa.adapter.sqlite.SqliteCopy;
import prosa.application.LocalNames;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.LogUnusable;
import prosa.application.port.Names;
import prosa.application.port.SharedLog;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** An engine with its copy, and what its listener heard. */
final class Node implements AutoCloseable {
    private static final Name OLGA = new Name("Olga");

    final SqliteCopy copy;
    final NatsEngine engine;
    final Names names;
    final List<Kept> heard = Collections.synchronizedList(new ArrayList<>());
    final ToldByOthers told = new ToldByOthers();
    final AtomicInteger anew = new AtomicInteger();

    private Node(SqliteCopy copy, NatsEngine engine, boolean names) {
        this.names = names ? engine.names() : new LocalNames();
        this.copy = copy;
        this.engine = engine;
    }

    static Node open(SharedLog log, Path folder) throws Exception {
        return open(log, folder, false, Leases.RENEWAL, batch -> {});
    }

    /** @param hearing is told of each batch on the thread that follows, before it is {@link #heard} */
    static Node open(SharedLog log, Path folder, Consumer<List<Kept>> hearing) throws Exception {
        return open(log, folder, false, Leases.RENEWAL, hearing);
    }

    /** One that has people. */
    static Node withNames(SharedLog log, Path folder) throws Exception {
        return withNames(log, folder, Leases.RENEWAL);
    }

    /** @param renewal between two renewals of a lease: on a busy machine a short one may lapse */
    static Node withNames(SharedLog log, Path folder, Duration renewal) throws Exception {
        return open(log, folder, true, renewal, batch -> {});
    }

    private static Node open(SharedLog log, Path folder, boolean names, Duration renewal, Consumer<List<Kept>> hearing)
            throws Exception {
        HouseClock clock = HouseClock.over(InstantSource.system());
        SqliteCopy copy = SqliteCopy.open(folder, clock);
        try {
            Node node = new Node(copy, NatsEngine.open(log, copy, copy.register(), clock, renewal), names);
            node.engine.nodes().start(node.told);
            node.engine.start(new KeptListener() {
                @Override
                public void kept(List<Kept> batch) {
                    hearing.accept(batch);
                    node.heard.addAll(batch);
                }

                @Override
                public void anew() {
                    node.anew.incrementAndGet();
                }
            });
            return node;
        } catch (LogUnusable e) {
            copy.close();
            throw e;
        }
    }

    List<Entry> entries() {
        synchronized (heard) {
            return heard.stream().map(Kept::entry).toList();
        }
    }

    CompletionStage<Message> saying(String text) {
        return engine.publish(draft(text, Optional.empty()), 7);
    }

    Message say(String text) throws Exception {
        return get(saying(text));
    }

    Message say(String text, String key) throws Exception {
        return get(engine.publish(draft(text, Optional.of(new Key(key))), 7));
    }

    static Draft draft(String text, Optional<Key> key) {
        return new Draft(RoomName.MAIN, new Name("Ana"), new Via("ws"), Instant.now(), new Text(text), key);
    }

    CompletionStage<List<Entry>> removing(Message gone) {
        return engine.remove(new Removal.One(gone.room(), gone.id(), OLGA, Instant.now()));
    }

    List<Entry> clear() throws Exception {
        return get(engine.remove(new Removal.All(RoomName.MAIN, OLGA, Instant.now())));
    }

    List<Message> history() throws Exception {
        List<Message> all = new ArrayList<>();
        long after = 0;
        while (true) {
            List<Message> page = get(engine.after(Set.of(RoomName.MAIN), after, Long.MAX_VALUE, Bound.messages(1_000)))
                    .messages();
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.getLast().id().offset();
        }
    }

    List<String> texts() throws Exception {
        return history().stream().map(message -> message.text().value()).toList();
    }

    /** Says something until it is kept. */
    Message sayOnceItCan(String text) throws Exception {
        awaitThat(() -> engine.outage().isEmpty());
        return say(text);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    /** Why it is refused. */
    static Reason refusal(CompletionStage<?> stage) throws Exception {
        try {
            get(stage);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                return refused.reason();
            }
            throw e;
        }
        throw new AssertionError("was not refused");
    }

    /** Within the thirty seconds that are promised. */
    static void awaitThat(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "it did not happen within 30 s");
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
