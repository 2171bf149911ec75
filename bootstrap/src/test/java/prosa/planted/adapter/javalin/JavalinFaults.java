package prosa.planted.adapter.javalin;

import java.sql.Connection;
import org.sqlite.SQLiteConfig;
import tools.jackson.core.JsonGenerator;

public final class JavalinFaults {
    public record OpensTheDatabase(Connection connection) {}

    public record KnowsTheDriver(SQLiteConfig config) {}

    public record WritesJson(JsonGenerator json) {}
}
