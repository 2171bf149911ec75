package prosa.application;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import prosa.application.port.Codec;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Follower;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Entry;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/** Tells followers the past: what they have missed, and what they look back at. */
@OwnedByTurn
final class Replays {
    private final EncodedPages pages;
    private final Measure measure;
    private final Executor deliveryThread;
    private long epoch;

    Replays(long epoch, EncodedPages pages, Measure measure, Executor deliveryThread) {
        this.epoch = epoch;
        this.pages = pages;
        this.measure = measure;
        this.deliveryThread = deliveryThread;
    }

    /** What comes before a follower's feeds. One who can't be told it is sent away, to come back and resume. */
    Replay missed(Follower follower, Set<RoomName> rooms, Codec codec, Backlog backlog) {
        assert DeliveryThread.hasTurn();
        return new Replay(
                follower,
                rooms,
                codec,
                backlog,
                false,
                epoch,
                pages,
                measure,
                failure -> failure.ifPresent(reason -> follower.sendAway()));
    }

    /** The log is another one: nobody is told what was read of the one before. */
    void anew(long now) {
        assert DeliveryThread.hasTurn();
        epoch = now;
        pages.forgetAll();
    }

    /** Something was taken away: nobody is told it from now on. */
    void forget(Entry entry) {
        assert DeliveryThread.hasTurn();
        pages.forget(entry);
    }

    /**
     * Tells a piece of a room's past, own messages and all, before anything else that others hear too.
     *
     * @param then gets the reason if it can't be read; not called if the connection ends before
     */
    void lookBack(Recipient reader, RoomName room, Backlog.After piece, Consumer<Optional<Reason>> then) {
        assert DeliveryThread.hasTurn();
        Follower follower = reader.follower();
        Codec past = reader.codec().past();
        // Not within the write that this is a part of: what follows may go on with anything, a good-bye for example.
        Consumer<Optional<Reason>> ended = failure -> deliveryThread.execute(() -> then.accept(failure));
        follower.lookBack(new Replay(follower, Set.of(room), past, piece, true, epoch, pages, measure, ended));
    }
}
