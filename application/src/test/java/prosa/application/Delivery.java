package prosa.application;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import prosa.domain.RoomName;

/** The delivery thread and what it owns, without visitors: wired as {@link Chat} does it, for tests of what lies below. */
final class Delivery implements AutoCloseable {
    final DeliveryThread thread = new DeliveryThread();
    final ScriptedEngine engine = new ScriptedEngine();
    final ChannelBatches batches = new ChannelBatches();
    final Connections connections = new Connections(thread, engine, batches);
    final Rooms rooms = new Rooms(thread, connections, engine);
    private long ids;

    Delivery() {
        thread.start();
        engine.start(batch -> thread.execute(() -> batch.forEach(rooms::deliver)));
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
        Follower follower = new Follower(++ids, subscriber, PlainCodec.PLAIN, connections, whenRetired);
        run(() -> connections.opened(follower));
        return follower;
    }

    /** A connection that follows the main room from now on. */
    Follower follow(FeedSubscriber subscriber) {
        Follower follower = connect(subscriber);
        run(() -> follower.follow(feed(), Optional.empty()));
        return follower;
    }

    /** A connection that follows the main room, and is told first what was said after a place. */
    Follower followAfter(long offset, FeedSubscriber subscriber) {
        Follower follower = connect(subscriber);
        run(() -> follower.follow(feed(), Optional.of(new Backlog.After(offset, rooms.offset(), Optional.empty()))));
        return follower;
    }

    /** The main room's feed. Delivery thread only. */
    Feed feed() {
        return rooms.feed(Set.of(RoomName.MAIN), PlainCodec.PLAIN);
    }

    void say(String text) {
        engine.say("main", "Ana", text);
    }

    /** A connection says something. */
    void sayAs(Follower follower, String text) {
        Await.result(engine.publish(ScriptedEngine.draft("main", "Ana", text), follower.id()));
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
