package prosa.planted.application.port;

import prosa.planted.application.Chat;

public final class PortFaults {
    public record KnowsAUseCase(Chat chat) {}
}
