package prosa.planted.dialect;

import prosa.planted.adapter.tcp.TcpFaults;
import prosa.planted.application.Chat;

public final class DialectFaults {
    public record KnowsAnAdapter(TcpFaults.Wire wire) {}

    public static final class MeasuresTime {
        long now() {
            return System.nanoTime();
        }
    }

    public record KnowsAUseCase(Chat chat) {}
}
