package prosa.test.wire.client;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Somebody who posts, and listens to a feed. */
final class HttpWire extends WireClient {
    private final Http http;
    private final AutoCloseable feed;
    private String name = "";
    private Optional<String> secret = Optional.empty();

    HttpWire(Http http, Wire wire, String room, Optional<String> since) {
        super(room);
        this.http = http;
        this.feed = switch (wire) {
            case HTTP_NDJSON -> lines(since);
            case HTTP_TEXT -> events("&as=text", since, Heard::line);
            default -> events("", since, Heard::json);
        };
    }

    private JsonLines lines(Optional<String> since) {
        String query = "/messages?follow&room=" + room()
                + since.map(position -> "&since=" + position).orElse("");
        JsonLines lines = new JsonLines(http.server().resolve(query));
        lines.next("following");
        lines.lines().forEach(line -> heard().put(Heard.json(line)), heard()::end);
        return lines;
    }

    private EventSource events(String query, Optional<String> since, Function<String, Heard> read) {
        URI uri = http.server().resolve("/feed?room=" + room() + query);
        EventSource events =
                since.isPresent() ? new EventSource(uri, "Last-Event-ID", since.get()) : new EventSource(uri);
        events.blocks().next(block -> block.id().isPresent() && block.data().isEmpty());
        events.blocks().forEach(block -> block.text().lines().map(read).forEach(heard()::put), heard()::end);
        return events;
    }

    @Override
    public void offerName(String offered) {
        offer(offered, Optional.empty());
    }

    @Override
    public void offerName(String offered, String shown) {
        offer(offered, Optional.of(shown));
    }

    private void offer(String offered, Optional<String> shown) {
        name = offered;
        secret = shown;
        heard().put(new Heard.Welcome(room(), offered));
    }

    @Override
    public void say(String text) {
        answered(http.say(room(), name, text, secret));
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
    public void claim() {
        throw new UnsupportedOperationException("nobody is present over HTTP");
    }

    @Override
    public void release() {
        throw new UnsupportedOperationException("nobody is present over HTTP");
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
        try {
            feed.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void vanish() {
        close();
    }
}
