package prosa.application;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import prosa.application.port.Codec;
import prosa.application.port.Nodes;
import prosa.delivery.Await;
import prosa.delivery.BatchWriter;
import prosa.delivery.Cadence;
import prosa.delivery.Connections;
import prosa.delivery.DeliveryThread;
import prosa.delivery.FakeSubscriber;
import prosa.delivery.FeedSubscriber;
import prosa.delivery.Feeds;
import prosa.delivery.HeapTrimmer;
import prosa.domain.RoomName;

/** Rooms, their past, and those who listen, without visitors: wired as {@link Chat} does it, for tests of what lies below. */
final class Audience implements AutoCloseable {
    final DeliveryThread thread = new DeliveryThread();
    final ScriptedEngine engine = new ScriptedEngine();
    final Connections connections = new Connections(thread, BatchWriter.NONE, new HeapTrimmer());
    final Reads reads = new Reads(thread);
    final EncodedPages pages = new EncodedPages(engine, reads);
    final Measure measure = new Measure(engine, reads);
    final Replays replays = new Replays(engine.epoch(), pages, measure, thread);
    final Rooms rooms = new Rooms(
            thread,
            connections,
            new Feeds(thread, BatchWriter.NONE, Cadence.LONGEST),
            engine,
            reads,
            replays,
            new Elsewhere(Nodes.NONE),
            Integer.MAX_VALUE);

    /** With a thread that delivers. */
    static Audience open() {
        Audience audience = new Audience();
        audience.thread.start();
        audience.engine.start(batch -> audience.thread.execute(() -> batch.forEach(audience.rooms::deliver)));
        return audience;
    }

    /** Runs something on the delivery thread, and waits for it. */
    void run(Runnable task) {
        Await.result(CompletableFuture.runAsync(task, thread));
    }

    <T> T ask(Supplier<T> question) {
        return Await.result(CompletableFuture.supplyAsync(question, thread));
    }

    /** A connection that follows nothing yet. */
    Recipient connect(FeedSubscriber subscriber) {
        return connect(subscriber, PlainCodec.PLAIN);
    }

    Recipient connect(FeedSubscriber subscriber, Codec codec) {
        Recipient recipient = recipient(subscriber, codec);
        run(() -> connections.opened(recipient.follower()));
        return recipient;
    }

    private Recipient recipient(FeedSubscriber subscriber, Codec codec) {
        return new Recipient(connections.connect(subscriber, codec.heartbeat(), () -> {}), codec);
    }

    /** A connection that follows the main room from now on. */
    Recipient follow(FeedSubscriber subscriber) {
        return follow(subscriber, Optional::empty);
    }

    /** A connection that follows the main room, and is told first what was said after a place. */
    Recipient followAfter(long offset, FeedSubscriber subscriber) {
        return follow(subscriber, () -> Optional.of(after(offset)));
    }

    private Recipient follow(FeedSubscriber subscriber, Supplier<Optional<Backlog>> first) {
        Recipient recipient = connect(subscriber);
        run(() -> follow(recipient, first.get(), RoomName.MAIN));
        return recipient;
    }

    /** Delivery thread only. */
    void follow(Recipient recipient, Optional<Backlog> first, RoomName... names) {
        rooms.follow(recipient, Set.of(names), first);
    }

    private Backlog.After after(long offset) {
        return new Backlog.After(offset, rooms.offset(), Optional.empty());
    }

    void say(String text) {
        engine.say("main", "Ana", text);
    }

    /** One that was not said anything to yet. */
    Person person() {
        return new Person(Lobby.over("ws"), recipient(new FakeSubscriber(), PlainCodec.PLAIN));
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
