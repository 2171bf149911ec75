package prosa.lab.bytes;

/** JSON (RFC 8259): a string under the key {@code text} is payload, all else its envelope. */
final class JsonReader implements ByteReader {
    private static final String TEXT = "text";

    private final StringBuilder string = new StringBuilder();
    /** A bit for each bracket that is open, the innermost lowest: 1 is an object, 0 an array. */
    private long open;

    private boolean expectsKey;
    private boolean isText;
    private boolean inString;
    private boolean escaped;

    /** Another value begins, even if the last one had no end. */
    void begin() {
        open = 0;
        expectsKey = false;
        isText = false;
        inString = false;
        escaped = false;
    }

    @Override
    public Kind read(byte next) {
        if (inString) {
            return inString(next);
        }
        switch (next) {
            case '"' -> {
                inString = true;
                string.setLength(0);
            }
            case '{' -> {
                open = open << 1 | 1;
                expectsKey = true;
            }
            case '[' -> {
                open <<= 1;
                expectsKey = false;
            }
            case '}', ']' -> open >>>= 1;
            case ',' -> expectsKey = (open & 1) == 1;
            case ':' -> isText = string.toString().equals(TEXT);
            default -> {}
        }
        if (next == ',' || next == '{' || next == '[') {
            isText = false;
        }
        return Kind.ENVELOPE;
    }

    private Kind inString(byte next) {
        Kind kind = isText && !expectsKey ? Kind.PAYLOAD : Kind.ENVELOPE;
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
            expectsKey = false;
            return Kind.ENVELOPE;
        }
        if (expectsKey && string.length() <= TEXT.length()) {
            string.append((char) next);
        }
        return kind;
    }
}
