package prosa.adapter.javalin;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * A connection over TLS, as whoever delivers writes to it: each write is sealed into records by Jetty, under its lock, as reading may have
 * to write too (a key update, RFC 8446 §4.6.3), and goes out at once.
 *
 * <p>The socket may take a part of a record. Jetty keeps the rest of that ciphertext, and has consumed all of the plain bytes by then, so
 * that a writer who waits for nothing would not hear of it, and the end of a message would wait for the next one. So one byte less is
 * said to be taken than was sealed. Whoever writes then comes back to have the rest {@link DirectWriter#finish}ed, with that byte at its
 * head, and there it is skipped.
 *
 * <p>Delivery thread only.
 */
final class SealedChannel implements WritableByteChannel {
    private final SslConnection.SslEndPoint endPoint;
    /** Whether the next byte that is written has been sealed already. */
    private boolean ahead;

    SealedChannel(SslConnection.SslEndPoint endPoint) {
        this.endPoint = endPoint;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int before = bytes.position();
        boolean gone = endPoint.flush(bytes);
        int sealed = bytes.position() - before;
        if (gone || sealed == 0) {
            return sealed;
        }
        bytes.position(bytes.position() - 1);
        ahead = true;
        return sealed - 1;
    }

    /** @param rest what {@link #write} has left, from there on */
    void skipSealed(ByteBuffer rest) {
        if (ahead) {
            rest.get();
            ahead = false;
        }
    }

    /** Ends the connection by a RST, without TLS's own end (RFC 8446 §6.1): what was told so far is no whole. */
    void reset() throws IOException {
        EndPoint socket = endPoint.getSslConnection().getEndPoint();
        if (socket instanceof SocketChannelEndPoint plain) {
            plain.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        socket.close();
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
