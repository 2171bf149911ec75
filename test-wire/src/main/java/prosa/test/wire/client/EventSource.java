package prosa.test.wire.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reader of Server-sent events (WHATWG HTML §9.2.6). A thread of its own reads. */
public final class EventSource implements AutoCloseable {
    private final InputStream in;
    private final HttpHeaders headers;
    private final Mailbox<Block> blocks = new Mailbox<>();
    private volatile String lastEventId = "";

    /** What stands between two empty lines; each list as it came. */
    public record Block(
            List<String> data,
            Optional<String> id,
            Optional<String> event,
            Optional<String> retry,
            List<String> comments) {
        public String text() {
            return String.join("\n", data);
        }

        public Json json() {
            return Json.parse(text());
        }

        /** Whether an EventSource's {@code onmessage} would get it. */
        public boolean isMessage() {
            return !data.isEmpty() && event.isEmpty();
        }

        public boolean isEvent(String name) {
            return event.equals(Optional.of(name));
        }
    }

    /**
     * Connects, and waits for the response's head.
     *
     * @param headers names and values by turns
     */
    public EventSource(URI uri, String... headers) {
        HttpResponse<InputStream> response = Http.open(uri, headers);
        this.headers = response.headers();
        this.in = response.body();
        Thread.ofVirtual().name("event source").start(this::read);
    }

    private void read() {
        // Lines end with CR, LF or CRLF, as a BufferedReader has it, too.
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> block = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty()) {
                    dispatch(block);
                    block.clear();
                } else {
                    block.add(line);
                }
            }
        } catch (IOException e) {
            // Ended as well.
        }
        blocks.end();
    }

    private void dispatch(List<String> lines) {
        Block block = new Block(
                values(lines, "data"),
                values(lines, "id").stream().reduce((first, last) -> last),
                values(lines, "event").stream().reduce((first, last) -> last),
                values(lines, "retry").stream().reduce((first, last) -> last),
                values(lines, ""));
        block.id().ifPresent(id -> lastEventId = id);
        blocks.put(block);
    }

    private static List<String> values(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.equals(field) || line.startsWith(field + ":"))
                .map(line -> line.substring(Math.min(line.length(), field.length() + 1)))
                .map(value -> value.startsWith(" ") ? value.substring(1) : value)
                .toList();
    }

    public HttpHeaders headers() {
        return headers;
    }

    public Mailbox<Block> blocks() {
        return blocks;
    }

    /** What this client would send as {@code Last-Event-ID}. */
    public String lastEventId() {
        return lastEventId;
    }

    /** The next message. */
    public Block nextMessage() {
        return blocks.next(Block::isMessage);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
