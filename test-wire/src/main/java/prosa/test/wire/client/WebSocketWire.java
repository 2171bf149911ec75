package prosa.test.wire.client;

import java.net.URI;
import java.util.Optional;

final class WebSocketWire extends TalkingWire {
    private final WebSocketClient client;

    WebSocketWire(URI server, String room, Optional<String> since, boolean json, String language) {
        super(room, since, json);
        String query = json
                ? ""
                : "?room=" + Http.encoded(room) + since.map(s -> "&since=" + s).orElse("");
        client =
                WebSocketClient.connect(server, "/chat" + query, json ? "prosa.v1" : null, "Accept-Language", language);
        client.texts().forEach(this::hear, heard()::end);
    }

    @Override
    protected void send(String message) {
        client.send(message);
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public void vanish() {
        client.vanish();
    }
}
