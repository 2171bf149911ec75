package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import prosa.application.port.Peer;
import prosa.domain.Via;

/** Who asks, as far as HTTP can tell. */
final class Peers {
    private static final Via WEB_SOCKET = new Via("ws");
    private static final Via EVENT_STREAM = new Via("sse");
    private static final Via HTTP = new Via("http");

    private Peers() {}

    static Peer overWebSocket(Request request) {
        return new Peer(WEB_SOCKET, address(request));
    }

    static Peer overEventStream(Context request) {
        return new Peer(EVENT_STREAM, address(request));
    }

    static Peer overEventStream(Request request) {
        return new Peer(EVENT_STREAM, address(request));
    }

    static Peer overHttp(Context request) {
        return new Peer(HTTP, address(request));
    }

    /** Of the socket: what a proxy says of others is not believed yet. */
    private static InetAddress address(Context request) {
        return address(ServletContextRequest.getServletContextRequest(request.req()));
    }

    private static InetAddress address(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }
}
