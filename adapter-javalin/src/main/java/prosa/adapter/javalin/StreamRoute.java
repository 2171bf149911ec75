package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.function.Function;
import prosa.application.OpenFeed;
import prosa.application.port.OpenStream;
import prosa.delivery.FeedSubscriber;

/** An {@link OpenStream} on this server. */
final class StreamRoute {
    private final OpenStream stream;

    StreamRoute(OpenStream stream) {
        this.stream = stream;
    }

    void install(RoutesConfig routes) {
        routes.get(stream.path(), this::open);
    }

    private void open(Context context) throws IOException {
        if (!stream.isServed()) {
            throw new NotFoundResponse();
        }
        begin(context, listener -> stream.listen(listener)::run);
    }

    static void begin(Context context, Function<FeedSubscriber, OpenFeed> listen) throws IOException {
        context.status(HttpStatus.OK)
                .contentType("text/event-stream;charset=utf-8")
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no")
                .header("Access-Control-Allow-Origin", "*")
                .header(SecurityHeaders.RESOURCE_POLICY, "cross-origin")
                .header("Connection", "close");
        FeedStream.takeOver(context, listen);
    }
}
