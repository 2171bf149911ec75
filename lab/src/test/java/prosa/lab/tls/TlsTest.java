package prosa.lab.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a client of the laboratory believes, and what passes through a relay that begins TLS. */
class TlsTest {
    @TempDir
    static Path folder;

    private static SelfSigned own;

    private ServerSocket server;

    @BeforeAll
    static void certificate() throws Exception {
        own = new SelfSigned(folder);
    }

    /** Answers each line with itself, and ends when the other side does. */
    @BeforeEach
    void start() throws IOException {
        server = own.server()
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket accepted = server.accept()) {
                    accepted.getInputStream().transferTo(accepted.getOutputStream());
                } catch (IOException e) {
                    // refused, or the test is over
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private InetSocketAddress at() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private Leg join(Tls tls) throws IOException {
        return new Endpoint(at(), Optional.of(tls)).join(new Socket(at().getAddress(), at().getPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void whoHasTheCertificateTrustsTheServer(String host) throws Exception {
        try (Leg leg = join(own.tls(host))) {
            assertTrue(leg.isSecured());
            leg.out().write("olá".getBytes());
            assertEquals("olá", new String(leg.in().readNBytes(4)));
        }
    }

    @Test
    void nobodyElseDoes() {
        Tls.NotTrusted stranger = assertThrows(Tls.NotTrusted.class, () -> join(new Tls(Trust.usual(), "localhost")));
        assertEquals(
                "PKIX path building failed: unable to find valid certification path to requested target",
                stranger.why());
        Tls.NotTrusted other = assertThrows(Tls.NotTrusted.class, () -> join(own.tls("chat.example.org")));
        assertTrue(other.why().contains("chat.example.org"), other::why);
    }

    @Test
    void ofAFileTheCertificatesAreTaken() throws Exception {
        String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        Path both = Files.writeString(folder.resolve("both.pem"), Files.readString(own.pem()) + key);
        try (Leg leg = join(new Tls(Trust.in(both), "localhost"))) {
            assertTrue(leg.isSecured());
        }
        Path none = Files.writeString(folder.resolve("none.pem"), key);
        assertThrows(IOException.class, () -> Trust.in(none));
    }

    /** Whoever reads a connection that this side ends is let go. */
    @Test
    void endingLetsGoWhoReads() throws Exception {
        for (boolean abruptly : new boolean[] {true, false}) {
            Leg leg = join(own.tls("localhost"));
            FutureTask<Integer> reading = new FutureTask<>(() -> {
                try {
                    return leg.in().read();
                } catch (SocketException e) {
                    return -1;
                }
            });
            Thread.ofVirtual().start(reading);
            if (abruptly) {
                leg.reset();
            } else {
                leg.close();
            }
            assertEquals(-1, reading.get(5, TimeUnit.SECONDS));
        }
    }
}
