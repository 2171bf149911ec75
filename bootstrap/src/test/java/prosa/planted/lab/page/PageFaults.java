package prosa.planted.lab.page;

import prosa.planted.domain.Room;

public final class PageFaults {
    public record KnowsARoom(Room room) {}
}
