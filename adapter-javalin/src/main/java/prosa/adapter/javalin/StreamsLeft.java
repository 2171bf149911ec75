package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import prosa.application.OpenFeed;

/**
 * Around servlets and Javalin: a stream of HTTP/2 that they {@link #leave} goes on as a feed when they have done with it, as a connection
 * of HTTP/1.1 does by {@code UPGRADE_CONNECTION_ATTRIBUTE}. An asynchronous servlet would stay with it for hours, and Jetty may end that
 * at any time when the client goes.
 */
final class StreamsLeft extends Handler.Wrapper {
    private static final String LEFT = StreamsLeft.class.getName();

    private record Left(Function<? super AnswerStream, OpenFeed> follow) {}

    StreamsLeft(Handler next) {
        super(next);
    }

    /** The head is as the caller has set it, and will have been sent when it begins to follow. */
    static void leave(Request request, Function<? super AnswerStream, OpenFeed> follow) {
        request.setAttribute(LEFT, new Left(follow));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!FeedOnHttp2.carries(request)) {
            return super.handle(request, response, callback);
        }
        Callback done = Callback.from(() -> goOn(request, response, callback), callback::failed);
        return super.handle(request, new Unended(request, response), done);
    }

    private static void goOn(Request request, Response response, Callback callback) {
        if (request.getAttribute(LEFT) instanceof Left(var follow)) {
            FeedOnHttp2.begin(request, response, callback, follow);
        } else {
            callback.succeeded();
        }
    }

    /** What servlets end with has more to come if they have left it. */
    private static final class Unended extends Response.Wrapper {
        Unended(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            boolean left = getRequest().getAttribute(LEFT) != null;
            super.write(last && !left, content, callback);
        }
    }
}
