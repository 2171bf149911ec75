package prosa.test.wire.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's. One test thread writes. */
public final class WebSocketClient implements AutoCloseable {
    private final WebSocket socket;
    private final Mailbox<String> texts = new Mailbox<>();
    private final Mailbox<String> pongs = new Mailbox<>();
    private final Mailbox<Integer> closeCodes = new Mailbox<>();

    private WebSocketClient(WebSocket.Builder builder, URI uri) {
        this.socket = done(builder.connectTimeout(Mailbox.DEADLINE).buildAsync(uri, new Listener()));
    }

    /**
     * Connects.
     *
     * @param path with query
     * @param subprotocol what to ask for, or null
     * @param headers names and values by turns
     * @throws CompletionException around {@link java.net.http.WebSocketHandshakeException} if the server does not upgrade
     */
    public static WebSocketClient connect(URI server, String path, @Nullable String subprotocol, String... headers) {
        WebSocket.Builder builder = Http.CLIENT.newWebSocketBuilder();
        if (subprotocol != null) {
            String[] offers = subprotocol.split(",");
            builder.subprotocols(offers[0], java.util.Arrays.copyOfRange(offers, 1, offers.length));
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new WebSocketClient(builder, URI.create("ws" + server.toString().substring("http".length()) + path));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                texts.put(begun.toString());
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pongs.put(StandardCharsets.UTF_8.decode(message).toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCodes.put(code);
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end();
        }

        private void end() {
            texts.end();
            pongs.end();
            closeCodes.end();
        }
    }

    /** The frames' payloads. */
    public Mailbox<String> texts() {
        return texts;
    }

    /** What came back for our pings. */
    public Mailbox<String> pongs() {
        return pongs;
    }

    /** With which code the server closes, or has answered our close frame. */
    public int closeCode() {
        return closeCodes.next();
    }

    /** What the server chose, or an empty string. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public WebSocketClient send(String text) {
        return send(text, true);
    }

    /** @param last false for a fragment that others follow */
    public WebSocketClient send(String text, boolean last) {
        done(socket.sendText(text, last));
        return this;
    }

    public void sendBinary(byte[] bytes) {
        done(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    public void ping(String payload) {
        done(socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))));
    }

    /** The next line in JSON of that type; those before it are skipped. */
    public Json next(String type) {
        return nextJson(json -> json.is(type));
    }

    /** The next frame that is a line in JSON of which this is true. */
    public Json nextJson(Predicate<Json> wanted) {
        return Json.parse(texts.next(text -> wanted.test(Json.parse(text))));
    }

    /** What came since the last look, one frame a line, up to one of that type. */
    public List<Json> upTo(String type) {
        return texts.upTo(text -> Json.parse(text).is(type)).stream()
                .map(Json::parse)
                .toList();
    }

    /** Closes in good order, and waits for the server's close frame. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
        }
        texts.untilEnd();
        socket.abort();
    }

    /** Is gone without a word. */
    public void vanish() {
        socket.abort();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(Mailbox.DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
