package prosa.adapter.javalin;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import prosa.application.Arrivals;
import prosa.application.Descriptors;
import prosa.application.port.Host;
import prosa.application.port.Port;
import prosa.application.port.Transport;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** A port on which each request is sent to the same address on HTTPS, and nothing else is served. */
public final class RedirectTransport implements Transport {
    /** What may stand in a {@code Location}; a name beyond ASCII comes in its ASCII form. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9a-f:]+]");

    private static final int HTTPS = 443;

    private final Doorkeeper doorkeeper;
    private final SecurityHeaders securityHeaders = new SecurityHeaders(OptionalInt::empty);
    private final IntSupplier httpsPort;
    private final HttpServer server;

    /**
     * @param port 0 for any that is free
     * @param httpsPort where HTTPS is, asked for each request
     * @param descriptors what the process has left
     * @param arrivals asked for each connection
     */
    public RedirectTransport(
            List<InetAddress> addresses, int port, IntSupplier httpsPort, Descriptors descriptors, Arrivals arrivals) {
        this.doorkeeper = new Doorkeeper(addresses);
        this.httpsPort = httpsPort;
        HttpServer.Door door = new HttpServer.Door(HttpPatience.USUAL, descriptors, Descriptors.RESERVE, arrivals);
        this.server = new HttpServer(addresses, List.of(Port.plain(port)), door, head -> false, this::configure);
    }

    private void configure(JavalinConfig config) {
        config.jetty.modifyServer(server -> server.setHandler(new Redirects(server.getHandler())));
    }

    /** Before all else: whoever asks for a WebSocket is redirected too, and nobody's body is waited for. */
    private final class Redirects extends Handler.Wrapper {
        Redirects(Handler never) {
            super(never);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            try {
                redirect(request, response);
                callback.succeeded();
            } catch (Denied denied) {
                Response.writeError(
                        request, response, callback, denied.denial().status().getCode());
            } catch (Refused refused) {
                Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            }
            return true;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    /** Whatever the method: 308 has clients repeat it as it was, and the body with it. */
    private void redirect(Request request, Response response) {
        String location = "https://" + authority(request) + target(request);
        securityHeaders.addTo(request, response);
        response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
        response.getHeaders().put(HttpHeader.LOCATION, location);
        // Permanent is what clients may keep for good; ports are changed, and TLS is switched off again.
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private String authority(Request request) {
        String given = request.getHeaders().get(HttpHeader.HOST);
        String name = Optional.ofNullable(given)
                .flatMap(Host::of)
                .map(Host::name)
                .filter(host -> NAME.matcher(host).matches())
                .orElseThrow(() -> new Refused(Reason.MALFORMED));
        doorkeeper.checkHost(given);
        int port = httpsPort.getAsInt();
        return port == HTTPS ? name : name + ":" + port;
    }

    /** As it was written, percent signs and all. Of {@code OPTIONS *} there is nothing to lead to. */
    private static String target(Request request) {
        String target = request.getHttpURI().getPathQuery();
        if (target == null || !target.startsWith("/")) {
            throw new Refused(Reason.MALFORMED);
        }
        return target;
    }

    @Override
    public void start() throws IOException {
        server.start();
    }

    @Override
    public List<URI> listening() {
        return server.listening("http");
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
