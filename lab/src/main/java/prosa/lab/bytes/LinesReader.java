package prosa.lab.bytes;

/** A JSON object a line, on TCP and as NDJSON. Blank lines are heartbeats; any other line is how a conversation in JSON begins. */
final class LinesReader implements ByteReader {
    private final JsonReader json = new JsonReader();
    private Line line = Line.NEW;

    private enum Line {
        NEW,
        JSON,
        OTHER
    }

    @Override
    public Kind read(byte next) {
        if (line == Line.NEW && (next == '\n' || next == '\r')) {
            return Kind.HEARTBEAT;
        }
        if (line == Line.NEW) {
            // An array is how a poll is answered.
            line = next == '{' || next == '[' ? Line.JSON : Line.OTHER;
            json.begin();
        }
        Kind kind = switch (line) {
            case JSON -> next == '\n' || next == '\r' ? Kind.FRAMING : json.read(next);
            case NEW, OTHER -> Kind.HANDSHAKE;
        };
        if (next == '\n') {
            line = Line.NEW;
        }
        return kind;
    }
}
