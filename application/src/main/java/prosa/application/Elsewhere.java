package prosa.application;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import prosa.application.port.Nodes;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.RoomName;

/** Who is in the rooms at other nodes, as far as was heard, and how they are reached. */
@OwnedByTurn
final class Elsewhere {
    private final Nodes nodes;

    /** By the keys of their names, in the order in which they were heard of. */
    private final Map<RoomName, Map<String, Participant>> rooms = new HashMap<>();

    Elsewhere(Nodes nodes) {
        this.nodes = nodes;
    }

    int count(RoomName room) {
        assert DeliveryThread.hasTurn();
        return rooms.getOrDefault(room, Map.of()).size();
    }

    List<Participant> present(RoomName room, int limit) {
        assert DeliveryThread.hasTurn();
        return rooms.getOrDefault(room, Map.of()).values().stream().limit(limit).toList();
    }

    Optional<Participant> find(RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(name.key()));
    }

    /** How many there are in each room that has any. */
    Map<RoomName, Integer> headCounts() {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Integer> counts = new HashMap<>();
        rooms.forEach((room, people) -> counts.put(room, people.size()));
        return counts;
    }

    /** @return as whom they were known already */
    Optional<Participant> put(RoomName room, Participant there) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(rooms.computeIfAbsent(room, first -> new LinkedHashMap<>())
                .put(there.name().key(), there));
    }

    /** @return who is not there any more */
    Optional<Participant> remove(RoomName room, Name name) {
        assert DeliveryThread.hasTurn();
        Optional<Participant> gone = find(room, name);
        gone.ifPresent(there -> rooms.computeIfPresent(room, (in, people) -> {
            people.remove(name.key());
            return people.isEmpty() ? null : people;
        }));
        return gone;
    }

    /** How they are reached. */
    @OwnedByTurn.AnyThread
    Nodes nodes() {
        return nodes;
    }
}
