package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.Arrivals;
import prosa.delivery.DeliveryThread;
import prosa.test.wire.client.TestTls;

/** What a follower is told of what it writes, while the client does not read. */
class TlsLinkTest {
    private final Random random = new Random(3);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private EventLoop loop;
    private ServerSocketChannel server;
    private Socket client;
    private TlsLink link;

    @BeforeEach
    void shakeHands() throws Exception {
        loop = new EventLoop("test");
        loop.start();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Socket plain = new Socket();
        plain.connect(server.getLocalAddress());
        plain.setSoTimeout(10_000);
        CompletableFuture<TlsLink> agreed = new CompletableFuture<>();
        SocketChannel accepted = server.accept();
        loop.execute(() -> {
            try {
                new TlsHandshake(
                        new TlsLink(accepted, Arrivals.Place.NONE, serverEngine(), new TlsBuffers()),
                        loop,
                        Runnable::run,
                        agreed::complete);
            } catch (IOException e) {
                agreed.completeExceptionally(e);
            }
        });
        client = TestTls.over(plain);
        ((SSLSocket) client).startHandshake();
        link = agreed.get(10, TimeUnit.SECONDS);
    }

    private static SSLEngine serverEngine() {
        SSLEngine engine = TestTls.context().createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @AfterEach
    void end() throws Exception {
        link.close(); // first: the client would wait for an answer
        client.close();
        loop.end(Duration.ZERO);
        server.close();
    }

    /** A unit of random bytes, as a log has it. */
    private ByteBuffer unit(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }

    /** Writes units until the socket is full; what is left of the last. */
    private ByteBuffer fill(int length) throws Exception {
        ByteBuffer unit = unit(length);
        while (true) {
            link.channel().write(unit);
            note(unit.duplicate().flip());
            if (unit.hasRemaining()) {
                return unit;
            }
            assertTrue(link.isFlushed(), "ciphertext is left, and nobody will come back for it");
            unit = unit(length);
        }
    }

    private void note(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        taken.writeBytes(copy);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 333, 16_000, 40_000})
    void theFollowerComesBackForAllThatIsLeftAndNoByteGoesTwice(int length) throws Exception {
        DeliveryThread.noteTurn(true); // here, as each test has a thread of its own
        ByteBuffer rest = fill(length);
        assertFalse(link.isFlushed());
        ByteBuffer copy = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        note(copy.duplicate());
        ByteBuffer due = link.notTaken(copy);
        assertEquals(0, link.channel().write(unit(10)), "nothing is sealed before the rest has gone");

        byte[] wanted = taken.toByteArray();
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> read(wanted.length));
        while (!read.isDone()) {
            if (link.flush()) {
                link.writeFromLoop(due);
            }
            Thread.onSpinWait();
        }
        assertArrayEquals(wanted, read.get());
        assertFalse(due.hasRemaining());
        assertTrue(link.isFlushed());
    }

    private byte[] read(int count) {
        try {
            InputStream in = client.getInputStream();
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itIsNoSocketForBatches() {
        assertFalse(link.channel() instanceof SocketChannel, "a batch would write past the engine");
    }
}
