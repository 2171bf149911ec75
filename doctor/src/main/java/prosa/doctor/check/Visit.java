package prosa.doctor.check;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import prosa.lab.client.HttpHead;
import prosa.lab.client.JsonLine;
import prosa.lab.client.WebSocketFrame;
import prosa.lab.client.WebSocketKey;

/** A visit to the chat over WebSocket, by somebody who says nothing there. For one thread. */
final class Visit implements Closeable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UPGRADED = 101;

    /** For an answer to somebody who wants in, and for each that they get there. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Site site;
    private final Exchange exchange;
    private final WebSocketKey key;
    private final HttpHead head;

    private Visit(Site site, Exchange exchange, WebSocketKey key, HttpHead head) {
        this.site = site;
        this.exchange = exchange;
        this.key = key;
        this.head = head;
    }

    /**
     * Asks to be let in, as a page does or, without an origin, as a program.
     *
     * @param within which all that is read has to come
     */
    static Visit begin(Site site, Optional<String> origin, Duration within) throws IOException {
        WebSocketKey key = WebSocketKey.random();
        List<String> fields = Stream.concat(
                        Stream.of(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Protocol: prosa.v1",
                                "Sec-WebSocket-Key: " + key.sent()),
                        origin.map(from -> "Origin: " + from).stream())
                .toList();
        Exchange exchange = Exchange.begin(site, "GET", "/chat", fields, within);
        try {
            return new Visit(site, exchange, key, exchange.head());
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
    }

    HttpHead head() {
        return head;
    }

    boolean isUpgraded() {
        return head.status() == UPGRADED
                && head.field("sec-websocket-accept").orElse("").equals(key.accepted());
    }

    /** What was answered instead. */
    Exchange.Answer refusal() throws IOException {
        return new Exchange.Answer(head, exchange.text(head));
    }

    Arrivals arrivals() {
        return exchange.arrivals();
    }

    /** Waits until the server says something, as it does by itself: it asks who this is. */
    void awaitQuestion() throws IOException {
        text();
    }

    /**
     * Comes into the room if it was let in, under the name that a proxy vouches for if it does.
     *
     * @throws IOException also if that is refused
     */
    void join() throws IOException {
        if (!isUpgraded()) {
            throw new IOException("HTTP " + head.status());
        }
        send("{\"type\":\"join\",\"name\":\"doctor\",\"room\":\"" + site.room() + "\"}");
        JsonLine answer = next(List.of("welcome", "refused"));
        if (answer.reason().equals("name-invalid")) {
            send("{\"type\":\"join\",\"room\":\"" + site.room() + "\"}");
            answer = next(List.of("welcome", "refused"));
        }
        if (!answer.type().equals("welcome")) {
            throw new IOException(answer.reason());
        }
    }

    private void send(String json) throws IOException {
        frame(WebSocketFrame.TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        exchange.write(WebSocketFrame.masked(opcode, payload, RANDOM.nextInt()));
    }

    private JsonLine next(List<String> types) throws IOException {
        while (true) {
            for (String line : text().lines().toList()) {
                JsonLine said = JsonLine.parse(line.getBytes(StandardCharsets.UTF_8));
                if (types.contains(said.type())) {
                    return said;
                }
            }
        }
    }

    /** Reads on for as long as it is let, and answers pings, as browsers do. */
    void stay() throws IOException {
        while (true) {
            text();
        }
    }

    private String text() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            WebSocketFrame frame = WebSocketFrame.read(exchange.in());
            switch (frame.opcode()) {
                case WebSocketFrame.PING -> frame(WebSocketFrame.PONG, frame.payload());
                case WebSocketFrame.CLOSE -> throw new EOFException("the server has closed the WebSocket");
                case WebSocketFrame.TEXT, WebSocketFrame.CONTINUATION -> {
                    message.writeBytes(frame.payload());
                    if (frame.last()) {
                        return message.toString(StandardCharsets.UTF_8);
                    }
                }
                default -> {} // a pong, or what newer servers send
            }
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
