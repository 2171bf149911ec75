package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a connection of Jetty's without Jetty's queues: straight to the socket where there is one, through the end point
 * over TLS. What the socket does not take at once is handed to the end point, which waits for it.
 *
 * <p>Delivery thread only. Safe as long as nothing else writes to the end point, which is why {@link ChatConnection} overrides
 * what Jetty itself would send.
 */
final class DirectWriter {
    private final EndPoint endPoint;
    private final @Nullable SocketChannel socket;

    DirectWriter(EndPoint endPoint) {
        this.endPoint = endPoint;
        this.socket = endPoint instanceof SocketChannelEndPoint plain ? plain.getChannel() : null;
    }

    void write(ByteBuffer bytes) throws IOException {
        if (socket != null) {
            socket.write(bytes);
        } else {
            endPoint.flush(bytes);
        }
    }

    void finish(ByteBuffer rest, Runnable done) {
        endPoint.write(Callback.from(done, broken -> done.run()), rest);
    }
}
