package prosa.planted.adapter.tutorial;

import io.javalin.Javalin;
import prosa.planted.adapter.javalin.JavalinFaults;
import prosa.planted.dialect.Dialect;

public final class TutorialFaults {
    public record KnowsItsServer(JavalinFaults server) {}

    public record BorrowsTheHttpServer(Javalin server) {}

    public record KnowsADialect(Dialect dialect) {}
}
