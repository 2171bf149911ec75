package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;
import prosa.delivery.CloseReason;

/** The end of the connection is the end of the answer, so what is cut short must not end so. */
class WholeAnswerTest {
    private record Connection(WritableByteChannel channel) implements AnswerStream {
        @Override
        public void finish(ByteBuffer rest, Runnable done) {
            done.run();
        }

        @Override
        public void cut() throws IOException {
            DirectWriter.cut(channel);
            channel.close();
        }

        @Override
        public void close(CloseReason farewell) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static int readAfter(CloseReason farewell) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                Socket client = new Socket(here, ((InetSocketAddress) server.getLocalAddress()).getPort())) {
            WholeAnswer answer = new WholeAnswer(new Connection(server.accept()));
            answer.channel().write(ByteBuffer.wrap(new byte[] {'['}));
            InputStream in = client.getInputStream();
            assertEquals('[', in.read());
            answer.close(farewell);
            return in.read();
        }
    }

    @Test
    void aWholeAnswerEndsInGoodOrder() throws IOException {
        assertEquals(-1, readAfter(CloseReason.QUIT));
    }

    @Test
    void aPartOfOneIsReset() {
        assertThrows(IOException.class, () -> readAfter(CloseReason.SHUTDOWN));
        assertThrows(IOException.class, () -> readAfter(CloseReason.UNAVAILABLE));
        assertThrows(IOException.class, () -> readAfter(CloseReason.TOO_SLOW));
        assertThrows(IOException.class, () -> readAfter(CloseReason.GONE));
    }
}
