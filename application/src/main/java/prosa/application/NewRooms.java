package prosa.application;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.application.port.Peer;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** Rooms that somebody makes, by being the first who enters or says something there: an address may make so many. */
@OwnedByTurn
final class NewRooms {
    private final Rooms rooms;
    private final Allowances allowances;

    NewRooms(Rooms rooms, Allowances allowances) {
        this.rooms = rooms;
        this.allowances = allowances;
    }

    /**
     * Opens a room in which somebody wants to say something in passing. Whether they make it has to be read if nobody is there.
     *
     * @return completed by whoever has the turn; refused as {@link Reason#TOO_FAST} if they have made too many
     * @throws Refused {@link Reason#BUSY} if too many are open
     */
    CompletionStage<OpenRoom> open(Peer peer, RoomName name) {
        assert DeliveryThread.hasTurn();
        rooms.requireSpace(Set.of(name));
        OpenRoom room = rooms.open(name);
        CompletableFuture<OpenRoom> opened = new CompletableFuture<>();
        if (room.count() > 0 || !allowances.asksFor(peer, name)) {
            opened.complete(room);
            return opened;
        }
        room.recent().whenLoaded(rooms.offset(), failure -> {
            try {
                failure.ifPresent(reason -> {
                    throw new Refused(reason);
                });
                enter(peer, room);
                opened.complete(room);
            } catch (Refused refused) {
                opened.completeExceptionally(refused);
            }
        });
        return opened;
    }

    /**
     * Somebody is about to be in a room, or to say something there. Its last messages are loaded.
     *
     * @throws Refused {@link Reason#TOO_FAST} if that would make it, and they have made too many
     */
    void enter(Peer peer, OpenRoom room) {
        assert DeliveryThread.hasTurn();
        if (room.isNew()) {
            allowances.make(peer, room.chat().name());
        }
    }
}
