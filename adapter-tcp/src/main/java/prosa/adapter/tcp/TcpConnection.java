package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Budget;
import prosa.application.Chat;
import prosa.application.Visitor;
import prosa.application.port.Command;
import prosa.application.port.Peer;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;
import prosa.dialect.UnheardLines;
import prosa.domain.Reason;
import prosa.domain.Via;

/**
 * One client on a socket.
 *
 * <p>Owned by the event loop's thread. The delivery thread only writes to the link's channel, which takes each write as a whole, and
 * leaves everything else as a task to the loop.
 */
final class TcpConnection implements FeedSubscriber, EventLoop.Watched {
    private static final Via VIA = new Via("tcp");

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    /**
     * How long a client may take to close its side after we have closed ours. A socket that is closed with something unread
     * in it resets the connection, and what was just written may be lost.
     */
    private static final Duration PARTING = Duration.ofSeconds(1);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final EventLoop loop;
    private final SelectionKey key;
    private final Visitor visitor;
    private final FirstBytes firstBytes = new FirstBytes();
    private final LineReader reader = new LineReader();
    private final LineCodec json;
    private final Budget silence = Budget.ofSilence();
    private LineCodec codec;
    private State state = State.OPEN;
    private boolean greeted;

    /** While we part: it will write nothing more. */
    private boolean clientIsDone;

    /** What was read and not heard yet, as enough was under way. */
    private ByteBuffer left = NOTHING;

    /** Those of the last line: between two LF a program's line may have several, as a lone CR ends one, too. */
    private final UnheardLines lines;

    private @Nullable Unwritten unwritten;

    private enum State {
        OPEN,
        /** The client will write nothing more, and still reads; there is more to be heard of what it wrote. */
        ENDING,
        /** It has used up its budget: nothing is heard any more, and its last words are due. */
        DEAF,
        /** The client will write nothing more, still reads, and was heard to the end. */
        HALF_CLOSED,
        /** We will write nothing more, and wait for the client to close. */
        PARTING,
        CLOSED
    }

    /** What the socket did not take at once. */
    private record Unwritten(ByteBuffer rest, Runnable done) {}

    /**
     * @param text how the client is spoken to
     * @param json how it is spoken to once it has asked for that
     */
    TcpConnection(Link link, EventLoop loop, Chat chat, LineCodec text, LineCodec json) throws IOException {
        this.link = link;
        this.loop = loop;
        this.json = json;
        this.codec = text;
        this.lines = new UnheardLines(text.dialect());
        this.key = loop.watch(link.socket(), SelectionKey.OP_READ, this);
        this.visitor = chat.visit(new Peer(VIA, link.socket().socket().getInetAddress()), text, this, Optional.empty());
    }

    @Override
    public void ready(int operations) {
        try {
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                writeRest();
            }
            if ((operations & SelectionKey.OP_READ) != 0) {
                read();
            }
        } catch (IOException e) {
            drop(); // reset by the client, for the most part
        }
    }

    private void read() throws IOException {
        ByteBuffer bytes = loop.buffer();
        int count = link.read(bytes);
        flushSoon();
        if (state == State.PARTING) {
            if (count < 0) {
                drop();
            }
        } else if (count < 0) {
            hearEnd();
        } else {
            hearFirst(bytes.flip());
        }
    }

    private void hearFirst(ByteBuffer bytes) throws IOException {
        if (firstBytes.areForeign(bytes)) {
            drop();
        } else {
            hear(bytes);
        }
    }

    private void hear(ByteBuffer bytes) throws IOException {
        boolean hungry = lines.hear(visitor::hear);
        LineReader.Line line = hungry ? reader.next(bytes) : null;
        while (line != null) {
            hungry = hear(line);
            line = hungry && state == State.OPEN ? reader.next(bytes) : null;
        }
        if (state == State.OPEN) {
            saysNothing(reader.telnetCommands() + link.silence());
        }
        if (state == State.OPEN) {
            if (!hungry) {
                // A resumeReading() that came meanwhile is a task behind this one, so it is not lost.
                left = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                key.interestOpsAnd(~SelectionKey.OP_READ);
            }
            answerTelnet();
            if (hungry && state == State.OPEN && link.hasEnded()) {
                hearEnd();
            }
        }
    }

    /**
     * A last line needs no end: who closes in good order has written all that they had to say. Without a line end a first one is
     * nobody's name, though: others would see somebody come and go.
     */
    private void hearEnd() {
        state = State.ENDING;
        key.interestOpsAnd(~SelectionKey.OP_READ);
        LineReader.Line line = greeted ? reader.rest() : null;
        quitIf(line == null || hear(line));
    }

    private void quitIf(boolean allIsHeard) {
        if (allIsHeard && state == State.ENDING) {
            state = State.HALF_CLOSED;
            visitor.hear(new Command.Quit());
        }
    }

    /** @return false if this is enough for now */
    private boolean hear(LineReader.Line line) {
        if (!greeted) {
            greeted = true;
            switch (FirstLine.of(line)) {
                case BROWSER -> {
                    drop();
                    return true;
                }
                case PROGRAM -> {
                    speakJson();
                    return true;
                }
                case PERSON -> {}
            }
        }
        if (!line.whole()) {
            return visitor.hear(new Command.Unreadable(Reason.TEXT_TOO_LONG, Optional.empty()));
        }
        if (line.text().isEmpty()) {
            saysNothing(1);
        }
        lines.take(line.text());
        return lines.hear(visitor::hear);
    }

    /** It costs the others a look, and says nothing. */
    private void saysNothing(int count) {
        if (count > 0 && !silence.take(count, System.nanoTime())) {
            state = State.DEAF;
            left = NOTHING;
            lines.drop();
            key.interestOpsAnd(~SelectionKey.OP_READ);
            visitor.tooFast();
        }
    }

    private void speakJson() {
        codec = json;
        lines.speak(json.dialect());
        reader.expectJson();
        visitor.speak(codec);
    }

    /**
     * Telnet's commands may stand between any two bytes of the text, so they needn't wait for their turn among the lines. A
     * client that does not read gets none; half an answer would garble what follows.
     */
    private void answerTelnet() throws IOException {
        ByteBuffer answers = reader.answers();
        if (answers.hasRemaining()) {
            int before = answers.position();
            link.writeFromLoop(answers);
            flushSoon();
            if ((answers.position() - before) % 3 != 0) {
                drop();
            }
        }
    }

    /** What the link has left of its own goes out when the socket takes it. */
    private void flushSoon() {
        if (!link.isFlushed() && key.isValid()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void resumeReading() {
        loop.execute(() -> {
            if (state == State.OPEN) {
                key.interestOpsOr(SelectionKey.OP_READ);
                hearLeft();
            } else if (state == State.ENDING) {
                quitIf(lines.hear(visitor::hear));
            }
        });
    }

    private void hearLeft() {
        ByteBuffer bytes = left;
        left = NOTHING;
        try {
            hear(bytes);
        } catch (IOException e) {
            drop();
        }
    }

    @Override
    public WritableByteChannel channel() {
        return link.channel();
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        ByteBuffer notTaken = link.notTaken(rest);
        loop.execute(() -> {
            if (state != State.PARTING && state != State.CLOSED) {
                unwritten = new Unwritten(notTaken, done);
                key.interestOpsOr(SelectionKey.OP_WRITE);
            } else {
                done.run();
            }
        });
    }

    private void writeRest() throws IOException {
        if (!link.flush()) {
            return;
        }
        if (unwritten != null) {
            link.writeFromLoop(unwritten.rest());
            if (unwritten.rest().hasRemaining() || !link.isFlushed()) {
                return;
            }
        }
        stopWriting();
        if (state == State.PARTING && clientIsDone) {
            drop();
        }
    }

    private void stopWriting() {
        if (key.isValid()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
        if (unwritten != null) {
            Runnable done = unwritten.done();
            unwritten = null;
            done.run();
        }
    }

    @Override
    public void close(CloseReason reason) {
        loop.execute(() -> {
            if (state == State.CLOSED) {
                return;
            }
            if (reason == CloseReason.GONE) {
                drop();
            } else {
                part(reason);
            }
        });
    }

    private void part(CloseReason reason) {
        try {
            // In the middle of a line that the client does not read, there is no place for a last word.
            if (unwritten == null) {
                link.writeFromLoop(ByteBuffer.wrap(codec.encode(reason)));
            }
            link.endOutput();
        } catch (IOException e) {
            drop();
            return;
        }
        clientIsDone = state == State.HALF_CLOSED || state == State.ENDING;
        state = State.PARTING;
        stopWriting();
        if (clientIsDone && link.isFlushed()) {
            drop();
        } else {
            key.interestOps(clientIsDone ? 0 : SelectionKey.OP_READ);
            flushSoon();
            loop.after(PARTING, this::drop);
        }
    }

    @Override
    public void drop() {
        if (state == State.CLOSED) {
            return;
        }
        boolean chatKnows = state == State.PARTING;
        state = State.CLOSED;
        try {
            link.close();
        } catch (IOException e) {
            LOG.debug("Closing a socket failed", e);
        }
        stopWriting();
        if (!chatKnows) {
            visitor.gone();
        }
    }
}
