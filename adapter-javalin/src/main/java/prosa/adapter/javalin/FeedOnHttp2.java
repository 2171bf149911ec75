package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import prosa.application.OpenFeed;
import prosa.delivery.CloseReason;

/**
 * A feed that is one stream of an HTTP/2 connection among others (RFC 9113 §5): the connection stays Jetty's, which sends what is written
 * here as the client's window allows (§5.2). One write is under way at a time, of so many bytes at most; the rest stays in the shared log
 * until that is gone, so that a client that does not read takes no memory but this.
 *
 * <p>The delivery thread writes; Jetty's threads say when something is gone. Both take this object's lock, for moments.
 */
final class FeedOnHttp2 implements AnswerStream, WritableByteChannel {
    /** As much as a TLS record holds (RFC 8446 §5.1). */
    private static final int MOST = 16 << 10;

    private final Response response;
    private final Callback end;

    // Guarded by this.
    private boolean writing;
    private boolean closed;
    private @Nullable Rest rest;

    private volatile @Nullable OpenFeed following;

    /** What waits until the write that is under way is done. */
    private record Rest(ByteBuffer bytes, Runnable done) {}

    private FeedOnHttp2(Response response, Callback end) {
        this.response = response;
        this.end = end;
    }

    /** Whether a request came on a stream of HTTP/2, not on a connection that can be taken over. */
    static boolean carries(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /**
     * Sends the head, which is as the caller has set it, and follows from then on.
     *
     * @param end completed when the feed has ended
     */
    static void begin(
            Request request, Response response, Callback end, Function<? super AnswerStream, OpenFeed> follow) {
        FeedOnHttp2 feed = new FeedOnHttp2(response, end);
        request.addFailureListener(failure -> feed.gone());
        request.addIdleTimeoutListener(timeout -> false); // heartbeats find out who has gone
        response.write(false, null, Callback.from(() -> feed.follow(follow), failure -> feed.gone()));
    }

    private void follow(Function<? super AnswerStream, OpenFeed> follow) {
        OpenFeed opened = follow.apply(this);
        following = opened;
        if (!isOpen()) {
            opened.gone();
        }
    }

    private void gone() {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
        }
        OpenFeed ended = following;
        if (ended != null) {
            ended.gone();
        }
        if (first) {
            end.failed(new ClosedChannelException());
        }
    }

    @Override
    public WritableByteChannel channel() {
        return this;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int taken = Math.min(bytes.remaining(), MOST);
        ByteBuffer copy;
        synchronized (this) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (writing || taken == 0) {
                return 0;
            }
            writing = true;
            copy = ByteBuffer.allocate(taken);
        }
        copy.put(bytes.slice(bytes.position(), taken)).flip();
        bytes.position(bytes.position() + taken);
        response.write(false, copy, Callback.from(this::sent, failure -> {
            gone();
            sent();
        }));
        return taken;
    }

    private void sent() {
        Rest next;
        synchronized (this) {
            next = rest;
            rest = null;
            writing = next != null;
        }
        if (next != null) {
            goOn(next);
        }
    }

    private void goOn(Rest next) {
        if (!isOpen()) {
            finished(next);
            return;
        }
        response.write(false, next.bytes(), Callback.from(() -> finished(next), failure -> {
            gone();
            finished(next);
        }));
    }

    private void finished(Rest next) {
        synchronized (this) {
            writing = false;
        }
        next.done().run();
    }

    @Override
    public void finish(ByteBuffer bytes, Runnable done) {
        Rest next = new Rest(bytes, done);
        synchronized (this) {
            if (writing) {
                rest = next;
                return;
            }
            writing = true;
        }
        goOn(next);
    }

    @Override
    public boolean hasLastWords() {
        return false;
    }

    /** The stream ends, or is reset if something is still under way: what is half told has no end. */
    @Override
    public void close(CloseReason reason) {
        boolean whole;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            whole = !writing && reason != CloseReason.GONE;
        }
        if (whole) {
            end.succeeded();
        } else {
            end.failed(new ClosedChannelException());
        }
    }

    @Override
    public boolean isOpen() {
        synchronized (this) {
            return !closed;
        }
    }

    @Override
    public void cut() {
        close(CloseReason.GONE);
    }

    @Override
    public void close() {
        cut();
    }
}
