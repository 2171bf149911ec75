package prosa.adapter.javalin;

import java.nio.channels.ClosedChannelException;

/** Why a WebSocket has ended whose client went away. Jetty makes two for each, and nobody looks where they were made. */
final class Gone extends ClosedChannelException {
    private static final long serialVersionUID = 1;

    static final Gone INSTANCE = new Gone();

    private Gone() {}

    /** It is everybody's. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
