package prosa.checker.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import prosa.checker.judgement.Entry;
import prosa.checker.judgement.Observer;
import prosa.checker.judgement.Position;
import prosa.checker.judgement.Seen;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What one observer is shown, over all its connections. Any thread. */
final class Watching {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Optional<String> person;
    private final String room;
    private final Position from;
    private final List<Seen> seen = new ArrayList<>();
    private Position reached;

    /** @param person who talks on the same connections; empty: nobody */
    Watching(String name, Optional<String> person, String room, Position from) {
        this.name = name;
        this.person = person;
        this.room = room;
        this.from = from;
        this.reached = from;
    }

    /** A line of the server's; what is none was cut. */
    static JsonNode read(String json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + json, e);
        }
    }

    static String type(JsonNode object) {
        return object.path("type").asString("");
    }

    /** After which place to resume. */
    synchronized Position reached() {
        return reached;
    }

    /** An acknowledgement comes after all that lies before it: one may resume behind it. */
    synchronized void reach(Position at) {
        // What is said again is where it was: behind that one may have been already.
        reached = at.isAfter(reached) ? at : reached;
    }

    synchronized long gaps() {
        return seen.stream().filter(Seen.Gap.class::isInstance).count();
    }

    /** Takes down a line of the server's. */
    synchronized void hear(String line, JsonNode object) {
        switch (type(object)) {
            case "said" -> {
                Entry entry = entry(object);
                seen.add(new Seen.Said(entry));
                reach(entry.at());
            }
            case "gap" ->
                seen.add(new Seen.Gap(Optional.of(object.path("next").asString(""))
                        .filter(next -> !next.isEmpty())
                        .map(Position::of)));
            case "whisper" -> seen.add(new Seen.Whisper(object.path("text").asString()));
            case "joined", "left", "renamed", "presence", "acted" -> seen.add(new Seen.Other(line));
            default -> {} // answers, and what opens a connection
        }
    }

    static Entry entry(JsonNode said) {
        return new Entry(
                Position.of(said.path("id").asString()),
                said.path("room").asString(),
                said.path("by").asString(),
                said.path("text").asString());
    }

    synchronized Observer observer() {
        return new Observer(name, person, room, from, seen, true);
    }
}
