package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import prosa.test.wire.client.TestTls;

/** The writer of a TLS connection whose socket is soon full, with a real one. */
@Timeout(20)
class SealedChannelTest {
    private static final int PIECE = 4_000;
    private static final int SMALL = 4_096;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Server server = new Server();
    private final UnhurriedConnector connector =
            new UnhurriedConnector(server, new HttpConfiguration(), Doors.USUAL, Optional.of(TestTls.encryption()));

    /** Says as many pieces as the path asks for, as the delivery thread does: what was not taken is finished, and nothing comes after it. */
    private final class Says extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            SslConnection.SslEndPoint encrypted = (SslConnection.SslEndPoint) endPoint;
            SocketChannelEndPoint socket =
                    (SocketChannelEndPoint) encrypted.getSslConnection().getEndPoint();
            socket.getChannel().setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
            DirectWriter writer = DirectWriter.to(endPoint);
            ByteBuffer all = ByteBuffer.wrap(
                    pieces(Integer.parseInt(request.getHttpURI().getPath().substring(1))));
            while (all.hasRemaining()) {
                ByteBuffer piece = all.slice(all.position(), PIECE);
                writer.channel().write(piece);
                all.position(all.position() + piece.position());
                if (piece.hasRemaining()) {
                    writer.finish(all, () -> {});
                    break;
                }
            }
            said.countDown();
            return true;
        }
    }

    private static byte[] pieces(int count) {
        byte[] bytes = new byte[count * PIECE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 7);
        }
        return bytes;
    }

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        connector.setHost("127.0.0.1");
        server.setHandler(new Says());
        ((QueuedThreadPool) server.getThreadPool()).setStopTimeout(0);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    static int[] howMany() {
        int[] counts = new int[8];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i + 1;
        }
        return counts;
    }

    /** At some of these the socket is full just when the last piece was sealed: nobody writes any more, and it has to go out all the same. */
    @ParameterizedTest
    @MethodSource("howMany")
    void theLastPieceGoesOutAlthoughNothingComesBehindIt(int count) throws Exception {
        try (SSLSocket client = (SSLSocket) TestTls.context().getSocketFactory().createSocket()) {
            client.setReceiveBufferSize(SMALL);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
            client.setSoTimeout(5_000);
            client.getOutputStream()
                    .write(("GET /" + count + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(said.await(10, TimeUnit.SECONDS));
            assertArrayEquals(pieces(count), client.getInputStream().readNBytes(count * PIECE));
        }
    }
}
