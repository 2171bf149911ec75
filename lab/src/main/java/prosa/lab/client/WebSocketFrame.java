package prosa.lab.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame of WebSocket (RFC 6455 §5.2).
 *
 * @param last whether it ends its message (FIN)
 * @param opcode {@link #TEXT} and so on
 * @param payload what it carries, unmasked
 * @param header how many bytes its header has, with the mask
 */
public record WebSocketFrame(boolean last, int opcode, byte[] payload, int header) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** What stands for the code of a closing frame without one (§7.4.1). */
    static final int NO_CODE = 1005;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int LONGEST = 16 << 20;

    /** Reads one that a server sent, which therefore has no mask (§5.1). */
    public static WebSocketFrame read(Input in) throws IOException {
        int first = in.demand();
        int second = in.demand();
        if ((first & 0x70) != 0) {
            throw new IOException("a frame of an extension that was not agreed on");
        }
        if ((second & 0x80) != 0) {
            throw new IOException("a server's frame has a mask");
        }
        int header = 2;
        long length = second;
        if (second == LENGTH_16) {
            length = ByteBuffer.wrap(in.demand(2)).getShort() & 0xffff;
            header += 2;
        } else if (second == LENGTH_64) {
            length = ByteBuffer.wrap(in.demand(8)).getLong();
            header += 8;
        }
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return new WebSocketFrame((first & 0x80) != 0, first & 0x0f, in.demand((int) length), header);
    }

    /**
     * The bytes of a whole message in one frame as a client sends it: masked, so that no page can make a browser write bytes that a
     * proxy takes for something else (§10.3).
     */
    public static byte[] masked(int opcode, byte[] payload, int mask) {
        ByteBuffer frame = ByteBuffer.allocate(maskedHeader(payload.length) + payload.length);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < LENGTH_16) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (0x80 | LENGTH_16)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | LENGTH_64)).putLong(payload.length);
        }
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask >>> 24 - 8 * (i % 4)));
        }
        return frame.array();
    }

    /** How many bytes a client's header takes, with the mask. */
    static int maskedHeader(int payload) {
        return 6 + (payload < LENGTH_16 ? 0 : payload <= 0xffff ? 2 : 8);
    }
}
