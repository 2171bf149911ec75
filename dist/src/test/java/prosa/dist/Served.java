package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that an unpacked launcher has started. */
final class Served implements AutoCloseable {
    private static final String LISTENING = "listening: ";

    private final Process process;
    private final Map<String, URI> places = new HashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** Waits until it says that it listens for HTTP and TCP. */
    Served(Process process) throws IOException {
        this.process = process;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        while (!places.containsKey("http") || !places.containsKey("tcp")) {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError(
                        "it ended: " + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            if (line.startsWith(LISTENING)) {
                URI place = URI.create(line.substring(LISTENING.length()).strip());
                places.putIfAbsent(place.getScheme(), place);
            }
        }
    }

    /** Where it is found over a wire, such as {@code http}. */
    URI place(String scheme) {
        return places.get(scheme);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(places.get("http").resolve(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> say(String name, String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(places.get("http").resolve("/messages?name=" + name))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Comes in over TCP, and reads on until a line contains this. */
    void awaitOverTcp(String name, String text) throws IOException {
        try (Socket socket = new Socket(
                        places.get("tcp").getHost(), places.get("tcp").getPort());
                BufferedReader lines = new BufferedReader(
                        new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((name + "\n/last 10\n").getBytes(StandardCharsets.UTF_8));
            for (String line = lines.readLine(); !line.contains(text); line = lines.readLine()) {}
        }
    }

    /** Comes in over WebSocket, and reads on until something contains this. */
    void awaitOverWebSocket(String name, String text) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder all = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                all.append(part);
                if (all.indexOf(text) >= 0) {
                    heard.countDown();
                }
                return WebSocket.Listener.super.onText(socket, part, last);
            }
        };
        URI place = URI.create(
                "ws:" + places.get("http").resolve("/chat?name=" + name).getSchemeSpecificPart());
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("prosa.v1")
                .buildAsync(place, listener)
                .join();
        assertTrue(heard.await(20, TimeUnit.SECONDS), text);
        socket.abort();
    }

    /** Reads on until a line of the feed contains this. */
    void awaitOnTheFeed(String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(places.get("http").resolve("/feed?last=10"))
                .build();
        try (var lines = client.send(request, BodyHandlers.ofLines()).body()) {
            assertTrue(lines.anyMatch(line -> line.contains(text)));
        }
    }

    /** @return its exit status, after SIGTERM */
    int stop() throws InterruptedException {
        process.toHandle().destroy(); // the other one closes its output
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.shutdownNow(); // close() would wait for whoever still listens
    }
}
