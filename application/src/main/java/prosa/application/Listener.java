package prosa.application;

import java.util.Optional;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.application.port.Peer;
import prosa.application.port.Subscription;
import prosa.delivery.CloseReason;
import prosa.delivery.Connections;
import prosa.delivery.DeliveryThread;
import prosa.delivery.FeedSubscriber;
import prosa.delivery.Follower;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Refused;

/** Somebody who only listens. */
@OwnedByTurn
final class Listener {
    private final Peer peer;
    private final Subscription wanted;
    private final Listeners listeners;
    private final Runnable whenOver;
    private final Recipient recipient;

    /** @param whenOver run when they are gone; may be run more than once */
    Listener(
            Peer peer,
            Subscription wanted,
            Codec codec,
            FeedSubscriber subscriber,
            Connections connections,
            Listeners listeners,
            Runnable whenOver) {
        this.whenOver = whenOver;
        this.peer = peer;
        this.wanted = wanted;
        this.listeners = listeners;
        this.recipient = new Recipient(connections.connect(subscriber, codec.heartbeat(), this::ended), codec);
    }

    @OwnedByTurn.AnyThread
    Follower follower() {
        return recipient.follower();
    }

    /** Begins. They were let in, and a room may have closed since. */
    void begin(Authorization authorization, Rooms rooms) {
        assert DeliveryThread.hasTurn();
        listeners.add(this, wanted.rooms());
        try {
            authorization.requireReading(peer, wanted.rooms());
        } catch (Refused refused) {
            expel();
            return;
        }
        try {
            rooms.requireSpace(wanted.rooms());
        } catch (Refused refused) {
            recipient.close(CloseReason.UNAVAILABLE); // its answer has begun
            return;
        }
        rooms.whenReached(wanted.since(), () -> {
            if (recipient.isOpen()) {
                listen(rooms);
            }
        });
    }

    private void listen(Rooms rooms) {
        Optional<Backlog> backlog = Optional.empty();
        if (wanted.since().isPresent()) {
            Resume resume = rooms.resume(wanted.since().get());
            recipient.tell(new Event.Opening(resume.start()));
            backlog = resume.isUpToDate() ? Optional.empty() : Optional.of(resume.backlog());
        } else if (wanted.last().orElse(0) > 0) {
            backlog = Optional.of(new Backlog.Last(wanted.last().getAsInt(), rooms.offset()));
        } else {
            recipient.tell(new Event.Opening(rooms.position()));
        }
        rooms.follow(recipient, wanted.rooms(), backlog);
    }

    /** They may not listen any more. */
    void expel() {
        assert DeliveryThread.hasTurn();
        recipient.close(CloseReason.EXPELLED);
    }

    /** They are here on another connection. */
    void replaced() {
        assert DeliveryThread.hasTurn();
        recipient.close(CloseReason.REPLACED);
    }

    private void ended() {
        whenOver.run();
        listeners.remove(this, wanted.rooms());
    }
}
