package prosa.planted.doctor;

import prosa.planted.domain.Room;
import prosa.planted.lab.Probe;

public final class DoctorFaults {
    public record KnowsARoom(Room room) {}

    public record BorrowsAMeasurement(Probe probe) {}
}
