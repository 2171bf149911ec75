package prosa.planted.checker;

import prosa.planted.domain.Room;
import prosa.planted.lab.Probe;

public final class CheckerFaults {
    public record KnowsARoom(Room room) {}

    public record BorrowsAMeasurement(Probe probe) {}
}
