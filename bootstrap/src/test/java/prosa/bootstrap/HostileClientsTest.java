package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.WebSocketClient;

/** Whatever clients send and however they end: nobody else notices, and the log has no stack trace. */
class HostileClientsTest {
    private static final Random RANDOM = new Random(8_080);

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void noClientCausesAStackTrace() throws Exception {
        try (ProsaProcess prosa =
                ProsaProcess.start(folder, "--data-dir", folder.resolve("data").toString())) {
            URI http = prosa.http().server();
            WebSocketClient ana = WebSocketClient.connect(http, "/chat?name=Ana", "prosa.v1");
            EventSource feed = new EventSource(http.resolve("/feed"));
            for (int round = 0; round < 3; round++) {
                for (URI uri : prosa.listening()) {
                    for (byte[] garbage : garbage(uri)) {
                        sendAndReset(uri, garbage);
                        sendAndClose(uri, garbage);
                    }
                }
                breakWebSockets(http, "/chat?name=Mallory");
                breakWebSockets(http, "/testing");
                leaveInTheMiddle(prosa);
            }
            ana.send(Json.object("type", "say", "text", "still here"));
            ana.next("ack");
            feed.blocks()
                    .next(block ->
                            block.isMessage() && block.json().text("text").equals("still here"));
            Waiting.await("all others have left", () -> prosa.http().headCount("main") == 1);
            prosa.assertNoStackTrace();
            prosa.terminate();
            assertEquals(1001, ana.closeCode());
            prosa.assertEndedWell();
            assertTrue(prosa.errors().lines().noneMatch(line -> line.contains("ERROR")), prosa::errors);
        }
    }

    @Test
    @Timeout(60)
    void whatTheTutorialsServerIsToldIsLoggedInOneVisibleLineOf200Characters() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory");
                WebSocketClient page = WebSocketClient.connect(prosa.http().server(), "/testing", null)) {
            assertEquals("Msg from server", page.texts().next());
            page.send("olá\n\tat forged\u001b[31m\u202e" + "x".repeat(300));
            page.send("\uD83D\uDC4B".repeat(300));
            Waiting.await("both are logged", () -> prosa.errors().lines().count() == 2);
            List<String> log = prosa.errors().lines().toList();
            String shown = "olá\\u000a\\u0009at forged\\u001b[31m\\u202e" + "x".repeat(180);
            assertTrue(log.getFirst().endsWith("/testing: " + shown), log.getFirst());
            assertTrue(log.getLast().endsWith("/testing: " + "\uD83D\uDC4B".repeat(200)), log.getLast());
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> garbage(URI uri) {
        String host = "Host: " + uri.getAuthority() + "\r\n";
        String upgrade = RawWebSocket.request(URI.create("http://" + uri.getAuthority()), "/chat?name=Mallory");
        List<byte[]> all = new ArrayList<>(List.of(
                new byte[0],
                random(1),
                random(5_000),
                new byte[100_000],
                ascii("\r\n\r\n\r\n"),
                ascii("GET"),
                ascii("GET / HTTP/1.1\r\n"),
                ascii("GET / HTTP/1.1\r\n" + host + "\r\n").clone(),
                ascii("GET /" + "../".repeat(500) + "etc/passwd HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET /%00%ff%2e%2e%2f?room=%ff&since=%zz&last=%00 HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET /feed?room=%ff&as=%00 HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET /feed?" + "room=a&".repeat(900) + " HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET /feed?as=" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET /messages?limit=99999999999999999999 HTTP/1.1\r\n" + host + "\r\n"),
                ascii("GET http://elsewhere.example/ HTTP/1.1\r\nHost: " + "[::1\r\n\r\n"),
                ascii("POST /messages?name=Mallory HTTP/1.1\r\n" + host + "Content-Length: 100\r\n\r\ntoo short"),
                ascii("POST /messages?name=Mallory HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"),
                ascii("POST /messages?name=Mallory HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                ascii("POST /messages?name=Mallory HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
                ascii("POST /messages HTTP/1.1\r\n" + host
                        + "Content-Type: application/json\r\nContent-Length: 4\r\n\r\n{\"a\""),
                ascii("POST /messages HTTP/1.1\r\n" + host + "Content-Type: ;;;\r\nContent-Length: 2\r\n\r\nhi"),
                ascii("POST /messages HTTP/1.1\r\n" + host + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"),
                ascii("CONNECT a:1 HTTP/1.1\r\n" + host + "\r\n"),
                ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                ascii(upgrade.substring(0, upgrade.length() - 2)),
                ascii(upgrade),
                ascii(upgrade.replace("dGhlIHNhbXBsZSBub25jZQ==", "short")),
                ascii(upgrade.replace("Version: 13", "Version: 8")),
                ascii(upgrade.replace("GET", "POST")),
                ascii(upgrade.replace("/chat", "/nowhere")),
                ascii(upgrade.replace("/chat?name=Mallory", "/chat?name=%ff%00&room=%zz&since=%")),
                ascii(upgrade.replace("Sec-WebSocket-Key", "Sec-WebSocket-Protocol: ,,;\"\r\nSec-WebSocket-Key")),
                ascii(upgrade.replace("Sec-WebSocket-Key", "Sec-WebSocket-Extensions: ;;x=\"\r\nSec-WebSocket-Key")),
                ascii("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"), // TLS
                ascii("prosa.v1\n{\"type\":\"join\",\"name\":\"Mallory\"}\n{\"type\":\"say\",\"text\":\""
                        + "x".repeat(100_000)),
                ascii("prosa.v1\n" + "[".repeat(50_000) + "\n"),
                ascii("Mallory\n/msg\n/last 99999999999\n/join \u0000\n" + "/quit\n".repeat(1_000)),
                ascii("\u00ff\u00fb".repeat(10_000))));
        all.set(7, ascii("GET / HTTP/1.1\r\n" + host + "Cookie: " + "\u0001\u0080" + "\r\n\r\n"));
        return all;
    }

    private static Socket connected(URI uri) throws IOException {
        Socket socket = new Socket(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void sendAndReset(URI uri, byte[] bytes) throws IOException {
        try (Socket socket = connected(uri)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // It had enough of us.
        }
    }

    /** Says that this was all, and takes a little of the answer. */
    private static void sendAndClose(URI uri, byte[] bytes) throws IOException {
        try (Socket socket = connected(uri)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            in.read(new byte[100]);
        } catch (IOException e) {
            // It had enough of us.
        }
    }

    private static void breakWebSockets(URI http, String path) throws IOException {
        byte[] frame = RawWebSocket.frame(true, RawWebSocket.TEXT, ascii("{\"type\":\"who\"}"));
        byte[] unmasked = {(byte) 0x81, 1, 'a'};
        byte[] reservedBit = frame.clone();
        reservedBit[0] |= 0x40;
        byte[] reservedOpcode = frame.clone();
        reservedOpcode[0] = (byte) 0x83;
        byte[] fragmentedPing = RawWebSocket.frame(false, RawWebSocket.PING, new byte[0]);
        byte[] longPing = RawWebSocket.frame(true, RawWebSocket.PING, new byte[200]);
        byte[] loneContinuation = RawWebSocket.frame(true, RawWebSocket.CONTINUATION, new byte[3]);
        byte[] shortClose = RawWebSocket.frame(true, RawWebSocket.CLOSE, new byte[1]);
        byte[] badCloseCode = RawWebSocket.frame(true, RawWebSocket.CLOSE, new byte[] {0, 5});
        byte[] endless = {(byte) 0x81, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 'x'};
        byte[] negative = {(byte) 0x81, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 'x'};
        for (byte[] bytes : List.of(
                frame,
                unmasked,
                reservedBit,
                reservedOpcode,
                fragmentedPing,
                longPing,
                loneContinuation,
                shortClose,
                badCloseCode,
                endless,
                negative,
                random(500))) {
            for (int end : new int[] {bytes.length, bytes.length / 2}) {
                RawWebSocket socket = new RawWebSocket(http, path, 0, "Sec-WebSocket-Protocol: prosa.v1");
                assertEquals(101, socket.status());
                socket.sendRaw(Arrays.copyOf(bytes, end));
                socket.vanish();
            }
        }
    }

    /** Resets while the server writes, and half-closes while it has much to say. */
    private static void leaveInTheMiddle(ProsaProcess prosa) throws IOException {
        URI http = prosa.http().server();
        List<RawWebSocket> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readers.add(new RawWebSocket(http, "/chat?room=flood&name=reader-" + i, 4_096));
        }
        Socket feed = connected(http);
        feed.getOutputStream().write(ascii("GET /feed?room=flood HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Socket line = connected(prosa.place().tcp());
        line.getOutputStream().write(ascii("/join flood\nline\n"));
        String text = "x".repeat(4_000);
        for (int i = 0; i < 100; i++) {
            prosa.http().say("flood", "Mallory", text);
            if (i % 10 == 5) {
                readers.removeLast().vanish();
            }
        }
        line.shutdownOutput();
        for (Socket socket : List.of(feed, line)) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        for (RawWebSocket reader : readers) {
            reader.close();
        }
    }
}
