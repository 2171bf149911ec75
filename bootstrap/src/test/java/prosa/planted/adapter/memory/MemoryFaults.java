package prosa.planted.adapter.memory;

import io.nats.client.Connection;
import prosa.planted.application.port.MessageEngine;
import prosa.planted.dialect.Dialect;

public final class MemoryFaults {
    public record SpeaksADialect(Dialect dialect) implements MessageEngine {}

    public record KnowsNats(Connection connection) implements MessageEngine {}
}
