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

/** A reader of endless NDJSON, which skips empty lines. A thread of its own reads. */
public final class JsonLines implements AutoCloseable {
    private final InputStream in;
    private final HttpHeaders headers;
    private final Mailbox<String> lines = new Mailbox<>();

    /**
     * Connects, and waits for the response's head.
     *
     * @param headers names and values by turns
     */
    public JsonLines(URI uri, String... headers) {
        HttpResponse<InputStream> response = Http.open(uri, headers);
        this.headers = response.headers();
        this.in = response.body();
        Thread.ofVirtual().name("json lines").start(this::read);
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    lines.put(line);
                }
            }
        } catch (IOException e) {
            // Ended as well.
        }
        lines.end();
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** All but the empty ones. */
    public Mailbox<String> lines() {
        return lines;
    }

    /** The next object of that type. */
    public Json next(String type) {
        return Json.parse(lines.next(line -> Json.parse(line).is(type)));
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
