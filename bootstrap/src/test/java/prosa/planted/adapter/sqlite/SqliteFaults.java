package prosa.planted.adapter.sqlite;

import prosa.planted.application.Chat;
import prosa.planted.application.port.MessageEngine;
import prosa.planted.dialect.Dialect;

public final class SqliteFaults {
    public record SpeaksADialect(Dialect dialect) implements MessageEngine {}

    public record KnowsAUseCase(Chat chat) {}
}
