package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsCloseStatus;
import io.javalin.websocket.WsContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /testing}: the server of the course's WebSocket tutorial. It greets, and logs what it is told. */
final class TestingSocket {
    private static final Logger LOG = LoggerFactory.getLogger(TestingSocket.class);

    private static final String GREETING = "Msg from server";
    private static final int LOGGED = 200;

    private final Set<WsContext> clients = ConcurrentHashMap.newKeySet();

    void install(RoutesConfig routes) {
        routes.ws("/testing", socket -> {
            socket.onConnect(client -> {
                clients.add(client);
                client.enableAutomaticPings();
                client.send(GREETING);
            });
            socket.onClose(clients::remove);
            socket.onMessage(message -> LOG.info("/testing: {}", visible(message.message())));
            socket.onError(gone -> LOG.debug("/testing: {}", String.valueOf(gone.error())));
        });
    }

    /** Javalin tells nobody that it stops. */
    void stop() {
        clients.forEach(client -> client.closeSession(WsCloseStatus.GOING_AWAY, "the server stops"));
    }

    /** At most 200 characters, and no control characters: a client must not write lines of its own into the log. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LOGGED).forEach(c -> {
            if (isInvisible(c)) {
                shown.append(c > 0xFFFF ? String.format("\\u{%x}", c) : String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
