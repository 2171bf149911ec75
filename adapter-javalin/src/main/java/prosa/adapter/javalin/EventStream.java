package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import prosa.application.Farewell;
import prosa.application.FeedSubscriber;
import prosa.application.Following;

/**
 * A connection on which nothing but Server-sent events goes from now on. It takes the place of Jetty's HTTP connection after the
 * response's head, so that neither the request, nor the response, nor a thread stay with the client for hours: 190 MB instead of
 * 562 MB for 9,000 of them.
 *
 * <p>Jetty's threads open, read and close it, one at a time; the delivery thread writes.
 */
final class EventStream extends AbstractConnection implements FeedSubscriber {
    private static final int DISCARD = 1024;

    private final DirectWriter writer;
    private final Function<FeedSubscriber, Following> follow;
    private volatile @Nullable Following following;

    EventStream(EndPoint endPoint, Executor executor, Function<FeedSubscriber, Following> follow) {
        super(endPoint, executor);
        this.writer = new DirectWriter(endPoint);
        this.follow = follow;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // Heartbeats find out who has gone; a client of an event stream never writes.
        getEndPoint().setIdleTimeout(0);
        following = follow.apply(this);
        fillInterested();
    }

    @Override
    public void onFillable() {
        ByteBuffer ignored = ByteBuffer.allocate(DISCARD).limit(0);
        try {
            int read;
            do {
                ignored.clear().limit(0);
                read = getEndPoint().fill(ignored);
            } while (read > 0);
            if (read == 0) {
                fillInterested();
                return;
            }
        } catch (IOException e) {
            // Gone, as at the end of the stream.
        }
        close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        Following ended = following;
        if (ended != null) {
            ended.gone();
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        writer.write(bytes);
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        writer.finish(rest, done);
    }

    /** An event stream has no last words: it ends, and an EventSource comes back by its id. */
    @Override
    public void close(Farewell farewell) {
        close();
    }
}
