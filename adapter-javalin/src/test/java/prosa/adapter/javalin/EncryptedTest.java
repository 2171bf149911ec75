package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.test.wire.House;
import prosa.test.wire.client.TestTls;

/** The wires of a browser over TLS: what it is by HTTP/1.1, and by HTTP/2. */
@Timeout(60)
class EncryptedTest {
    private static final String LONG = "語".repeat(3_900);

    private final House house = HttpHouse.encrypted();
    private final URI server =
            URI.create("https://localhost:" + house.place().https().getPort());
    private HttpClient client;

    @BeforeEach
    void connect() {
        client = client(Version.HTTP_2);
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        house.close();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder()
                .sslContext(TestTls.context())
                .version(version)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private HttpResponse<String> post(String room, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/messages?name=Ana&room=" + room))
                .POST(BodyPublishers.ofString(text))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private BufferedReader open(HttpClient by, String path) throws Exception {
        HttpResponse<InputStream> answer =
                by.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(by.version(), answer.version());
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String lineWith(String part, BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + part);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void feedsBringWhatIsSaid(Version version) throws Exception {
        try (HttpClient by = client(version);
                BufferedReader feed = open(by, "/feed?room=r");
                BufferedReader lines = open(by, "/messages?follow&room=r")) {
            lineWith("retry: ", feed);
            lineWith("following", lines);
            assertEquals(201, post("r", "Olá!").statusCode());
            assertTrue(lineWith("\"said\"", feed).contains("Olá!"));
            assertTrue(lineWith("\"said\"", lines).contains("Olá!"));
            by.shutdownNow();
        }
    }

    /** Over HTTP/1.1 a browser has six connections. */
    @Test
    void aConnectionOfHttp2CarriesManyFeedsAndAPost() throws Exception {
        List<BufferedReader> feeds = new ArrayList<>();
        for (int room = 0; room < 20; room++) {
            feeds.add(open(client, "/feed?room=r" + room));
        }
        HttpResponse<String> said = post("r19", "at once");
        assertEquals(Version.HTTP_2, said.version());
        assertEquals(201, said.statusCode());
        assertTrue(lineWith("\"said\"", feeds.get(19)).contains("at once"));
    }

    @Test
    void aLongPollIsAnsweredAsSoonAsSomethingIsSaid() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                HttpRequest.newBuilder(server.resolve("/messages?wait=20&room=r"))
                        .build(),
                BodyHandlers.ofString());
        for (int i = 0; !waiting.isDone(); i++) {
            assertTrue(i < 100, "nobody was told");
            post("r", "number " + i);
            try {
                waiting.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It had not begun to wait.
            }
        }
        assertTrue(waiting.join().body().contains("number "));
    }

    /** What a socket does not take at once must not wait for the next message. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void whoReadsLateMissesNothing(Version version) throws Exception {
        int messages = 150;
        try (HttpClient by = client(version);
                BufferedReader feed = open(by, "/feed?room=r")) {
            for (int i = 0; i < messages; i++) {
                assertEquals(201, post("r", i + "!" + LONG).statusCode());
            }
            for (int i = 0; i < messages; i++) {
                String line = lineWith("\"said\"", feed);
                assertTrue(line.contains("\"" + i + "!" + LONG + "\""), () -> line.substring(0, 200));
            }
            by.shutdownNow();
        }
    }

    /** The kernels hold some megabytes; what the socket does not take, Jetty keeps as ciphertext. */
    @Test
    void whatTheSocketDidNotTakeDoesNotWaitForTheNextMessage() throws Exception {
        int messages = 600;
        try (SSLSocket socket = (SSLSocket) TestTls.context().getSocketFactory().createSocket()) {
            socket.setReceiveBufferSize(16 << 10);
            socket.connect(new InetSocketAddress("localhost", server.getPort()));
            socket.getOutputStream()
                    .write("GET /feed?room=r HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader feed =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            lineWith("retry: ", feed);
            for (int i = 0; i < messages; i++) {
                assertEquals(201, post("r", i + "!" + LONG).statusCode());
            }
            for (int i = 0; i < messages; i++) {
                assertTrue(lineWith("\"said\"", feed).contains("\"" + i + "!" + LONG + "\""), "message " + i);
            }
        }
    }

    /** A page that came in the clear may have been written by anybody on the way. */
    @ParameterizedTest
    @CsvSource({"https, 201", "http, 403"})
    void aPageMustHaveComeOverTlsItself(String scheme, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/messages?name=Ana"))
                .header("Origin", scheme + "://localhost:" + server.getPort())
                .POST(BodyPublishers.ofString("Oi!"))
                .build();
        assertEquals(status, client.send(request, BodyHandlers.ofString()).statusCode());
    }

    @Test
    void aLongPastComesWhole() throws Exception {
        int messages = 60;
        for (int i = 0; i < messages; i++) {
            post("r", i + "!" + LONG);
        }
        String past = client.send(
                        HttpRequest.newBuilder(server.resolve("/messages?limit=1000&room=r"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertTrue(past.endsWith("]"), "it has an end");
        assertEquals(messages, past.split("\"said\"", -1).length - 1);
    }

    @Test
    void aWebSocketIsAConnectionOfItsOwn() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("prosa.v1")
                .buildAsync(
                        URI.create("wss://localhost:" + server.getPort() + "/chat?room=r&name=Bia"), listener(heard))
                .get(10, TimeUnit.SECONDS);
        assertTrue(next(heard).contains("\"welcome\""));
        post("r", "Oi, Bia!");
        assertTrue(next(heard).contains("Oi, Bia!"));
        socket.sendText("{\"type\":\"say\",\"text\":\"Oi!\",\"ref\":1}", true).get(10, TimeUnit.SECONDS);
        assertTrue(next(heard).contains("\"ack\""));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String text = heard.poll(10, TimeUnit.SECONDS);
        assertNotNull(text);
        return text;
    }

    private static WebSocket.Listener listener(BlockingQueue<String> heard) {
        return new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    heard.add(text.toString());
                    text.setLength(0);
                }
                from.request(1);
                return null;
            }
        };
    }

    @Test
    void whoEndsInOrderIsAnsweredInOrder() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) TestTls.context().getSocketFactory().createSocket("localhost", server.getPort())) {
            socket.getOutputStream()
                    .write("GET /feed?room=r HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader feed =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            lineWith("retry: ", feed);
            post("r", "before");
            lineWith("before", feed);
            socket.shutdownOutput();
            while (feed.readLine() != null) {}
        }
    }
}
