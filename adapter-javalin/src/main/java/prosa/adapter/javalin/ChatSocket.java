package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.internal.Generator;
import org.jspecify.annotations.Nullable;
import prosa.application.Visitor;
import prosa.application.port.Command;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;
import prosa.dialect.Dialect;
import prosa.dialect.UnheardLines;
import prosa.domain.Reason;

/**
 * One client on {@code /chat}.
 *
 * <p>Frames come on Jetty's threads, one after the other. The delivery thread writes, and it alone; what Jetty sends itself goes
 * to it as {@link Visitor#control}.
 */
final class ChatSocket extends FrameReader implements FeedSubscriber {
    /** Milliseconds that a client has to answer our close frame. */
    private static final long CLOSE_TIMEOUT = 2_000;

    /** RFC 6455 §7.4.2: 4000 to 4999 are for private use. A client that sees this must not come back by itself. */
    private static final int REPLACED = 4001;

    /** As {@link #REPLACED}; whoever it was may come back if they are let in. */
    private static final int EXPELLED = 4003;

    /** Registered with IANA after RFC 6455. */
    private static final int TRY_AGAIN_LATER = 1013;

    private final DirectWriter writer;
    private final Function<ChatSocket, Visitor> visit;

    /** The lines of the last text that were not heard yet. */
    private final UnheardLines lines;

    /** Whether a text has come. Belongs to the thread that reads. */
    private boolean begun;

    private volatile @Nullable Visitor visitor;
    private volatile boolean finishing;
    private volatile boolean parted;

    ChatSocket(Dialect dialect, EndPoint endPoint, Executor executor, Function<ChatSocket, Visitor> visit) {
        super(endPoint, executor);
        this.writer = DirectWriter.to(endPoint);
        this.lines = new UnheardLines(dialect);
        this.visit = visit;
    }

    @Override
    void opened() {
        visitor = visit.apply(this);
    }

    /** One text is one message in the text dialect, and one or more lines in JSON. */
    @Override
    boolean heard(TextMessage.Result text) {
        return switch (text) {
            case TextMessage.Whole whole -> {
                if (!lines.take(begun ? whole.text() : ByteOrderMark.skip(whole.text()))) {
                    saysNothing();
                }
                begun = true;
                yield lines.hear(this::hear);
            }
            case TextMessage.TooLong tooLong -> hear(new Command.Unreadable(Reason.TEXT_TOO_LONG, Optional.empty()));
            case TextMessage.NotUtf8 notUtf8 -> true;
        };
    }

    private boolean hear(Command command) {
        Visitor speaker = visitor;
        return isClosing() || speaker == null || speaker.hear(command);
    }

    /** The rest of the lines, and then the next frame. */
    @Override
    public void resumeReading() {
        executor().execute(() -> {
            if (lines.hear(this::hear)) {
                readOn();
            }
        });
    }

    @Override
    void pong(Supplier<Frame> frame, Runnable written) {
        Visitor speaker = visitor;
        if (speaker != null) {
            speaker.control(() -> whole(frame.get()), written);
        }
    }

    @Override
    void tooFast() {
        Visitor speaker = visitor;
        if (speaker != null) {
            speaker.tooFast();
        }
    }

    @Override
    void gone() {
        Visitor gone = visitor;
        if (gone != null) {
            gone.gone();
        }
    }

    /** What Jetty wants to send: it waits for its turn, or goes last. */
    void send(OutgoingEntry entry) {
        byte[] frame = whole(entry.getFrame());
        Callback callback = entry.getCallback();
        Visitor speaker = visitor;
        if (parted) {
            callback.succeeded(); // our close frame was the last
        } else if (speaker == null || isClosing()) {
            sendLast(frame, callback);
        } else {
            speaker.control(() -> frame, callback::succeeded);
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
            writer.channel().write(bytes);
            if (bytes.hasRemaining()) {
                writer.finish(bytes, callback::succeeded);
            } else {
                callback.succeeded();
            }
        } catch (IOException e) {
            callback.failed(e);
        }
    }

    @Override
    public WritableByteChannel channel() {
        return writer.channel();
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        finishing = true;
        writer.finish(rest, () -> {
            finishing = false;
            done.run();
        });
    }

    @Override
    public boolean answers(long nanoTime) {
        return isHeard(nanoTime);
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.GONE || finishing || !isOpen()) {
            endPoint().close();
            return;
        }
        beginClosing();
        if (endPoint() instanceof IdleTimeout clock) {
            clock.notIdle(); // or a client that was silent for longer would be cut off before it could answer
        }
        endPoint().setIdleTimeout(CLOSE_TIMEOUT);
        CloseStatus status = statusOf(reason);
        if (status.getCode() == CloseStatus.POLICY_VIOLATION) {
            // Jetty would close the socket behind it. If anything is still unread there, that resets the connection,
            // and takes
            // along what the client has not read yet: just those who are too fast would not be told so.
            parted = true;
            sendLast(whole(status.toFrame()), Callback.NOOP);
        } else {
            session().close(status, Callback.NOOP);
        }
    }

    private static CloseStatus statusOf(CloseReason reason) {
        return switch (reason) {
            case QUIT, GONE -> new CloseStatus(CloseStatus.NORMAL, "bye");
            case REPLACED -> new CloseStatus(REPLACED, "replaced");
            case TOO_SLOW -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.TOO_SLOW.word());
            case EXPELLED -> new CloseStatus(EXPELLED, "expelled");
            case TOO_FAST -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.TOO_FAST.word());
            case NAMELESS -> new CloseStatus(CloseStatus.POLICY_VIOLATION, Reason.NAME_INVALID.word());
            case UNAVAILABLE -> new CloseStatus(TRY_AGAIN_LATER, Reason.UNAVAILABLE.word());
            case SHUTDOWN -> new CloseStatus(CloseStatus.SHUTDOWN, "the server stops");
        };
    }
}
