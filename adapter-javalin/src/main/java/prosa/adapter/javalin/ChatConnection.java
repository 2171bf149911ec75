package prosa.adapter.javalin;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/**
 * Jetty's WebSocket connection with another writer. Jetty reads, parses, validates and keeps the closing handshake; what it
 * wants to send takes its turn with what the delivery thread writes.
 */
final class ChatConnection extends WebSocketConnection {
    private final ChatSocket socket;

    /** What is read here never blocks. Of a callback that might, Jetty wakes another thread to go on selecting meanwhile. */
    private final Callback whenFillable =
            Callback.from(InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);

    ChatConnection(EndPoint endPoint, Connector connector, WebSocketCoreSession session, ChatSocket socket) {
        super(endPoint, connector.getExecutor(), connector.getScheduler(), connector.getByteBufferPool(), session);
        this.socket = socket;
        session.setWebSocketConnection(this);
    }

    @Override
    public void fillInterested() {
        fillInterested(whenFillable);
    }

    @Override
    public void enqueueFrame(OutgoingEntry entry) {
        socket.send(entry);
    }
}
