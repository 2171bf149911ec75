package prosa.planted.adapter.sqlite;

import prosa.planted.application.MessageEngine;
import prosa.planted.dialect.Dialect;

public final class SqliteFaults {
    public record SpeaksADialect(Dialect dialect) implements MessageEngine {}
}
