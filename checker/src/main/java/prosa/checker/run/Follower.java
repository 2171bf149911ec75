package prosa.checker.run;

import java.io.IOException;
import java.util.Optional;
import prosa.lab.client.Input;

/** Follows a room by an HTTP response without end: the feed, or {@code ?follow}. It resumes at the last position that it was shown. */
final class Follower extends Client {
    private static final String DATA = "data:";

    private final Way way;
    private final String path;
    private final Watching watching;

    /** @param path with a query that names the room */
    Follower(String name, Way way, String path, Watching watching) {
        super(name);
        this.way = way;
        this.path = path;
        this.watching = watching;
    }

    @Override
    void visit() throws IOException {
        try (Http http = Http.stream(way.node(), path + "&since=" + watching.reached())) {
            uses(http);
            if (http.status() != Http.OK) {
                throw new IOException("HTTP " + http.status());
            }
            Input lines = http.lines();
            String data = "";
            while (true) {
                String line = Conversation.whole(lines).strip();
                if (line.startsWith("{")) {
                    hear(line);
                } else if (line.startsWith(DATA)) {
                    data = line.substring(DATA.length()).strip();
                } else if (line.isEmpty() && !data.isEmpty()) {
                    // An event counts once its blank line is here.
                    hear(data);
                    data = "";
                }
            }
        }
    }

    private void hear(String json) throws IOException {
        watching.hear(json, Watching.read(json));
    }

    @Override
    Optional<Watching> watching() {
        return Optional.of(watching);
    }
}
