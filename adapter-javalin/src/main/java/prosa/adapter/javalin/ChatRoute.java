package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import prosa.application.Chat;
import prosa.application.Command;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Via;

/**
 * {@code /chat}: WebSocket.
 *
 * <p>Javalin and Jetty do the handshake. Then, before Jetty switches from HTTP to its WebSocket connection, another one is put in its
 * place, on the same end point: nothing of the request, of Javalin and of Jetty's session stays with the client, and slices of the
 * feed's log go to the socket by one system call.
 */
final class ChatRoute {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
    private static final String CHOSEN = "prosa.dialect";

    private final Chat chat;

    ChatRoute(Chat chat) {
        this.chat = chat;
    }

    void install(RoutesConfig routes) {
        routes.wsBeforeUpgrade(ChatRoute::chooseSubprotocol);
        routes.ws("/chat", socket -> {});
        routes.wsAfterUpgrade("/chat", this::takeOver);
    }

    /** Javalin would echo the client's first offer, whatever it is. */
    private static void chooseSubprotocol(Context request) {
        boolean json = request.path().equals("/chat")
                && Optional.ofNullable(request.req().getHeaders(SUBPROTOCOL)).stream()
                        .flatMap(offers -> Collections.list(offers).stream())
                        .flatMap(offers -> Arrays.stream(offers.split(",")))
                        .anyMatch(offer -> offer.strip().equals(JsonDialect.NAME));
        request.res().setHeader(SUBPROTOCOL, json ? JsonDialect.NAME : null);
        request.req().setAttribute(CHOSEN, json);
    }

    private void takeOver(Context context) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        if (!(request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) instanceof WebSocketConnection jettys)) {
            return; // not upgraded
        }
        Dialect dialect = Boolean.TRUE.equals(context.req().getAttribute(CHOSEN))
                ? new JsonDialect(Refusals.language(context))
                : new TextDialect(Refusals.language(context));
        FrameCodec codec = new FrameCodec(dialect);
        Optional<Command.Join> opening = opening(context);
        ChatSocket socket = new ChatSocket(
                dialect, jettys.getEndPoint(), subscriber -> chat.visit(Via.WS, codec, subscriber, opening));
        ConnectionMetaData meta = request.getConnectionMetaData();
        ChatConnection connection = new ChatConnection(
                jettys.getEndPoint(), meta.getConnector(), session(request, socket, dialect), socket);
        connection.setUseInputDirectByteBuffers(true);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    }

    private static WebSocketCoreSession session(Request request, FrameHandler handler, Dialect dialect) {
        WebSocketComponents components = WebSocketServerComponents.getWebSocketComponents(
                ServletContextHandler.getCurrentServletContextHandler());
        ExtensionStack none = new ExtensionStack(components, Behavior.SERVER);
        none.negotiate(List.of(), List.of());
        String subprotocol = dialect instanceof JsonDialect ? JsonDialect.NAME : null;
        Negotiated negotiated = new Negotiated(
                request.getHttpURI().toURI(),
                subprotocol,
                request.isSecure(),
                none,
                WebSocketConstants.SPEC_VERSION_STRING);
        WebSocketCoreSession session = new WebSocketCoreSession(handler, Behavior.SERVER, negotiated, components) {
            /** Jetty would set the context's class loader around each frame; there is only one here. */
            @Override
            protected void handle(Runnable task) {
                task.run();
            }
        };
        // A frame of any size is read in pieces, and what is too long is refused by us without being kept
        // (TextMessage).
        session.setMaxFrameSize(0);
        session.setAutoFragment(true);
        return session;
    }

    /** What the query asks for, if anything: a name in it joins at once. */
    private static Optional<Command.Join> opening(Context request) {
        Optional<String> name = Optional.ofNullable(request.queryParam("name"));
        Optional<String> room = Optional.ofNullable(request.queryParam("room"));
        Optional<String> since = Optional.ofNullable(request.queryParam("since"));
        return name.isEmpty() && room.isEmpty() && since.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command.Join(name, room, since, Optional.empty(), Optional.empty()));
    }
}
