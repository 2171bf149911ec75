package prosa.bootstrap.client;

import java.net.URI;
import java.util.Optional;

/** Somebody who posts, and listens to the feed. */
final class HttpWire extends WireClient {
    private final Http http;
    private final EventSource feed;
    private String name = "";

    HttpWire(Http http, String room, Optional<String> since, boolean text) {
        super(room);
        this.http = http;
        URI uri = http.server().resolve("/feed?room=" + room + (text ? "&as=text" : ""));
        feed = since.isPresent() ? new EventSource(uri, "Last-Event-ID", since.get()) : new EventSource(uri);
        feed.blocks().next(block -> block.id().isPresent() && block.data().isEmpty());
        feed.blocks()
                .forEach(
                        block -> block.text()
                                .lines()
                                .map(text ? Heard::line : Heard::json)
                                .forEach(heard()::put),
                        heard()::end);
    }

    @Override
    public void offerName(String offered) {
        name = offered;
        heard().put(new Heard.Welcome(room(), offered));
    }

    @Override
    public void say(String text) {
        answered(http.say(room(), name, text));
    }

    private void answered(Http.Answer answer) {
        if (answer.status() != 201) {
            heard().put(new Heard.Refused(answer.json().text("reason")));
        }
    }

    @Override
    public void moveTo(String otherRoom) {
        answered(http.say(Http.encoded(otherRoom), name, "moved"));
    }

    @Override
    public void whisper(String to, String text) {
        throw new UnsupportedOperationException("nobody is present over HTTP");
    }

    @Override
    public void sendUnknownCommand() {
        throw new UnsupportedOperationException("HTTP has no commands");
    }

    @Override
    public void sendMalformed() {
        answered(http.post("/messages?room=" + room(), "{\"name\":\"Ana\"", "Content-Type", "application/json"));
    }

    @Override
    public void close() {
        feed.close();
    }

    @Override
    public void vanish() {
        feed.close();
    }
}
