package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/**
 * A request that becomes a WebSocket. When it ends Jetty switches from HTTP to the connection that it is given here, on the same end
 * point: nothing of the request, of Javalin and of Jetty's session stays with the client.
 */
record Upgrade(Request request, EndPoint endPoint, Connector connector, WebSocketComponents components) {
    /** Nobody asks a session where it was opened, so that is not parsed for each client. */
    private static final URI ANYWHERE = URI.create("/");

    /** One whose handshake Javalin and Jetty have done; empty if they refused it. */
    static Optional<Upgrade> of(Context context) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        return request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) instanceof WebSocketConnection
                ? Optional.of(of(
                        request,
                        WebSocketServerComponents.getWebSocketComponents(
                                ServletContextHandler.getCurrentServletContextHandler())))
                : Optional.empty();
    }

    /** One whose handshake the caller answers. */
    static Upgrade of(Request request, WebSocketComponents components) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        return new Upgrade(request, connection.getConnection().getEndPoint(), connection.getConnector(), components);
    }

    void to(WebSocketConnection connection) {
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    }

    WebSocketCoreSession session(FrameReader handler, @Nullable String subprotocol) {
        ExtensionStack none = new ExtensionStack(components, Behavior.SERVER);
        none.negotiate(List.of(), List.of());
        Negotiated negotiated =
                new Negotiated(ANYWHERE, subprotocol, request.isSecure(), none, WebSocketConstants.SPEC_VERSION_STRING);
        WebSocketCoreSession session = new WebSocketCoreSession(handler, Behavior.SERVER, negotiated, components) {
            /** Jetty would set the context's class loader around each frame; there is only one here. */
            @Override
            protected void handle(Runnable task) {
                task.run();
            }

            /** As Jetty ends it, unless a close frame of the client's waits for its answer. */
            @Override
            public void onEof() {
                if (isInputOpen()) {
                    processConnectionError(Gone.INSTANCE, Callback.NOOP);
                } else {
                    super.onEof();
                }
            }

            @Override
            public boolean isAutoFragment() {
                handler.askedWhetherToCut();
                return super.isAutoFragment();
            }
        };
        // A frame of any size is read in pieces, and what is too long is refused by us without being kept
        // (TextMessage).
        session.setMaxFrameSize(0);
        session.setAutoFragment(true);
        return session;
    }
}
