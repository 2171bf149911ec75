package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Writes to a connection of Jetty's without Jetty's queues: straight to the socket where there is one, through the end point
 * over TLS. What the socket does not take at once is handed to the end point, which waits for it.
 *
 * <p>Delivery thread only. Safe as long as nothing else writes to the end point, which is why {@link ChatConnection} overrides
 * what Jetty itself would send.
 */
final class DirectWriter {
    private DirectWriter() {}

    /** The socket itself, where there is one; what is written to it is taken as far as it goes now. */
    static WritableByteChannel channel(EndPoint endPoint) {
        return endPoint instanceof SocketChannelEndPoint plain ? plain.getChannel() : new OverEndPoint(endPoint);
    }

    /** @param done called once, when all was taken or the connection broke */
    static void finish(EndPoint endPoint, ByteBuffer rest, Runnable done) {
        endPoint.write(Callback.from(done, broken -> done.run()), rest);
    }

    /** Jetty encrypts. */
    private record OverEndPoint(EndPoint endPoint) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int before = bytes.remaining();
            endPoint.flush(bytes);
            return before - bytes.remaining();
        }

        @Override
        public boolean isOpen() {
            return endPoint.isOpen();
        }

        @Override
        public void close() {
            endPoint.close();
        }
    }
}
