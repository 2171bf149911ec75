package prosa.adapter.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import prosa.delivery.BatchWriter;
import prosa.delivery.WithTheTurn;

/** On real sockets. Where there is no io_uring there is nothing to try. */
@Timeout(20)
@ExtendWith(WithTheTurn.class)
class UringWriterTest {
    private final BatchWriter writer = new UringWriter();
    private final List<Pair> pairs = new ArrayList<>();
    private ServerSocketChannel listener;

    /** Both ends of a connection: the server's, which does not block, and the client's. */
    private record Pair(SocketChannel server, SocketChannel client) {
        String read(int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && client.read(bytes) >= 0) {}
            return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
        }

        boolean isAtEnd() throws IOException {
            return client.read(ByteBuffer.allocate(1)) < 0;
        }
    }

    @BeforeEach
    void open() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Pair first = connect();
        assumeTrue(admit(first.server()) >= 0, "no io_uring here");
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
        for (Pair pair : pairs) {
            pair.server().close();
            pair.client().close();
        }
        listener.close();
    }

    private Pair connect() throws IOException {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        client.connect(listener.getLocalAddress());
        SocketChannel server = listener.accept();
        server.configureBlocking(false);
        Pair pair = new Pair(server, client);
        pairs.add(pair);
        return pair;
    }

    private int admit(WritableByteChannel channel) {
        int socket = writer.admit(channel);
        while (socket == BatchWriter.NOT_YET) {
            Thread.onSpinWait();
            socket = writer.admit(channel);
        }
        return socket;
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Test
    void whoAskedItToGetReadyDoesNotWaitForTheFirstOne() throws IOException {
        try (UringWriter early = new UringWriter()) {
            early.open();
            early.open();
            Thread opener = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("prosa-uring"))
                    .findFirst()
                    .orElse(null);
            if (opener != null) {
                opener.join();
            }
            assertTrue(early.admit(connect().server()) >= 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachGetsItsOwnPartOfTheMemory() throws IOException {
        ByteBuffer text = direct("0123456789");
        List<Pair> crowd = new ArrayList<>();
        for (int i = 0; i < BatchWriter.MOST; i++) {
            Pair pair = connect();
            crowd.add(pair);
            writer.add(admit(pair.server()), text.limit(10).position(i % 10));
        }
        writer.write();
        for (int i = 0; i < BatchWriter.MOST; i++) {
            assertEquals(10 - i % 10, writer.taken(i));
            assertEquals("0123456789".substring(i % 10), crowd.get(i).read(10 - i % 10));
        }
    }

    @Test
    void batchesFollowEachOther() throws IOException {
        Pair one = connect();
        Pair two = connect();
        int first = admit(one.server());
        int second = admit(two.server());
        for (int i = 0; i < 1_000; i++) {
            writer.add(first, direct("a" + i % 10));
            writer.add(second, direct("b"));
            writer.write();
            assertEquals(2, writer.taken(0));
            assertEquals(1, writer.taken(1));
            assertEquals("a" + i % 10, one.read(2));
            assertEquals("b", two.read(1));
        }
    }

    @Test
    void aFullSocketTakesAPartAndThenNothingAndTheOthersGoOn() throws IOException {
        Pair stalled = connect();
        Pair reading = connect();
        int first = admit(stalled.server());
        int second = admit(reading.server());
        byte[] noise = new byte[64 << 10];
        new Random(1).nextBytes(noise);
        ByteBuffer bytes = ByteBuffer.allocateDirect(noise.length).put(noise);
        int sent = 0;
        boolean partly = false;
        while (true) {
            writer.add(first, bytes.limit(noise.length).position(sent % noise.length));
            writer.add(second, direct("x"));
            writer.write();
            assertEquals(1, writer.taken(1));
            assertEquals("x", reading.read(1));
            if (writer.taken(0) == 0) {
                break;
            }
            partly |= writer.taken(0) < noise.length - sent % noise.length;
            sent += writer.taken(0);
        }
        assertTrue(partly);
        byte[] came = new byte[sent];
        ByteBuffer read = ByteBuffer.wrap(came);
        while (read.hasRemaining()) {
            stalled.client().read(read);
        }
        byte[] expected = new byte[sent];
        for (int i = 0; i < sent; i++) {
            expected[i] = noise[i % noise.length];
        }
        assertArrayEquals(expected, came);
    }

    @Test
    void aBrokenConnectionFailsAndItsChannelSaysWhy() throws Exception {
        Pair broken = connect();
        Pair reading = connect();
        int first = admit(broken.server());
        int second = admit(reading.server());
        broken.server().shutdownOutput();
        writer.add(first, direct("lost"));
        writer.add(second, direct("x"));
        writer.write();
        assertEquals(BatchWriter.FAILED, writer.taken(0));
        assertEquals(1, writer.taken(1));
        assertEquals("x", reading.read(1));
        assertThrows(IOException.class, () -> broken.server().write(direct("lost")));
    }

    @Test
    void anotherConnectionNeverGetsWhatWasForOneThatIsClosed() throws IOException {
        Pair closed = connect();
        int socket = admit(closed.server());
        closed.server().close();
        List<Pair> next = new ArrayList<>(); // one of them has its descriptor
        for (int i = 0; i < 4; i++) {
            next.add(connect());
        }
        writer.add(socket, direct("private"));
        writer.write();
        writer.dismiss(socket);
        for (Pair pair : next) {
            pair.server().write(direct("public"));
            assertEquals("public", pair.read(6));
        }
    }

    @Test
    void whoIsDismissedIsLetGoOf() throws IOException {
        Pair leaving = connect();
        int socket = admit(leaving.server());
        leaving.server().close();
        writer.dismiss(socket);
        assertTrue(leaving.isAtEnd());
        assertEquals(socket, admit(connect().server()), "its number is free");
    }

    @Test
    void everybodyHasANumberOfTheirOwn() throws IOException {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertTrue(numbers.add(admit(connect().server())));
        }
    }

    @Test
    void aClosedChannelIsNotAdmitted() throws IOException {
        Pair closed = connect();
        closed.server().close();
        assertEquals(BatchWriter.NEVER, admit(closed.server()));
    }

    @Test
    void whatIsNoSocketIsNotAdmitted() throws IOException {
        Pipe pipe = Pipe.open();
        assertEquals(BatchWriter.NEVER, admit(pipe.sink()));
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void itMayBeClosedBeforeItWasOpened() {
        new UringWriter().close();
    }
}
