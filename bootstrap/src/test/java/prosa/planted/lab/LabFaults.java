package prosa.planted.lab;

import io.javalin.Javalin;
import prosa.planted.dialect.Dialect;
import prosa.planted.domain.Room;
import prosa.planted.lab.page.PageFaults;

public final class LabFaults {
    public record KnowsADialect(Dialect dialect) {}

    public record KnowsARoom(Room room) {}

    public record KnowsItsPage(PageFaults page) {}

    public record BorrowsTheHttpServer(Javalin server) {}
}
