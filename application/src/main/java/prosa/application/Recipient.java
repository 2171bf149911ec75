package prosa.application;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Follower;
import prosa.delivery.OwnedByTurn;

/** One connection that is told events: they are written down in its codec, and its {@link Follower} delivers the bytes. */
@OwnedByTurn
final class Recipient {
    private final Follower follower;
    private Codec codec;

    Recipient(Follower follower, Codec codec) {
        this.follower = follower;
        this.codec = codec;
    }

    /** Its number among all connections, by which it is not told what it has said itself. */
    @OwnedByTurn.AnyThread
    long id() {
        return follower.id();
    }

    Follower follower() {
        return follower;
    }

    Codec codec() {
        assert DeliveryThread.hasTurn();
        return codec;
    }

    /** From now on this client is written to in another way. It follows nothing yet. */
    void speak(Codec codec) {
        assert DeliveryThread.hasTurn();
        this.codec = codec;
        follower.beat(codec.heartbeat());
    }

    boolean isOpen() {
        assert DeliveryThread.hasTurn();
        return follower.isOpen();
    }

    /** Tells this client alone. */
    void tell(Event event) {
        assert DeliveryThread.hasTurn();
        if (follower.isOpen()) {
            follower.tell(codec.encode(event));
        }
    }

    /** Tells this client alone what somebody else wants it to hear. False if too much of that waits already. */
    boolean tellFromOthers(Event event) {
        assert DeliveryThread.hasTurn();
        return !follower.isOpen() || follower.tellFromOthers(codec.encode(event));
    }

    /** Tells this client alone, after all that its feeds have told by now. */
    void tellInTurn(Event event) {
        assert DeliveryThread.hasTurn();
        if (follower.isOpen()) {
            follower.tellInTurn(codec.encode(event));
        }
    }

    /** As {@link Follower#whenLookedAt}. */
    void whenLookedAt(@Nullable LongConsumer look) {
        assert DeliveryThread.hasTurn();
        follower.whenLookedAt(look);
    }

    /** Ends the connection once what is due was told. */
    void close(CloseReason reason) {
        assert DeliveryThread.hasTurn();
        follower.close(reason);
    }
}
