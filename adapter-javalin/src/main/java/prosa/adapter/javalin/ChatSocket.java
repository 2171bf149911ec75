package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.internal.Generator;
import org.jspecify.annotations.Nullable;
import prosa.application.Command;
import prosa.application.Farewell;
import prosa.application.FeedSubscriber;
import prosa.application.Visitor;
import prosa.dialect.Dialect;
import prosa.domain.Reason;

/**
 * One client on {@code /chat}.
 *
 * <p>Frames come on Jetty's threads, one after the other. The delivery thread writes, and it alone; what Jetty sends itself goes
 * to it as {@link Visitor#control}.
 */
final class ChatSocket implements FrameHandler, FeedSubscriber {
    /** A client that has sent nothing for so long, not even a pong to the ping of every 20 s, is gone. */
    private static final long SILENCE_NANOS = 45_000_000_000L;

    /** Milliseconds that a client has to answer our close frame. */
    private static final long CLOSE_TIMEOUT = 2_000;

    /** RFC 6455 §7.4.2: 4000 to 4999 are for private use. A client that sees this must not come back by itself. */
    private static final int REPLACED = 4001;

    /** Registered with IANA after RFC 6455. */
    private static final int TRY_AGAIN_LATER = 1013;

    private final Dialect dialect;
    private final EndPoint endPoint;
    private final Function<ChatSocket, Visitor> visit;
    private final TextMessage message = new TextMessage();
    private final AtomicBoolean demandDue = new AtomicBoolean();
    private @Nullable CoreSession session;
    private volatile @Nullable Visitor visitor;
    private volatile boolean closing;
    private volatile boolean finishing;
    private volatile long lastHeard = System.nanoTime();

    ChatSocket(Dialect dialect, EndPoint endPoint, Function<ChatSocket, Visitor> visit) {
        this.dialect = dialect;
        this.endPoint = endPoint;
        this.visit = visit;
    }

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        this.session = session;
        // Pings and their deadline find out who has gone: direct writes don't count as activity with Jetty.
        endPoint.setIdleTimeout(0);
        callback.succeeded();
        visitor = visit.apply(this);
        session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        lastHeard = System.nanoTime();
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> onText(frame, callback);
            case OpCode.BINARY -> {
                callback.succeeded();
                closeWith(CloseStatus.BAD_DATA, "text only");
                demand();
            }
            case OpCode.PING -> {
                // A copy: Jetty uses the frame's buffer again as soon as the callback is called.
                byte[] payload = BufferUtil.toArray(frame.getPayload());
                callback.succeeded();
                if (!closing) {
                    session().sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.NOOP, false);
                }
                demand();
            }
            case OpCode.CLOSE -> callback.succeeded(); // Jetty answers it
            default -> {
                callback.succeeded();
                demand();
            }
        }
    }

    private void onText(Frame frame, Callback callback) {
        message.add(frame.getPayload());
        callback.succeeded();
        demandDue.set(true);
        boolean hungry = true;
        if (frame.isFin()) {
            hungry = switch (message.take()) {
                case TextMessage.Whole whole -> hear(whole.text());
                case TextMessage.TooLong tooLong ->
                    hear(new Command.Unreadable(Reason.TEXT_TOO_LONG, Optional.empty()));
                case TextMessage.NotUtf8 notUtf8 -> {
                    closeWith(CloseStatus.BAD_PAYLOAD, "not UTF-8");
                    yield true;
                }
            };
        }
        if (hungry) {
            resumeReading();
        }
    }

    /** One text is one message in the text dialect, and one or more lines in JSON. */
    private boolean hear(String text) {
        boolean hungry = true;
        for (String line : dialect.linesOf(text)) {
            hungry = hear(dialect.read(line));
        }
        return hungry;
    }

    private boolean hear(Command command) {
        Visitor speaker = visitor;
        return closing || speaker == null || speaker.hear(command);
    }

    @Override
    public void resumeReading() {
        if (demandDue.compareAndSet(true, false)) {
            demand();
        }
    }

    private void demand() {
        session().demand();
    }

    private CoreSession session() {
        if (session == null) {
            throw new IllegalStateException("not open yet");
        }
        return session;
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus closeStatus, Callback callback) {
        Visitor gone = visitor;
        if (gone != null) {
            gone.gone();
        }
        callback.succeeded();
    }

    /** What Jetty, or this class through Jetty's session, wants to send: it waits for its turn, or goes last. */
    void send(OutgoingEntry entry) {
        byte[] frame = whole(entry.getFrame());
        Callback callback = entry.getCallback();
        Visitor speaker = visitor;
        if (speaker == null || closing) {
            sendLast(frame, callback);
        } else {
            speaker.control(frame, callback::succeeded);
        }
    }

    private static byte[] whole(Frame frame) {
        ByteBuffer bytes = BufferUtil.allocate(Generator.MAX_HEADER_LENGTH + frame.getPayloadLength());
        new Generator().generateWholeFrame(frame, bytes);
        return BufferUtil.toArray(bytes);
    }

    private void sendLast(byte[] frame, Callback callback) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        try {
            DirectWriter.channel(endPoint).write(bytes);
            if (bytes.hasRemaining()) {
                DirectWriter.finish(endPoint, bytes, callback::succeeded);
            } else {
                callback.succeeded();
            }
        } catch (IOException e) {
            callback.failed(e);
        }
    }

    /** A closing handshake that we begin while others may still write: it takes its turn. */
    private void closeWith(int code, String why) {
        session().close(code, why, Callback.NOOP);
    }

    @Override
    public WritableByteChannel channel() {
        return DirectWriter.channel(endPoint);
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        finishing = true;
        DirectWriter.finish(endPoint, rest, () -> {
            finishing = false;
            done.run();
        });
    }

    @Override
    public boolean answers(long nanoTime) {
        return nanoTime - lastHeard < SILENCE_NANOS;
    }

    @Override
    public void close(Farewell farewell) {
        if (farewell == Farewell.GONE || finishing || session == null) {
            endPoint.close();
            return;
        }
        closing = true;
        if (endPoint instanceof IdleTimeout clock) {
            clock.notIdle(); // or a client that was silent for longer would be cut off before it could answer
        }
        endPoint.setIdleTimeout(CLOSE_TIMEOUT);
        CloseStatus status = statusOf(farewell);
        session.close(status, Callback.NOOP);
    }

    private static CloseStatus statusOf(Farewell farewell) {
        return switch (farewell) {
            case QUIT, GONE -> new CloseStatus(CloseStatus.NORMAL, "bye");
            case REPLACED -> new CloseStatus(REPLACED, "replaced");
            case TOO_SLOW -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.TOO_SLOW.word());
            case TOO_FAST -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.TOO_FAST.word());
            case NAMELESS -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.NAME_INVALID.word());
            case UNAVAILABLE -> new CloseStatus(TRY_AGAIN_LATER, Reason.UNAVAILABLE.word());
            case SHUTDOWN -> new CloseStatus(CloseStatus.SHUTDOWN, "the server stops");
        };
    }
}
