package prosa.adapter.javalin;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/**
 * Jetty's WebSocket connection with another writer. Jetty reads, parses, validates and keeps the closing handshake; what it
 * wants to send takes its turn with what the delivery thread writes.
 */
final class ChatConnection extends FairConnection {
    private final ChatSocket socket;

    ChatConnection(EndPoint endPoint, Connector connector, WebSocketCoreSession session, ChatSocket socket) {
        super(endPoint, connector, session);
        this.socket = socket;
    }

    @Override
    public void enqueueFrame(OutgoingEntry entry) {
        socket.send(entry);
    }
}
