package prosa.lab.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads along at a stream's beginning until it is known whether it is a response that must not be buffered. Not thread-safe. */
final class ResponseHead {
    /** Longer heads are none of ours. */
    private static final int MAX = 8 * 1024;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private boolean complete;
    private boolean forbidsBuffering;

    /** Looks at the bytes and leaves the buffer's position alone. */
    void read(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit() && !complete; i++) {
            seen.write(bytes.get(i));
            if (bytes.get(i) == '\n' && isAtEnd() || seen.size() == MAX) {
                judge();
            }
        }
    }

    private boolean isAtEnd() {
        return seen.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    private void judge() {
        complete = true;
        String head = seen.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        seen.reset();
        forbidsBuffering = head.matches("http/1\\.[01] 101 (?s:.*)")
                || head.lines().anyMatch(line -> line.matches("x-accel-buffering:\\s*no\\s*"))
                || head.lines().anyMatch(line -> line.matches("cache-control:.*\\bno-transform\\b.*"));
    }

    /** False as long as the head is not complete. */
    boolean forbidsBuffering() {
        return forbidsBuffering;
    }
}
