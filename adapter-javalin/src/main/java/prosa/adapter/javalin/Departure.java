package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client goes away while its answer is awaited. Jetty reads nothing from a connection while a request of it is under
 * way, and so would find out only by writing the answer.
 *
 * <p>Its lock guards the connection's input until {@link #end}; Jetty's threads and whoever writes the answer take turns.
 */
final class Departure implements Callback {
    /** Of a client that sends its next request before it has this answer (RFC 9112 §9.3.2). */
    private static final int NEXT_REQUEST = 4_096;

    private final AbstractEndPoint endPoint;
    private final Connection.UpgradeTo connection;
    private final Runnable gone;
    /** Written before the answer can come: it is never somebody else's interest that is ended. */
    private boolean watching;

    private boolean ended;

    private Departure(AbstractEndPoint endPoint, Connection.UpgradeTo connection, Runnable gone) {
        this.endPoint = endPoint;
        this.connection = connection;
        this.gone = gone;
    }

    /**
     * Begins to watch, on the thread that handles the request.
     *
     * @param gone called once at most, when the client has closed at least its sending side
     * @return to be run before the answer is written: it ends the watch
     */
    static Runnable watch(Context context, Runnable gone) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        if (FeedOnHttp2.carries(request)) {
            // Jetty reads on, and tells of the stream's end.
            request.addFailureListener(failure -> gone.run());
            return () -> {};
        }
        Connection connection = request.getConnectionMetaData().getConnection();
        Departure departure =
                new Departure((AbstractEndPoint) connection.getEndPoint(), (Connection.UpgradeTo) connection, gone);
        departure.watching = departure.endPoint.tryFillInterested(departure);
        return departure::end;
    }

    @Override
    public void succeeded() {
        if (isEndOfInput()) {
            gone.run();
        }
    }

    /** What it reads is for Jetty, which parses it after this answer. One look: who sends more will not have gone. */
    private synchronized boolean isEndOfInput() {
        if (ended) {
            return false;
        }
        ByteBuffer next = ByteBuffer.allocate(NEXT_REQUEST).limit(0);
        try {
            int read = endPoint.fill(next);
            if (read > 0) {
                connection.onUpgradeTo(next);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** The connection's input is Jetty's again. */
    private void end() {
        synchronized (this) {
            ended = true;
        }
        if (watching) {
            endPoint.getFillInterest().onFail(new ClosedChannelException());
        }
    }

    /** By {@link #end}, or as the connection is closed: nobody to tell. */
    @Override
    public void failed(Throwable cause) {
        boolean closed;
        synchronized (this) {
            closed = !ended;
        }
        if (closed) {
            gone.run();
        }
    }
}
