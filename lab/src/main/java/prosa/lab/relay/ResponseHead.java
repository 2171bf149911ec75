package prosa.lab.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads along at a stream's beginning until it is known whether it is a response that must not be buffered. Not thread-safe. */
final class ResponseHead {
    /** Longer heads are none of ours. */
    private static final long UNTIL_CLOSE = -1;

    private static final int MAX = 8 * 1024;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private boolean complete;
    private boolean isOver;
    /** Of the body, if the head is complete. */
    private long left = UNTIL_CLOSE;

    private boolean forbidsBuffering;

    /** Looks at the bytes and leaves the buffer's position alone. */
    void read(ByteBuffer bytes) {
        int next = bytes.position();
        while (next < bytes.limit()) {
            if (complete && left == UNTIL_CLOSE) {
                return;
            }
            if (complete) {
                int more = (int) Math.min(left, bytes.limit() - next);
                left -= more;
                next += more;
            } else {
                seen.write(bytes.get(next));
                if (bytes.get(next) == '\n' && isAtEnd() || seen.size() == MAX) {
                    judge();
                }
                next++;
            }
            isOver = complete && left == 0;
            complete = !isOver && complete;
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
        left = head.lines()
                .filter(line -> line.matches("content-length:\\s*\\d{1,18}\\s*"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(UNTIL_CLOSE);
    }

    /** Whether the last byte was the last of a response that said how long it is. */
    boolean isOver() {
        return isOver;
    }

    /** False as long as the head is not complete. */
    boolean forbidsBuffering() {
        return forbidsBuffering;
    }
}
