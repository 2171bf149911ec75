package prosa.lab.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.SelfSigned;

/** A relay from which TLS goes to the server. */
class RelayToTlsTest {
    @Test
    void showsWhatPassesAndPassesTheEndsOn(@TempDir Path folder) throws Exception {
        SelfSigned certificate = new SelfSigned(folder);
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Recorder recorder = new Recorder();
        try (ServerSocket server = certificate
                        .server()
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, here.getAddress());
                Relay relay = Relay.start(
                        here,
                        new Endpoint(
                                (InetSocketAddress) server.getLocalSocketAddress(),
                                Optional.of(certificate.tls("localhost"))),
                        link -> recorder);
                Socket client = new Socket(
                        relay.listening().getAddress(), relay.listening().getPort())) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write("in the clear".getBytes(StandardCharsets.UTF_8));
            try (Socket accepted = server.accept()) {
                accepted.setSoTimeout(5_000);
                assertEquals("in the clear", read(accepted));
                accepted.getOutputStream().write("and back too".getBytes(StandardCharsets.UTF_8));
                assertEquals("and back too", read(client));
                client.shutdownOutput();
                assertEquals(-1, accepted.getInputStream().read());
            }
            assertEquals(-1, client.getInputStream().read());
        }
        assertEquals("in the clear", new String(recorder.received(Direction.UP), StandardCharsets.UTF_8));
        assertEquals("and back too", new String(recorder.forwarded(Direction.DOWN), StandardCharsets.UTF_8));
    }

    private static String read(Socket socket) throws Exception {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
}
