package prosa.test.wire.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests of one server, as curl would make them. May be used by several threads. */
public final class Http implements Witness {
    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Mailbox.DEADLINE)
            .build();

    private final URI server;

    /** @param server {@code http://127.0.0.1:8080} */
    public Http(URI server) {
        this.server = server;
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, String body) {
        public Json json() {
            return Json.parse(body);
        }

        /** A header's value, or an empty string. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    public URI server() {
        return server;
    }

    /** @param headers names and values by turns */
    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    /** @param headers names and values by turns */
    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param headers names and values by turns */
    public Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Mailbox.DEADLINE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Opens what has no end: waits for the head, which must be a 200.
     *
     * @param headers names and values by turns
     */
    static HttpResponse<InputStream> open(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Mailbox.DEADLINE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        response + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Says something in passing. */
    public Answer say(String room, String name, String text) {
        return say(room, name, text, Optional.empty());
    }

    /** @param secret of the name */
    public Answer say(String room, String name, String text, Optional<String> secret) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "text/plain;charset=utf-8"));
        secret.ifPresent(shown -> headers.addAll(List.of("Prosa-Claim", shown)));
        return post("/messages?room=" + room + "&name=" + encoded(name), text, headers.toArray(String[]::new));
    }

    @Override
    public void pass(String room, String name, String text) {
        Answer answer = say(room, name, text);
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
    }

    @Override
    public List<Json> lastMessages(String room) {
        return get("/messages?room=" + room).json().list();
    }

    /** Page by page. */
    @Override
    public List<Json> messagesAfter(String room, String position) {
        List<Json> messages = new ArrayList<>();
        String since = position;
        while (true) {
            Answer page = get("/messages?limit=1000&room=" + room + "&since=" + since);
            if (page.status() != 200) {
                throw new AssertionError(page.toString());
            }
            List<Json> more = page.json().list();
            if (more.isEmpty()) {
                return messages;
            }
            messages.addAll(more);
            since = more.getLast().text("id");
        }
    }

    @Override
    public String position() {
        return get("/health").json().text("position");
    }

    @Override
    public long headCount(String room) {
        return get("/rooms").json().list().stream()
                .filter(entry -> entry.text("room").equals(room))
                .mapToLong(entry -> entry.number("count"))
                .sum();
    }

    @Override
    public List<String> rooms() {
        return get("/rooms").json().list().stream()
                .map(entry -> entry.text("room"))
                .toList();
    }

    /**
     * Sends bytes as they are, and reads up to the end of the connection.
     *
     * @param request a whole request that says {@code Connection: close}, or one after which the server closes
     */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) Mailbox.DEADLINE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
