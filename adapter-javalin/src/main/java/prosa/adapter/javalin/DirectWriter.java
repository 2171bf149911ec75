package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Writes to a connection of Jetty's without Jetty's queues: straight to the socket. What that does not take at once is handed to the end
 * point, which waits for it.
 *
 * <p>Delivery thread only. Safe as long as nothing else writes to the end point, which is why {@link ChatConnection} overrides
 * what Jetty itself would send.
 *
 * <p>There is none over TLS: Jetty's end point there may take all bytes and keep some of their ciphertext, of which a writer that waits
 * for nothing would not hear.
 */
final class DirectWriter {
    private DirectWriter() {}

    /** The socket itself; what is written to it is taken as far as it goes now. */
    static WritableByteChannel channel(EndPoint endPoint) {
        if (endPoint instanceof SocketChannelEndPoint plain) {
            return plain.getChannel();
        }
        throw new IllegalStateException("not on a socket: " + endPoint);
    }

    /** @param done called once, when all was taken or the connection broke */
    static void finish(EndPoint endPoint, ByteBuffer rest, Runnable done) {
        endPoint.write(Callback.from(done, broken -> done.run()), rest);
    }
}
