package prosa.bootstrap.examples;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import prosa.test.wire.client.Mailbox;
import prosa.test.wire.client.WebSocketClient;

/** Somebody with {@code wscat}: a client of the test's, as that is not on every machine. */
final class WebSocketParty implements Party {
    private final WebSocketClient client;
    private final Mailbox<String> lines = new Mailbox<>();

    WebSocketParty(URI server, String path, @Nullable String subprotocol) {
        client = WebSocketClient.connect(server, path, subprotocol);
        client.texts().forEach(text -> text.lines().forEach(lines::put), lines::end);
    }

    @Override
    public Mailbox<String> lines() {
        return lines;
    }

    @Override
    public void send(String line) {
        client.send(line);
    }

    @Override
    public boolean ends() {
        return false;
    }

    @Override
    public void close() {
        client.vanish();
    }
}
