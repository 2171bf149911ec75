package prosa.planted.adapter.nats;

import java.util.List;
import org.sqlite.SQLiteConfig;
import prosa.planted.application.Chat;
import prosa.planted.application.port.MessageEngine;

public final class NatsFaults {
    public record KnowsADatabase(List<SQLiteConfig> configs) implements MessageEngine {
        SQLiteConfig first() {
            return configs.getFirst();
        }
    }

    public record KnowsAUseCase(Chat chat) {}
}
