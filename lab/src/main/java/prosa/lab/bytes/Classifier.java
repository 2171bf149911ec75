package prosa.lab.bytes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import prosa.lab.Wire;
import prosa.lab.relay.Direction;

/** Reads one direction of one connection from its first byte on. For one thread at a time. */
public final class Classifier {
    private final ByteReader reader;

    private Classifier(ByteReader reader) {
        this.reader = reader;
    }

    /**
     * For a connection of this wire. Over HTTP, the heads say what follows. A connection serves one stream, as all of Prosa's do: after
     * a response's head, everything is its body.
     */
    public static Classifier of(Wire wire, Direction direction) {
        return new Classifier(
                switch (wire) {
                    case TCP -> new LinesReader();
                    case WEBSOCKET, SSE, NDJSON, LONG_POLL -> HttpReader.of(direction);
                });
    }

    /** The stream's next bytes, whatever the pieces in which they come; neighbours of one kind are one span. Empties the buffer. */
    public List<Span> read(ByteBuffer bytes) {
        List<Span> spans = new ArrayList<>();
        while (bytes.hasRemaining()) {
            Kind kind = reader.read(bytes.get());
            if (!spans.isEmpty() && spans.getLast().kind() == kind) {
                spans.add(new Span(kind, spans.removeLast().length() + 1));
            } else {
                spans.add(new Span(kind, 1));
            }
        }
        return spans;
    }
}
