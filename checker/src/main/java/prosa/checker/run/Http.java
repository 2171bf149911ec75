package prosa.checker.run;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import prosa.lab.client.HttpBody;
import prosa.lab.client.HttpHead;
import prosa.lab.client.Input;
import prosa.lab.tls.Leg;

/** One request of HTTP/1.1 on a connection of its own. For one thread, but that any may close it. */
final class Http implements Closeable {
    static final int OK = 200;
    static final int CREATED = 201;

    private final Leg leg;
    private final HttpHead head;
    private final HttpBody body;

    private Http(Leg leg) throws IOException {
        this.leg = leg;
        Input in = new Input(leg.in());
        this.head = HttpHead.read(in);
        this.body = new HttpBody(in, head);
    }

    /** An answer that came whole. */
    record Whole(int status, String body) {}

    static Whole get(Node node, String target) throws IOException {
        try (Http http = begin(node, "GET", target, List.of(), "")) {
            return http.whole();
        }
    }

    /** @param fields of the request's head, each a line */
    static Whole post(Node node, String target, List<String> fields, String text) throws IOException {
        try (Http http = begin(node, "POST", target, fields, text)) {
            return http.whole();
        }
    }

    /** Asks, and reads the head of an answer that goes on. */
    static Http stream(Node node, String target) throws IOException {
        return begin(node, "GET", target, List.of(), "");
    }

    private static Http begin(Node node, String method, String target, List<String> fields, String text)
            throws IOException {
        Leg leg = Conversation.connect(node.http());
        try {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            StringBuilder request =
                    new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + node.host() + "\r\n");
            fields.forEach(field -> request.append(field).append("\r\n"));
            if (method.equals("POST")) {
                request.append("Content-Type: text/plain; charset=utf-8\r\nContent-Length: ")
                        .append(content.length)
                        .append("\r\n");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(content);
            leg.out().write(all.toByteArray());
            return new Http(leg);
        } catch (IOException e) {
            leg.drop();
            throw e;
        }
    }

    private Whole whole() throws IOException {
        return new Whole(head.status(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    int status() {
        return head.status();
    }

    /** The lines of a stream, which is silent for {@link Patience#SILENCE} at most. */
    Input lines() throws IOException {
        leg.limitReads((int) Patience.SILENCE.toMillis());
        return new Input(body);
    }

    @Override
    public void close() {
        try {
            leg.drop();
        } catch (IOException e) {
            // Nobody waits for it.
        }
    }
}
