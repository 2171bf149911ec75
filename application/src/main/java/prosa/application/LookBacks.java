package prosa.application;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import prosa.application.port.Bound;
import prosa.application.port.Event;
import prosa.application.port.Excerpt;
import prosa.application.port.MessageHistory;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Fault;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** Tells people what was said last, when they ask. */
@OwnedByTurn
final class LookBacks {
    private final Rooms rooms;
    private final Measure measure;
    private final Replays replays;

    LookBacks(Rooms rooms, Measure measure, Replays replays) {
        this.rooms = rooms;
        this.measure = measure;
        this.replays = replays;
    }

    /** Tells the last that was said in a room. */
    void last(Recipient reader, RoomName room, int limit, Completion completion) {
        assert DeliveryThread.hasTurn();
        if (limit < 1 || limit > MessageHistory.MAX_READ) {
            throw new Refused(new Fault.Usage(Fault.Usage.Form.LAST));
        }
        measure.last(
                Set.of(room),
                rooms.offset(),
                new Bound(limit, Excerpt.BYTES),
                () -> Reads.Wanted.yesIf(reader.isOpen()),
                (extent, failure) -> {
                    if (extent == null) {
                        completion.refuse(new Refused(Objects.requireNonNull(failure)));
                    } else {
                        show(reader, room, extent, completion);
                    }
                });
    }

    private void show(Recipient reader, RoomName room, Measure.Extent extent, Completion completion) {
        reader.tell(new Event.LookBack(room, extent.count(), extent.more()));
        if (extent.count() == 0) {
            completion.done();
            return;
        }
        Backlog.After piece = new Backlog.After(extent.after(), extent.upTo(), Optional.empty());
        replays.lookBack(reader, room, piece, failure -> {
            if (failure.isPresent()) {
                completion.refuse(new Refused(failure.get()));
            } else {
                reader.tell(new Event.LookedBack(room));
                completion.done();
            }
        });
    }
}
