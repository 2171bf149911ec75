package prosa.application;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.RoomName;

/** Who only listens, and to which rooms: they are found here when a room closes. */
@OwnedByTurn
final class Listeners {
    private final Map<RoomName, Set<Listener>> byRoom = new HashMap<>();

    void add(Listener listener, Set<RoomName> rooms) {
        assert DeliveryThread.hasTurn();
        rooms.forEach(
                room -> byRoom.computeIfAbsent(room, name -> new HashSet<>()).add(listener));
    }

    void remove(Listener listener, Set<RoomName> rooms) {
        assert DeliveryThread.hasTurn();
        rooms.forEach(room -> byRoom.computeIfPresent(room, (name, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        }));
    }

    /** Nobody listens to this room any more who did so far. */
    void expel(RoomName room) {
        assert DeliveryThread.hasTurn();
        List.copyOf(byRoom.getOrDefault(room, Set.of())).forEach(Listener::expel);
    }
}
