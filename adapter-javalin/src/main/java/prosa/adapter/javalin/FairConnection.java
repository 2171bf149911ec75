package prosa.adapter.javalin;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/** Jetty's WebSocket connection, for a {@link FrameReader} that leaves the thread to others after its turn. */
class FairConnection extends WebSocketConnection {
    /** What is read here never blocks. Of a callback that might, Jetty wakes another thread to go on selecting meanwhile. */
    private final Callback whenFillable =
            Callback.from(InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);

    FairConnection(EndPoint endPoint, Connector connector, WebSocketCoreSession session) {
        super(endPoint, connector.getExecutor(), connector.getScheduler(), connector.getByteBufferPool(), session);
        session.setWebSocketConnection(this);
        setUseInputDirectByteBuffers(true);
    }

    @Override
    public final void fillInterested() {
        fillInterested(whenFillable);
    }

    @Override
    public final void onClose(@Nullable Throwable cause) {
        super.onClose(cause == null ? Gone.INSTANCE : cause);
    }
}
