package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import prosa.application.Budget;
import prosa.delivery.Collapse;

/**
 * What one WebSocket client sends: texts put together from their frames, and pings answered. One client gets one share of the
 * thread that reads: after a turn's worth of frames or bytes it is the others' turn, and what says nothing has a {@link Budget}.
 *
 * <p>Frames come on Jetty's threads, one after the other, each demanded after the last was done with. Whoever is called back
 * meanwhile does not touch what belongs to that.
 */
abstract class FrameReader implements FrameHandler {
    /** A turn: so many frames, or bytes. Jetty would read one connection until it is dry. */
    private static final int TURN_FRAMES = 64;

    private static final int TURN_BYTES = 64 << 10;

    /** A client that has sent nothing for so long, not even a pong to the ping of every 20 s, is gone. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

    /** What a client may take to answer our close frame, whatever else it sends. */
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Libraries send a long text in fragments of some KiB, the last of any size: so many frames are nothing unusual, and one more... */
    private static final int FREE_FRAMES = 2;

    /** ... for so many bytes. */
    private static final int FREE_BYTES = 256;

    private final EndPoint endPoint;
    private final Executor executor;
    private final TextMessage message = new TextMessage();
    private final Budget silence = Budget.ofSilence();
    private @Nullable CoreSession session;
    private int turnFrames;
    private int turnBytes;
    /** How many frames of the client's the text has by now. */
    private int framesOfText;

    private int bytesOfFrame;
    private int bytesOfText;

    /** How often Jetty's parser has asked whether it may cut a frame, since the last one. */
    private int asked;

    /** The newest ping that was not answered; others before it need no answer (RFC 6455 §5.5.3). */
    private final AtomicReference<byte[]> ping = new AtomicReference<>();

    private final AtomicBoolean pongUnderWay = new AtomicBoolean();

    /** Whether the last frame is done with, but for the demand for the next one. */
    private final AtomicBoolean demandDue = new AtomicBoolean(true);

    private volatile State state = State.OPEN;
    private volatile long closingSince;
    private volatile long lastHeard = System.nanoTime();

    private enum State {
        OPEN,
        /** It has used up its budget: nothing is read until its close frame is due. */
        DEAF,
        /** It has broken the protocol, and our close frame takes its turn. */
        ENDING,
        /** We have sent a close frame; what comes before the answer is not heard. */
        CLOSING
    }

    /** @param executor of Jetty's threads */
    FrameReader(EndPoint endPoint, Executor executor) {
        this.endPoint = endPoint;
        this.executor = executor;
    }

    /** The handshake is done; afterwards the first frame is read. */
    abstract void opened();

    /**
     * A text is complete.
     *
     * @return false if this is enough for now: the next frame is read after {@link #readOn}
     */
    abstract boolean heard(TextMessage.Result text);

    /**
     * Sends a pong in its turn.
     *
     * @param frame makes it when it is its turn
     * @param written to be called when it is written, or never will be
     */
    abstract void pong(Supplier<Frame> frame, Runnable written);

    /** It has used up its budget. The connection ends by {@link #beginClosing}. */
    abstract void tooFast();

    /** The connection is gone. */
    abstract void gone();

    @Override
    public final void onOpen(CoreSession session, Callback callback) {
        this.session = session;
        // Pings and their deadline find out who has gone: direct writes don't count as activity with Jetty.
        endPoint.setIdleTimeout(0);
        callback.succeeded();
        opened();
        readOn();
    }

    @Override
    public final void onFrame(Frame frame, Callback callback) {
        lastHeard = System.nanoTime();
        turnFrames++;
        turnBytes += frame.getPayloadLength();
        demandDue.set(true);
        if (isEnding() && frame.getOpCode() != OpCode.CLOSE) {
            callback.succeeded();
            if (lastHeard - closingSince > CLOSE_TIMEOUT_NANOS) {
                endPoint.close();
            }
            readOn();
            return;
        }
        boolean hungry = true;
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> hungry = onText(frame, callback);
            case OpCode.BINARY -> {
                callback.succeeded();
                end(CloseStatus.BAD_DATA, "text only");
            }
            case OpCode.PING -> {
                // A copy: Jetty uses the frame's buffer again as soon as the callback is called.
                byte[] payload = BufferUtil.toArray(frame.getPayload());
                callback.succeeded();
                saysNothing();
                answer(payload);
            }
            case OpCode.CLOSE -> {
                callback.succeeded(); // Jetty answers it
                return;
            }
            default -> {
                callback.succeeded();
                saysNothing();
            }
        }
        if (hungry && state != State.DEAF) {
            readOn();
        }
    }

    /**
     * Jetty's parser asks whether a frame may be cut. It asks once for each data frame, and once more when it does cut one, since the rest of
     * it has not come yet: nothing else tells the pieces from what the client made.
     */
    final void askedWhetherToCut() {
        asked++;
    }

    private boolean onText(Frame frame, Callback callback) {
        message.add(frame.getPayload());
        bytesOfFrame += frame.getPayloadLength();
        boolean piece = asked > 1;
        asked = 0;
        callback.succeeded();
        if (!piece) {
            framesOfText++;
            bytesOfText += bytesOfFrame;
            if (bytesOfFrame == 0 || framesOfText > FREE_FRAMES + bytesOfText / FREE_BYTES) {
                saysNothing();
            }
            bytesOfFrame = 0;
        }
        if (!frame.isFin()) {
            return true;
        }
        framesOfText = 0;
        bytesOfText = 0;
        TextMessage.Result text = message.take();
        if (text instanceof TextMessage.NotUtf8) {
            end(CloseStatus.BAD_PAYLOAD, "not UTF-8");
            return true;
        }
        return state != State.OPEN || heard(text);
    }

    /** A closing handshake that we begin while others may still write: it takes its turn. */
    final void end(int code, String why) {
        closingSince = lastHeard;
        state = State.ENDING;
        session().close(code, why, Callback.NOOP);
    }

    private boolean isEnding() {
        return switch (state) {
            case OPEN, DEAF -> false;
            case ENDING, CLOSING -> true;
        };
    }

    /** It costs the others a look, and says nothing. */
    final void saysNothing() {
        if (state == State.OPEN && !silence.take(1, lastHeard)) {
            state = State.DEAF;
            tooFast();
        }
    }

    private void answer(byte[] payload) {
        if (state == State.OPEN) {
            ping.set(payload);
            sendPong();
        }
    }

    private void sendPong() {
        while (ping.get() != null && pongUnderWay.compareAndSet(false, true)) {
            if (ping.get() == null) {
                pongUnderWay.set(false); // the one before has taken it along
                continue;
            }
            pong(() -> new Frame(OpCode.PONG, ByteBuffer.wrap(ping.getAndSet(null))), this::pongWritten);
            return;
        }
    }

    private void pongWritten() {
        pongUnderWay.set(false);
        sendPong(); // for a ping that came meanwhile
    }

    /** Reads the next frame. Any thread. */
    final void readOn() {
        if (!demandDue.compareAndSet(true, false)) {
            return;
        }
        if (turnFrames < TURN_FRAMES && turnBytes < TURN_BYTES) {
            session().demand();
        } else {
            // Without demand Jetty's selecting thread goes on to the others.
            turnFrames = 0;
            turnBytes = 0;
            executor.execute(session()::demand);
        }
    }

    final Executor executor() {
        return executor;
    }

    final EndPoint endPoint() {
        return endPoint;
    }

    final boolean isOpen() {
        return session != null;
    }

    final CoreSession session() {
        if (session == null) {
            throw new IllegalStateException("not open yet");
        }
        return session;
    }

    /** From now on nothing is heard but the answer to our close frame. */
    final void beginClosing() {
        closingSince = System.nanoTime();
        state = State.CLOSING;
        readOn(); // if nothing was to be read for now
    }

    final boolean isClosing() {
        return state == State.CLOSING;
    }

    /** Whether it has been heard lately. */
    final boolean isHeard(long nanoTime) {
        return nanoTime - lastHeard < SILENCE_NANOS;
    }

    @Override
    public final void onError(Throwable cause, Callback callback) {
        Collapse.ifOutOfMemory(cause);
        callback.succeeded();
    }

    @Override
    public final void onClosed(CloseStatus closeStatus, Callback callback) {
        gone();
        callback.succeeded();
    }
}
