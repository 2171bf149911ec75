package prosa.planted.lab;

import prosa.planted.dialect.Dialect;
import prosa.planted.domain.Room;

public final class LabFaults {
    public record KnowsADialect(Dialect dialect) {}

    public record KnowsARoom(Room room) {}
}
