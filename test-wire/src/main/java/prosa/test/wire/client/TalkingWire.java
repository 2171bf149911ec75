package prosa.test.wire.client;

import java.util.Optional;

/** A wire on which one gives a name and stays, in either of the two dialects. */
public abstract class TalkingWire extends WireClient {
    private final boolean json;
    private final Optional<String> since;

    protected TalkingWire(String room, Optional<String> since, boolean json) {
        super(room);
        this.since = since;
        this.json = json;
    }

    /** Whether this client is a program. */
    public boolean isJson() {
        return json;
    }

    /** Sends one message of the wire: a text, or a line. */
    protected abstract void send(String message);

    /** Takes one message of the wire apart. */
    protected void hear(String message) {
        message.lines().map(json ? Heard::json : Heard::line).forEach(heard()::put);
    }

    @Override
    public void offerName(String name) {
        if (!json) {
            send(name);
        } else if (since.isPresent()) {
            send(Json.object("type", "join", "name", name, "room", room(), "since", since.get()));
        } else {
            send(Json.object("type", "join", "name", name, "room", room()));
        }
    }

    @Override
    public void offerName(String name, String secret) {
        send(
                json
                        ? Json.object("type", "join", "name", name, "room", room(), "claim", secret)
                        : "/claim " + name + " " + secret);
    }

    @Override
    public void claim() {
        send(json ? Json.object("type", "claim") : "/claim");
    }

    @Override
    public void release() {
        send(json ? Json.object("type", "release") : "/release");
    }

    @Override
    public void say(String text) {
        send(json ? Json.object("type", "say", "text", text) : text);
    }

    @Override
    public void moveTo(String otherRoom) {
        send(json ? Json.object("type", "join", "room", otherRoom) : "/join " + otherRoom);
    }

    @Override
    public void whisper(String to, String text) {
        send(json ? Json.object("type", "whisper", "to", to, "text", text) : "/msg \"" + to + "\" " + text);
    }

    @Override
    public void sendUnknownCommand() {
        send(json ? Json.object("type", "dance") : "/dance");
    }

    @Override
    public void sendMalformed() {
        send(json ? "{\"type\":\"say\"" : "/last zero");
    }
}
