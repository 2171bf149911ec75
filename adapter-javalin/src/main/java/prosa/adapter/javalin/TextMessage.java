package prosa.adapter.javalin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket text on its way in, put together from its fragments. One that is too long is not kept in memory.
 *
 * <p>Used by one thread at a time, the one that reads.
 */
final class TextMessage {
    /** Twice what the longest text takes as JSON with every character escaped. */
    static final int MAX_BYTES = 64 << 10;

    private @Nullable ByteArrayOutputStream bytes;
    private boolean tooLong;

    sealed interface Result {}

    record Whole(String text) implements Result {}

    record TooLong() implements Result {}

    /** RFC 6455 §8.1: the connection must be failed. */
    record NotUtf8() implements Result {}

    void add(@Nullable ByteBuffer fragment) {
        if (bytes == null) {
            bytes = new ByteArrayOutputStream(fragment == null ? 0 : fragment.remaining());
        }
        if (fragment == null || tooLong) {
            return;
        }
        if (bytes.size() + fragment.remaining() > MAX_BYTES) {
            tooLong = true;
            bytes.reset();
        } else {
            bytes.writeBytes(BufferUtil.toArray(fragment));
        }
    }

    /** The text is complete. */
    Result take() {
        byte[] all = bytes == null ? new byte[0] : bytes.toByteArray();
        boolean refused = tooLong;
        bytes = null;
        tooLong = false;
        if (refused) {
            return new TooLong();
        }
        try {
            return new Whole(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(all))
                    .toString());
        } catch (CharacterCodingException e) {
            return new NotUtf8();
        }
    }
}
