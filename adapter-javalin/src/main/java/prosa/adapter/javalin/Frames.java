package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames of a server, which are unmasked and so the same for all clients (RFC 6455 §5.1, §5.2). */
final class Frames {
    static final byte[] PING = {(byte) 0x89, 0};

    private static final int FINAL_TEXT = 0x81;
    private static final int SHORT = 125;
    private static final int SHORT_MARK = 126;
    private static final int LONG_MARK = 127;

    private Frames() {}

    static byte[] text(String payload) {
        byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
        int length = utf8.length;
        ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) FINAL_TEXT);
        if (length <= SHORT) {
            frame.put((byte) length);
        } else if (length < 1 << 16) {
            frame.put((byte) SHORT_MARK).putShort((short) length);
        } else {
            frame.put((byte) LONG_MARK).putLong(length);
        }
        frame.put(utf8).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
