package prosa.lab.bytes;

/** Frames (RFC 6455 §5.2), in either direction: what a client sends is masked. */
final class WebSocketReader implements ByteReader {
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final JsonReader json = new JsonReader();
    private final byte[] mask = new byte[4];
    private int opcode;
    private boolean masked;
    private int at;
    private int lengthBytes;
    private int headerLength = 2;
    private long length;
    private long payloadRead;

    @Override
    public Kind read(byte next) {
        if (at < headerLength) {
            Kind kind = header(next & 0xff);
            at++;
            if (at == headerLength && length == 0) {
                at = 0;
            }
            return kind;
        }
        byte shown = masked ? (byte) (next ^ mask[(int) (payloadRead % 4)]) : next;
        payloadRead++;
        Kind kind = ofFrame(shown);
        if (payloadRead == length) {
            at = 0;
        }
        return kind;
    }

    private Kind header(int next) {
        if (at == 0) {
            begin(next & 0x0f);
        } else if (at == 1) {
            masked = (next & 0x80) != 0;
            length = next & 0x7f;
            lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
            length = lengthBytes > 0 ? 0 : length;
            headerLength = 2 + lengthBytes + (masked ? 4 : 0);
        } else if (at < 2 + lengthBytes) {
            length = length << 8 | next;
        } else {
            mask[at - 2 - lengthBytes] = (byte) next;
        }
        return switch (opcode) {
            case CLOSE -> Kind.HANDSHAKE;
            case PING, PONG -> Kind.HEARTBEAT;
            default -> Kind.FRAMING;
        };
    }

    private void begin(int code) {
        opcode = code;
        headerLength = 2;
        lengthBytes = 0;
        length = 0;
        payloadRead = 0;
        // A continuation goes on with the text that began before; control frames may stand in between.
        if (code == 1 || code == 2) {
            json.begin();
        }
    }

    private Kind ofFrame(byte next) {
        return switch (opcode) {
            case CLOSE -> Kind.HANDSHAKE;
            case PING, PONG -> Kind.HEARTBEAT;
            default -> {
                if (next == '\n') {
                    json.begin();
                    yield Kind.FRAMING;
                }
                yield json.read(next);
            }
        };
    }
}
