package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.Descriptors;

@Timeout(30)
class RedirectTransportTest {
    private RedirectTransport redirect;
    private volatile int httpsPort = 8443;

    private void start(String address) throws IOException {
        redirect = new RedirectTransport(
                List.of(InetAddress.ofLiteral(address)),
                0,
                () -> httpsPort,
                new Descriptors(() -> Long.MAX_VALUE),
                prosa.application.Arrivals.unlimited());
        redirect.start();
    }

    @AfterEach
    void stop() {
        redirect.stop(Duration.ofSeconds(1));
    }

    /** The whole answer to one request of HTTP/1.1. */
    private String answer(String request) throws IOException {
        URI listening = redirect.listening().getFirst();
        try (Socket socket = new Socket("127.0.0.1", listening.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String get(String path, String host) throws IOException {
        return answer("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static void assertLeadsTo(String location, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 308 "), answer);
        assertTrue(answer.contains("\r\nLocation: " + location + "\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), "no body: " + answer);
    }

    @Test
    void itListensOnHttp() throws Exception {
        start("127.0.0.1");
        assertEquals("http", redirect.listening().getFirst().getScheme());
    }

    @ParameterizedTest
    @CsvSource({
        "/, localhost, https://localhost:8443/",
        "/feed?room=a&room=b%20c, localhost:8080, https://localhost:8443/feed?room=a&room=b%20c",
        "/%C3%A9//x?, LOCALHOST., https://localhost:8443/%C3%A9//x?",
        "//evil.example/, 127.0.0.1:1, https://127.0.0.1:8443//evil.example/",
        "/, '[::1]:8080', 'https://[0:0:0:0:0:0:0:1]:8443/'",
        "/nothing/here, a.localhost, https://a.localhost:8443/nothing/here"
    })
    void eachAddressLeadsToTheSameOnHttps(String path, String host, String location) throws Exception {
        start("127.0.0.1");
        assertLeadsTo(location, get(path, host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void eachMethodIsAnsweredSo(String method) throws Exception {
        start("127.0.0.1");
        String body = method.equals("GET") || method.equals("HEAD") ? "" : "Oi!";
        assertLeadsTo(
                "https://localhost:8443/messages?name=Ana",
                answer(method
                        + " /messages?name=Ana HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body));
    }

    @Test
    void whoAsksForAWebSocketIsAnsweredSo() throws Exception {
        start("127.0.0.1");
        assertLeadsTo(
                "https://localhost:8443/chat",
                answer("GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
    }

    @Test
    void nobodysBodyIsWaitedFor() throws Exception {
        start("127.0.0.1");
        assertLeadsTo(
                "https://localhost:8443/messages",
                answer(
                        "POST /messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n\r\nO"));
    }

    @Test
    void whatIsNoAddressLeadsNowhere() throws Exception {
        start("127.0.0.1");
        assertRefused("HTTP/1.1 400 ", answer("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void theSchemesOwnPortIsLeftOutAndTheOneOfNowIsTold() throws Exception {
        start("127.0.0.1");
        httpsPort = 443;
        assertLeadsTo("https://localhost/", get("/", "localhost:8080"));
        httpsPort = 9443;
        assertLeadsTo("https://localhost:9443/", get("/", "localhost:8080"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "user@localhost", "localhost:99999", "[::1", "<b>", "ol\u00e1"})
    void aHostThatIsNoneLeadsNowhere(String host) throws Exception {
        start("127.0.0.1");
        assertRefused("HTTP/1.1 400 ", get("/", host));
    }

    @Test
    void withoutAHostItLeadsNowhere() throws Exception {
        start("127.0.0.1");
        assertRefused("HTTP/1.1 400 ", answer("GET / HTTP/1.0\r\n\r\n"));
        assertRefused("HTTP/1.1 400 ", answer("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void onLoopbackOnlyNamesOfThisMachineAreKnown() throws Exception {
        start("127.0.0.1");
        assertRefused("HTTP/1.1 403 ", get("/", "evil.example"));
    }

    @Test
    void onTheNetworkAnyNameMayBeOurs() throws Exception {
        start("0.0.0.0");
        assertLeadsTo("https://chat.example:8443/lab/", get("/lab/", "chat.example"));
    }

    private static void assertRefused(String status, String answer) {
        assertTrue(answer.startsWith(status), answer);
        assertFalse(answer.contains("Location"), answer);
    }
}
