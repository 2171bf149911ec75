package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.RawWebSocket;
import prosa.test.wire.client.WebSocketClient;

/** The tutorial's WebSocket: it stands at the chat's side, and lets in nobody whom the chat would not. */
class TutorialSocketTest {
    private static RunningHouse house;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        house = RunningHouse.inMemory();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static URI server() {
        return house.place().http();
    }

    private static int status(URI server, String path, String... headers) throws IOException {
        try (RawWebSocket socket = new RawWebSocket(server, path, 0, headers)) {
            return socket.status();
        }
    }

    private static RawWebSocket connect(String path) throws IOException {
        return new RawWebSocket(house.http().server(), path, 0);
    }

    private static byte[] frames(int count, IntFunction<byte[]> frame) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.write(frame.apply(i));
        }
        return all.toByteArray();
    }

    private static void assertTooFast(RawWebSocket socket) throws IOException {
        RawWebSocket.Frame close = socket.read(RawWebSocket.CLOSE);
        assertEquals(1008, close.closeCode());
        assertTrue(close.text().endsWith("too-fast"), close.text());
    }

    @Test
    void theTutorialGreetsAndSelectsNoSubprotocol() {
        try (WebSocketClient client = WebSocketClient.connect(server(), "/testing", "prosa.v1", "Origin", "null")) {
            assertEquals("", client.subprotocol());
            assertEquals("Msg from server", client.texts().next());
            client.send("A message of the tutorial's page\n\u001b[31m");
        }
    }

    @Test
    void compressionIsNotAgreedOn() throws IOException {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (RawWebSocket client = new RawWebSocket(server(), "/testing", 0, offer)) {
            assertEquals(101, client.status());
            assertEquals(Optional.empty(), client.header("Sec-WebSocket-Extensions"));
            assertEquals(0, client.read().orElseThrow().reserved());
        }
    }

    @Test
    void pagesOfThisServerAndFromDiskMayConnect() throws IOException {
        int port = server().getPort();
        assertEquals(101, status(server(), "/testing"));
        assertEquals(101, status(server(), "/testing", "Origin: null"));
        assertEquals(101, status(server(), "/testing", "Origin: http://127.0.0.1:" + port));
        assertEquals(
                101, status(URI.create("http://localhost:" + port), "/testing", "Origin: http://localhost:" + port));
    }

    @Test
    void pagesOfOtherSitesMayNot() throws IOException {
        try (RawWebSocket client = new RawWebSocket(server(), "/testing", 0, "Origin: https://evil.example")) {
            assertEquals(403, client.status());
        }
    }

    @Test
    void pingsWithoutEnd() throws IOException {
        try (RawWebSocket flooder = connect("/testing")) {
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(true, RawWebSocket.PING, new byte[125])));
            assertTooFast(flooder);
        }
    }

    @Test
    void pongsThatNobodyAskedFor() throws IOException {
        try (RawWebSocket flooder = connect("/testing")) {
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(true, RawWebSocket.PONG, new byte[0])));
            assertTooFast(flooder);
        }
    }

    @Test
    void aTextOfNothingButFragments() throws IOException {
        try (RawWebSocket flooder = connect("/testing")) {
            flooder.send(false, RawWebSocket.TEXT, new byte[] {'x'});
            flooder.sendRaw(frames(1_500, i -> RawWebSocket.frame(false, RawWebSocket.CONTINUATION, new byte[] {'x'})));
            assertTooFast(flooder);
        }
    }

    @Test
    void theTutorialsLogHasTenLinesASecond() throws Exception {
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--history", "memory");
                WebSocketClient page = WebSocketClient.connect(prosa.http().server(), "/testing", null)) {
            page.texts().next();
            for (int i = 0; i < 500; i++) {
                page.send("flood");
            }
            Waiting.await("the rest is counted", () -> prosa.errors().contains("more, left out"));
            assertTrue(prosa.errors().lines().count() <= 40, prosa::errors);
        }
    }
}
