package prosa.application;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import prosa.application.port.Codec;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Peer;
import prosa.delivery.CloseReason;
import prosa.delivery.Connections;
import prosa.delivery.DeliveryThread;
import prosa.delivery.FeedSubscriber;
import prosa.delivery.Follower;

/**
 * Somebody at the door or in a room, over a connection on which they can speak. Made by {@link Chat#visit}.
 *
 * <p>{@link #hear}, {@link #hearLater}, {@link #speak} and {@link #gone} may be called on any thread, but for one connection not by
 * two at once: what is heard is done in that order, on the delivery thread, by the {@link Conversation}.
 */
public final class Visitor {
    /** The most people that a welcome or a who names. */
    public static final int PRESENT_LIMIT = 100;

    /** How many messages a welcome brings. */
    public static final int RECENT_LIMIT = 50;

    /** So many commands of one client may be under way before its wire stops reading... */
    private static final int HIGH_WATERMARK = 64;

    /** ... until so few are left. */
    private static final int LOW_WATERMARK = 32;

    private final Peer peer;
    private final FeedSubscriber subscriber;
    private final Runnable whenOver;
    private final Recipient recipient;
    private final Conversation conversation;
    private final DeliveryThread deliveryThread;

    /** Commands that were heard and are not done. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final AtomicBoolean readingStopped = new AtomicBoolean();

    /** @param whenOver run once, when they are gone */
    Visitor(
            Peer peer,
            Codec codec,
            FeedSubscriber subscriber,
            Connections connections,
            DeliveryThread deliveryThread,
            Conversations conversations,
            Runnable whenOver) {
        this.peer = peer;
        this.whenOver = whenOver;
        this.subscriber = subscriber;
        this.deliveryThread = deliveryThread;
        this.recipient = new Recipient(connections.connect(subscriber, codec.heartbeat(), this::ended), codec);
        this.conversation = conversations.with(new Person(peer, recipient), this::done);
    }

    private void ended() {
        whenOver.run();
        conversation.ended();
    }

    /**
     * Takes a command. Never blocks; answers go to the connection's {@link FeedSubscriber}.
     *
     * <p>The calling thread may become the delivery thread for up to a millisecond, and do what others are waiting for (decision
     * 2). So it must hold no lock that a delivery could need: else it is {@link #hearLater}.
     *
     * @return false if this is enough for now: the wire stops reading, and hears no more of what it has read, until {@link
     *     FeedSubscriber#resumeReading()}. The command itself is taken all the same.
     */
    public boolean hear(Command command) {
        return hear(command, deliveryThread::lend);
    }

    /**
     * Takes a command, and leaves all that follows from it to the delivery thread: for callers who hold a lock. To wake that thread
     * costs some 0.2 ms on a virtual machine.
     *
     * @return as {@link #hear}
     */
    public boolean hearLater(Command command) {
        return hear(command, deliveryThread);
    }

    private boolean hear(Command command, Executor executor) {
        int now = underWay.incrementAndGet();
        executor.execute(() -> conversation.take(command));
        if (now < HIGH_WATERMARK) {
            return true;
        }
        readingStopped.set(true);
        // They may all have been done before the line above.
        return underWay.get() <= LOW_WATERMARK && readingStopped.compareAndSet(true, false);
    }

    /** From now on this client is answered in another way; it is asked for a name again if it has none. */
    public void speak(Codec codec) {
        deliveryThread.execute(() -> {
            recipient.speak(codec);
            if (!conversation.isInRoom()) {
                recipient.tell(new Event.Ask());
            }
        });
    }

    /**
     * The wire's own units (a pong, the answer to a close) take their turn among what is written. They don't count as under way: a
     * wire has one of a kind waiting at most, and makes the next when this is written. Any thread.
     *
     * @param units made when it is their turn
     * @param written called on the delivery thread when they are written, or never will be
     */
    public void control(Supplier<byte[]> units, Runnable written) {
        deliveryThread.execute(() -> recipient.follower().control(units.get(), written));
    }

    /** The client has used up its {@link Budget}: it is told so, and the connection ends. Any thread; may be called more than once. */
    public void tooFast() {
        deliveryThread.execute(() -> recipient.close(CloseReason.TOO_FAST));
    }

    /** The connection is gone. May be called more than once. As with {@link #hear}, the caller holds no lock that a delivery could need. */
    public void gone() {
        deliveryThread.lend(() -> recipient.follower().closeNow(CloseReason.GONE));
    }

    Follower follower() {
        return recipient.follower();
    }

    /** They are here on another connection. Delivery thread only. */
    void replaced() {
        recipient.follower().closeNow(CloseReason.REPLACED);
    }

    /** Begins the conversation. Delivery thread only. */
    void greet(Optional<? extends Command> opening) {
        recipient.whenLookedAt(conversation::look);
        peer.credentials().operator().ifPresent(token -> {
            underWay.incrementAndGet();
            conversation.take(new Command.Op(token, Optional.empty()));
        });
        opening.ifPresent(join -> underWay.incrementAndGet());
        conversation.greet(opening);
    }

    private void done() {
        if (underWay.decrementAndGet() <= LOW_WATERMARK && readingStopped.compareAndSet(true, false)) {
            subscriber.resumeReading();
        }
    }
}
