package prosa.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The delivery thread and what it owns, with lines in two or three feeds: for tests. */
final class Delivery implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(15);
    static final Heartbeat BEAT = new Heartbeat(EVERY, line("beat"));

    final DeliveryThread thread = new DeliveryThread();
    final ChannelBatches batches = new ChannelBatches();
    final Connections connections = new Connections(thread, batches, new HeapTrimmer());
    final Feeds feeds = new Feeds(thread, batches, Cadence.LONGEST);
    final ScriptedPast past = new ScriptedPast(thread);

    // What belongs to the turn.
    private final Map<String, Feed> open = new HashMap<>();
    private long delivered;

    /** Under the past's monitor. */
    private long offset;

    Delivery() {
        thread.start();
    }

    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Runs something on the delivery thread, and waits for it. */
    void run(Runnable task) {
        Await.result(CompletableFuture.runAsync(task, thread));
    }

    <T> T ask(Supplier<T> question) {
        return Await.result(CompletableFuture.supplyAsync(question, thread));
    }

    /** A connection that follows nothing yet. */
    Follower connect(FeedSubscriber subscriber) {
        return connect(subscriber, () -> {});
    }

    Follower connect(FeedSubscriber subscriber, Runnable whenRetired) {
        Follower follower = connections.connect(subscriber, Optional.of(BEAT), whenRetired);
        run(() -> connections.opened(follower));
        return follower;
    }

    /** A connection that follows the main feed from now on. */
    Follower follow(FeedSubscriber subscriber) {
        return follow(subscriber, "main");
    }

    Follower follow(FeedSubscriber subscriber, String... names) {
        Follower follower = connect(subscriber);
        run(() -> follow(follower, names));
        return follower;
    }

    /** Delivery thread only. */
    void follow(Follower follower, String... names) {
        follow(follower, Set.of(names), Optional.empty());
    }

    /** A connection that follows the main feed, and is told first what was said after a place. */
    Follower followAfter(long offset, FeedSubscriber subscriber) {
        Follower follower = connect(subscriber);
        Set<String> main = Set.of("main");
        run(() -> follow(follower, main, Optional.of(past.between(follower, main, offset, delivered))));
        return follower;
    }

    private void follow(Follower follower, Set<String> names, Optional<CatchUp> first) {
        List<Feed> followed = names.stream().map(this::feed).toList();
        follower.follow(followed, (behind, after, upTo) -> past.between(behind, names, after, upTo), first);
    }

    /** The main feed. Delivery thread only. */
    Feed feed() {
        return feed("main");
    }

    private Feed feed(String name) {
        Feed known = open.get(name);
        if (known != null) {
            return known;
        }
        Feed feed = feeds.open(delivered, () -> open.remove(name));
        open.put(name, feed);
        return feed;
    }

    /** Whether somebody follows it. */
    boolean isOpen(String name) {
        return ask(() -> open.containsKey(name));
    }

    void say(String text) {
        say("main", text, 0);
    }

    void sayIn(String name, String text) {
        say(name, text, 0);
    }

    /** A connection says something. */
    void sayAs(Follower follower, String text) {
        say("main", text, follower.id());
    }

    void say(String name, String text, long origin) {
        synchronized (past) {
            long said = ++offset;
            byte[] unit = line("said @" + said + " " + name + " Ana: " + text);
            past.add(said, name, unit);
            thread.execute(() -> deliver(name, unit, said, origin));
        }
    }

    private void deliver(String name, byte[] unit, long said, long origin) {
        delivered = said;
        if (open.containsKey(name)) {
            feed(name).append(unit, said, origin);
            connections.find(origin).ifPresent(sender -> sender.said(said));
        }
    }

    /** Tells what is not kept. */
    void tellIn(String name, String text) {
        run(() -> feed(name).append(line(text), 0, 0));
    }

    @Override
    public void close() {
        try {
            thread.stop();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
