package prosa.lab.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The DevTools protocol: commands and their answers, and events, as JSON over one WebSocket that all tabs share. Each tab has a
 * session on it, the browser itself has the session {@code ""}.
 *
 * <p>May be used by several threads. Events are heard on the WebSocket's thread, which must not wait for an answer.
 */
public final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicLong commands = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
    /** The parts of a message that is still coming: the WebSocket's thread's. */
    private final StringBuilder message = new StringBuilder();

    /** The browser says no to a command. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    DevTools(URI address) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(DEADLINE)
                .buildAsync(address, this)
                .join();
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws Failed if the browser says no, does not answer within 20 s, or has ended
     */
    public JsonNode send(String session, String method, Map<String, ?> params) {
        long id = commands.incrementAndGet();
        ObjectNode command = JSON.createObjectNode();
        command.put("id", id).put("method", method).set("params", JSON.valueToTree(params));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<JsonNode>()
                .orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> answers.remove(id));
        answers.put(id, answer);
        synchronized (socket) { // one message at a time
            socket.sendText(command.toString(), true).join();
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw new Failed(method + " " + params + ": " + e.getMessage());
        }
    }

    /** Hears a session's events from now on. */
    public void listen(String session, Consumer<JsonNode> listener) {
        listeners.put(session, listener);
    }

    public void stopListening(String session) {
        listeners.remove(session);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            JsonNode whole = JSON.readTree(message.toString());
            message.setLength(0);
            take(whole);
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode event) {
        if (!event.has("id")) {
            listeners
                    .getOrDefault(event.path("sessionId").asString(""), unheard -> {})
                    .accept(event);
            return;
        }
        CompletableFuture<JsonNode> answer = answers.get(event.get("id").asLong());
        if (answer == null) {
            return; // nobody waits any more
        }
        if (event.has("error")) {
            answer.completeExceptionally(new Failed(event.get("error").toString()));
        } else {
            answer.complete(event.get("result"));
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        return fail("the browser closed its WebSocket");
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        fail("the browser's WebSocket broke: " + error);
    }

    private @Nullable CompletionStage<?> fail(String why) {
        answers.values().forEach(answer -> answer.completeExceptionally(new Failed(why)));
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }
}
