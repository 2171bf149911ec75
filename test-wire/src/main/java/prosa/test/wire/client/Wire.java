package prosa.test.wire.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways to take part in a room. */
public enum Wire {
    WEBSOCKET_TEXT("ws"),
    WEBSOCKET_JSON("ws"),
    TCP_TEXT("tcp"),
    TCP_JSON("tcp"),
    /** Posting, and listening to the feed. */
    HTTP("http"),
    /** Posting, and listening to the feed as lines. */
    HTTP_TEXT("http"),
    /** Posting, and following the messages as NDJSON. */
    HTTP_NDJSON("http");

    private final String via;

    Wire(String via) {
        this.via = via;
    }

    /** Of the address at which a house listens that has it. */
    public String scheme() {
        return this == TCP_TEXT || this == TCP_JSON ? "tcp" : "http";
    }

    /** Whether programs speak it while they are present. */
    public boolean isJson() {
        return this == WEBSOCKET_JSON || this == TCP_JSON;
    }

    /** The wire's name, as others see it. */
    public String via() {
        return via;
    }

    /** Whether people are present on it, with a name, and can be told things. */
    public boolean isPresent() {
        return this != HTTP && this != HTTP_TEXT && this != HTTP_NDJSON;
    }

    /** Whether it is told messages with their places. */
    public boolean tellsIds() {
        return this == WEBSOCKET_JSON || this == TCP_JSON || this == HTTP || this == HTTP_NDJSON;
    }

    /**
     * Connects, and is about to join that room.
     *
     * @param since to resume after that position, or null
     * @param language what a browser would ask for
     */
    public WireClient connect(Place place, String room, @Nullable String since, String language) {
        Optional<String> position = Optional.ofNullable(since);
        try {
            return switch (this) {
                case WEBSOCKET_TEXT, WEBSOCKET_JSON ->
                    new WebSocketWire(place.http(), room, position, isJson(), language);
                case TCP_TEXT, TCP_JSON -> new TcpWire(place.tcp(), room, position, isJson());
                case HTTP, HTTP_TEXT, HTTP_NDJSON -> new HttpWire(new Http(place.http()), this, room, position);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
