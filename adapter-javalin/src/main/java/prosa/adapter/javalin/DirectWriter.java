package prosa.adapter.javalin;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;

/**
 * Writes to a connection of Jetty's without Jetty's queues: straight to the socket, or through Jetty's TLS to it. What that does not take
 * at once is handed to the end point, which waits for it.
 *
 * <p>Delivery thread only. Safe as long as nothing else writes to the end point, which is why {@link ChatConnection} overrides
 * what Jetty itself would send.
 *
 * @param channel what is written to it is taken as far as it goes now; where there is no TLS it is the socket itself
 */
record DirectWriter(EndPoint endPoint, WritableByteChannel channel) {
    static DirectWriter to(EndPoint endPoint) {
        return new DirectWriter(
                endPoint,
                switch (endPoint) {
                    case SocketChannelEndPoint plain -> plain.getChannel();
                    case SslConnection.SslEndPoint encrypted -> new SealedChannel(encrypted);
                    default -> throw new IllegalStateException("not on a socket: " + endPoint);
                });
    }

    /**
     * @param rest what the channel did not take, from there on
     * @param done called once, when all was taken or the connection broke
     */
    void finish(ByteBuffer rest, Runnable done) {
        if (channel instanceof SealedChannel sealed) {
            sealed.skipSealed(rest);
        }
        endPoint.write(Callback.from(done, broken -> done.run()), rest);
    }

    /**
     * A connection is reset when it is closed: where its end is the answer's (RFC 9112 §6.3), it would say that all was told.
     *
     * @throws IOException if it is closed already
     */
    static void cut(WritableByteChannel channel) throws IOException {
        switch (channel) {
            case NetworkChannel socket -> socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            case SealedChannel sealed -> sealed.reset();
            default -> throw new IllegalStateException("not on a socket: " + channel);
        }
    }
}
