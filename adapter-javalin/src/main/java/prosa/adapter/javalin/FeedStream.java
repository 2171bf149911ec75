package prosa.adapter.javalin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import prosa.application.OpenFeed;
import prosa.delivery.CloseReason;

/**
 * A connection on which nothing but a feed goes from now on, in whatever codec: Server-sent events, or JSON lines. It takes the
 * place of Jetty's HTTP connection after the response's head, so that neither the request, nor the response, nor a thread stay
 * with the client for hours: 190 MB instead of 562 MB for 9,000 of them.
 *
 * <p>Jetty's threads open, read and close it, one at a time; the delivery thread writes.
 */
final class FeedStream extends AbstractConnection.NonBlocking implements AnswerStream {
    /** Proxies cut silent connections after a minute or less, and a client that went away is noticed only by writing to it. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int DISCARD = 1024;

    private final DirectWriter writer;
    private final Function<? super AnswerStream, OpenFeed> follow;
    private volatile @Nullable OpenFeed following;

    private FeedStream(EndPoint endPoint, Executor executor, Function<? super AnswerStream, OpenFeed> follow) {
        super(endPoint, executor);
        this.writer = DirectWriter.to(endPoint);
        this.follow = follow;
    }

    /** The response's head, which is all that a HEAD gets. Without {@code close} the body would be chunked. */
    static void writeHead(Context response, String contentType) {
        response.status(HttpStatus.OK);
        head(contentType, response::header);
    }

    static void head(String contentType, BiConsumer<String, String> fields) {
        fields.accept("Content-Type", contentType);
        fields.accept("Cache-Control", "no-cache, no-transform");
        fields.accept("X-Accel-Buffering", "no");
        fields.accept("Access-Control-Allow-Origin", "*");
        fields.accept(SecurityHeaders.RESOURCE_POLICY, "cross-origin");
        fields.accept("Connection", "close");
    }

    /** Sends the head as the caller has set it, and nothing behind it. Jetty would add that the length is 0, which is not GET's. */
    static void endAtHead(Context context) throws IOException {
        context.res().flushBuffer();
    }

    /**
     * Goes on without HTTP after the response's head, which is as the caller has set it. The request ends normally, and Jetty then
     * switches from HTTP to the connection in the attribute.
     *
     * @param follow begins to follow, once the head is written
     */
    static void takeOver(Context context, Function<? super AnswerStream, OpenFeed> follow) throws IOException {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        context.res().flushBuffer();
        if (FeedOnHttp2.carries(request)) {
            StreamsLeft.leave(request, follow);
        } else {
            takeOver(request, follow);
        }
    }

    /** The same where no servlet has been: the caller sends the head. */
    static void takeOver(Request request, Function<? super AnswerStream, OpenFeed> follow) {
        FeedStream stream = new FeedStream(
                request.getConnectionMetaData().getConnection().getEndPoint(),
                request.getConnectionMetaData().getConnector().getExecutor(),
                follow);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, stream);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // Heartbeats find out who has gone; a client of a feed never writes.
        getEndPoint().setIdleTimeout(0);
        following = follow.apply(this);
        fillInterested();
    }

    @Override
    public void onFillable() {
        ByteBuffer ignored = ByteBuffer.allocate(DISCARD).limit(0);
        try {
            // One look: who goes on sending has the next one after the others, as Jetty finds the socket ready again.
            if (getEndPoint().fill(ignored) >= 0) {
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
        OpenFeed ended = following;
        if (ended != null) {
            ended.gone();
        }
    }

    @Override
    public WritableByteChannel channel() {
        return writer.channel();
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        writer.finish(rest, done);
    }

    @Override
    public boolean hasLastWords() {
        return false;
    }

    /** A feed has no last words: it ends, and the client comes back by the last id. */
    @Override
    public void close(CloseReason reason) {
        close();
    }

    @Override
    public void cut() throws IOException {
        try {
            DirectWriter.cut(channel());
        } finally {
            close();
        }
    }
}
