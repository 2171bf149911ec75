package prosa.adapter.javalin;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import prosa.application.Arrivals;
import prosa.application.Descriptors;
import prosa.application.OpenFeed;
import prosa.application.port.Port;
import prosa.application.port.Transport;
import prosa.delivery.FeedSubscriber;

/** A port of its own on which nothing but one endless event stream is served, to pages of any origin. What it tells is somebody else's. */
public final class StreamTransport implements Transport {
    private final Doorkeeper doorkeeper;
    private final SecurityHeaders securityHeaders = new SecurityHeaders(OptionalInt::empty);
    private final Function<FeedSubscriber, OpenFeed> listen;
    private final HttpServer server;

    /**
     * @param port 0 for any that is free
     * @param descriptors what the process has left
     * @param arrivals asked for each connection
     * @param listen somebody listens from now on, once the head is written. On any thread; who writes to one listener is one thread
     */
    public StreamTransport(
            List<InetAddress> addresses,
            int port,
            Descriptors descriptors,
            Arrivals arrivals,
            Function<FeedSubscriber, OpenFeed> listen) {
        this.doorkeeper = new Doorkeeper(addresses);
        this.listen = listen;
        HttpServer.Door door = new HttpServer.Door(HttpPatience.USUAL, descriptors, Descriptors.RESERVE, arrivals);
        this.server = new HttpServer(addresses, List.of(Port.plain(port)), door, head -> false, this::configure);
    }

    private void configure(JavalinConfig config) {
        config.routes.before(this::check);
        Refusals.install(config.routes);
        config.routes.get("/", request -> StreamRoute.begin(request, listen));
    }

    private void check(Context request) {
        securityHeaders.addTo(request);
        doorkeeper.checkHost(request);
        Query.of(request);
    }

    @Override
    public void start() throws IOException {
        server.start();
    }

    @Override
    public List<URI> listening() {
        return server.listening("sse");
    }

    @Override
    public void stopAccepting() {
        server.stopAccepting();
    }

    @Override
    public void stop(Duration grace) {
        server.stop(grace);
    }
}
