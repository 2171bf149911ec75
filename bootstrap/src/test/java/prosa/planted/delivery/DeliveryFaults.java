package prosa.planted.delivery;

import prosa.planted.application.port.MessageEngine;
import prosa.planted.domain.Room;

public final class DeliveryFaults {
    public record KnowsARoom(Room room) {}

    public record KnowsTheHistory(MessageEngine engine) {}
}
