package prosa.checker.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import prosa.checker.judgement.Entry;
import prosa.checker.judgement.Position;
import tools.jackson.databind.JsonNode;

/** Reads the history on, a page after the other. */
final class Pager extends Client {
    private static final int SMALL = 20;
    private static final int LARGE = 1_000;

    private final Way way;
    private final String room;
    private final Watching watching;

    Pager(String name, Way way, String room, Watching watching) {
        super(name);
        this.way = way;
        this.room = room;
        this.watching = watching;
    }

    /** Until it is at the end; it comes back soon. */
    @Override
    void visit() throws IOException {
        Node node = way.node();
        JsonNode page;
        do {
            page = page(node, room, watching.reached(), SMALL);
            for (JsonNode said : page) {
                watching.hear("", said);
            }
        } while (!page.isEmpty() && !isOver());
    }

    private static JsonNode page(Node node, String room, Position since, int limit) throws IOException {
        Http.Whole answer = Http.get(node, "/messages?room=" + room + "&since=" + since + "&limit=" + limit);
        if (answer.status() != Http.OK) {
            throw new IOException("HTTP " + answer.status() + " " + answer.body());
        }
        return Watching.read(answer.body());
    }

    /** Where the last that is kept of a room is, if there is any. */
    static Optional<Position> last(Node node, String room) throws IOException {
        Http.Whole answer = Http.get(node, "/messages?room=" + room + "&limit=1");
        if (answer.status() != Http.OK) {
            throw new IOException("HTTP " + answer.status() + " " + answer.body());
        }
        JsonNode page = Watching.read(answer.body());
        return page.isEmpty()
                ? Optional.empty()
                : Optional.of(Watching.entry(page.get(0)).at());
    }

    /** All that is kept of a room after a place. */
    static List<Entry> history(Node node, String room, Position from) throws IOException {
        List<Entry> all = new ArrayList<>();
        Position since = from;
        while (true) {
            JsonNode page = page(node, room, since, LARGE);
            if (page.isEmpty()) {
                return all;
            }
            for (JsonNode said : page) {
                all.add(Watching.entry(said));
            }
            since = all.getLast().at();
        }
    }

    @Override
    Optional<Watching> watching() {
        return Optional.of(watching);
    }
}
