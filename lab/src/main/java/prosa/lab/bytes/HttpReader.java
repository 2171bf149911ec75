package prosa.lab.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import prosa.lab.relay.Direction;

/** HTTP/1.1 (RFC 9112): heads, and what they say that follows. */
final class HttpReader implements ByteReader {
    private static final int LONGEST_HEAD = 64 * 1024;

    private final Function<String, Optional<ByteReader>> bodies;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int ends;
    private @Nullable ByteReader body;

    private HttpReader(Function<String, Optional<ByteReader>> bodies) {
        this.bodies = bodies;
    }

    static HttpReader of(Direction direction) {
        return new HttpReader(
                switch (direction) {
                    case UP -> HttpReader::afterRequest;
                    case DOWN -> head -> Optional.of(afterResponse(head));
                });
    }

    /** Requests of Prosa's streams have no bodies, so another head may follow. */
    private static Optional<ByteReader> afterRequest(String head) {
        return has(head, "upgrade:\\s*websocket") ? Optional.of(new WebSocketReader()) : Optional.empty();
    }

    private static ByteReader afterResponse(String head) {
        if (head.matches("http/1\\.1 101 (?s:.*)")) {
            return new WebSocketReader();
        }
        ByteReader content =
                has(head, "content-type:\\s*text/event-stream.*") ? new EventStreamReader() : new LinesReader();
        return has(head, "transfer-encoding:\\s*chunked") ? new ChunkedReader(content) : content;
    }

    private static boolean has(String head, String line) {
        return head.lines().anyMatch(found -> found.strip().matches(line));
    }

    @Override
    public Kind read(byte next) {
        if (body != null) {
            return body.read(next);
        }
        if (head.size() < LONGEST_HEAD) {
            head.write(next);
        }
        // Line ends in a row, the CRs between them left aside: two end the head.
        ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        if (ends == 2) {
            body = bodies.apply(head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT))
                    .orElse(null);
            head.reset();
            ends = 0;
        }
        return Kind.HANDSHAKE;
    }
}
