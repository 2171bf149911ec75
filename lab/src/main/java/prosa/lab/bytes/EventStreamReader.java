package prosa.lab.bytes;

/** Server-sent events (WHATWG HTML §9.2), as Prosa writes them: lines end with LF, a comment is a block of its own. */
final class EventStreamReader implements ByteReader {
    private final JsonReader json = new JsonReader();
    private final StringBuilder field = new StringBuilder();
    private Part part = Part.FIELD;
    private boolean inComment;
    private boolean afterComment;

    private enum Part {
        FIELD,
        AFTER_COLON,
        DATA,
        OTHER
    }

    @Override
    public Kind read(byte next) {
        if (next == '\n') {
            return endOfLine();
        }
        if (inComment || part == Part.FIELD && field.isEmpty() && next == ':') {
            inComment = true;
            field.append(':');
            return Kind.HEARTBEAT;
        }
        return switch (part) {
            case FIELD -> field(next);
            case AFTER_COLON -> {
                part = Part.DATA;
                // One blank after the colon does not count; a value may begin at once.
                yield next == ' ' ? Kind.FRAMING : json.read(next);
            }
            case DATA -> json.read(next);
            case OTHER -> Kind.FRAMING;
        };
    }

    private Kind field(byte next) {
        if (next != ':') {
            field.append((char) next);
        } else if (field.toString().equals("data")) {
            part = Part.AFTER_COLON;
            json.begin();
        } else {
            part = Part.OTHER;
        }
        return Kind.FRAMING;
    }

    /** The blank line after a comment belongs to the comment. */
    private Kind endOfLine() {
        boolean blank = field.isEmpty();
        boolean heartbeat = inComment;
        field.setLength(0);
        part = Part.FIELD;
        inComment = false;
        afterComment = heartbeat || afterComment && blank;
        boolean endsComment = afterComment;
        if (blank) {
            afterComment = false;
        }
        return endsComment ? Kind.HEARTBEAT : Kind.FRAMING;
    }
}
