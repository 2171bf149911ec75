package prosa.planted.adapter.uring;

import prosa.planted.delivery.BatchWriter;
import prosa.planted.domain.Room;

public final class UringFaults {
    public record KnowsARoom(Room room) implements BatchWriter {}
}
