package prosa.application;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing end of one connection: what is for it alone, one write in flight, and how it ends. A {@link Follower} adds what is
 * for many. It is a superclass rather than a part, as a round over thousands of followers costs a cache miss for each object that
 * it touches.
 */
@OwnedByTurn
abstract sealed class Outlet permits Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    /** A connection whose one write takes longer is given up: nobody reads there. */
    static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);

    /** So long a client that was given up may take to read what was already written to it, and then why. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** How many bytes may wait for one connection alone before it is closed: answers to somebody who asks and does not read. */
    static final int PRIVATE_BOUND = 1 << 20;

    /** How many bytes may wait for one connection alone before others' whispers to it are refused: half of what closes it. */
    static final int WHISPERS_BOUND = PRIVATE_BOUND / 2;

    private final long id;
    private final FeedSubscriber subscriber;
    private final WritableByteChannel channel;
    private final Connections connections;
    private final Runnable whenRetired;
    /** The channel's number at the {@link BatchWriter}. */
    private int socket = BatchWriter.NOT_YET;

    private Codec codec;

    /** What this connection alone is told, before the feed... */
    private @Nullable Outbox outbox;

    /** ... and after it: an acknowledgement must not overtake what was said before, or resuming from it would lose that. */
    private @Nullable Outbox acks;

    private @Nullable Queue<Runnable> afterPrivate;
    private boolean flushDue;
    private boolean writing;
    private long writingSince;
    private long lastHeartbeat = System.nanoTime();
    private @Nullable Farewell farewell;
    private long givenUpSince;
    private boolean retired;
    private boolean closed;

    /** @param whenRetired called once, on the delivery thread, when the connection has ended or was given up */
    Outlet(long id, FeedSubscriber subscriber, Codec codec, Connections connections, Runnable whenRetired) {
        this.id = id;
        this.subscriber = subscriber;
        this.channel = subscriber.channel();
        this.codec = codec;
        this.connections = connections;
        this.whenRetired = whenRetired;
    }

    /** Writes what is for many, as far as the socket takes it now: {@link #write} and, for a rest, {@link #finish}. */
    abstract void flushShared() throws IOException;

    /** Whether there is nothing for many that this connection was not told. */
    abstract boolean isUpToDate();

    /** Nothing for many is told from now on. */
    abstract void unfollow();

    /** Nothing at all is told from now on but what waits for this connection alone. */
    abstract void tellNoMore();

    /** The socket takes more. */
    abstract void goOn();

    long id() {
        return id;
    }

    Codec codec() {
        assert DeliveryThread.hasTurn();
        return codec;
    }

    /** From now on this client is written to in another way. It follows no feed yet. */
    void speak(Codec codec) {
        assert DeliveryThread.hasTurn();
        this.codec = codec;
    }

    boolean isOpen() {
        assert DeliveryThread.hasTurn();
        return !closed && farewell == null;
    }

    /** Whether nothing waits for this connection alone, and it is to stay: what is for many may be written to it at once. */
    final boolean isPlain() {
        assert DeliveryThread.hasTurn();
        return !closed && !writing && outbox == null && acks == null && afterPrivate == null && farewell == null;
    }

    /** The number by which it can be written to together with others, if that is not negative. */
    final int socket() {
        assert DeliveryThread.hasTurn();
        if (socket == BatchWriter.NOT_YET) {
            socket = connections.batchWriter().admit(channel);
        }
        return socket;
    }

    private Follower self() {
        return switch (this) {
            case Follower follower -> follower;
        };
    }

    boolean isWriting() {
        assert DeliveryThread.hasTurn();
        return writing;
    }

    Connections connections() {
        return connections;
    }

    /** Tells this connection alone. */
    void tell(Event event) {
        assert DeliveryThread.hasTurn();
        if (isOpen()) {
            send(codec.encode(event));
        }
    }

    private void send(byte[] units) {
        giveUpIfFull(outbox);
        if (units.length > 0 && !closed && farewell != Farewell.TOO_SLOW) {
            outbox().addUnasked(units);
            flushSoon();
        }
    }

    private void giveUpIfFull(@Nullable Outbox box) {
        if (writing && box != null && box.unasked() > PRIVATE_BOUND) {
            giveUp(System.nanoTime());
        }
    }

    /**
     * Tells this connection alone what somebody else wants it to hear.
     *
     * @return false if too much of that waits already: it is not told, and the connection is not closed for what others send to it
     */
    final boolean tellFromOthers(Event event) {
        assert DeliveryThread.hasTurn();
        if (!isOpen()) {
            return true; // it has gone just now
        }
        byte[] units = codec.encode(event);
        if (outbox != null && outbox.waiting() + units.length > WHISPERS_BOUND) {
            return false;
        }
        put(units);
        return true;
    }

    /** Tells this connection alone, after all that is in the feed's log by now. */
    void tellInTurn(Event event) {
        assert DeliveryThread.hasTurn();
        if (!isOpen()) {
            return;
        }
        giveUpIfFull(acks);
        byte[] units = codec.encode(event);
        if (units.length > 0 && isOpen()) {
            if (acks == null) {
                acks = new Outbox();
            }
            acks.addUnasked(units);
            flushSoon();
        }
    }

    /**
     * Tells something of the past, also after a good-bye: what is due is told. Replays ask for more only when the last was
     * written, and so need no bound here.
     */
    void tellAgain(Event event) {
        assert DeliveryThread.hasTurn();
        tellAgain(codec.encode(event));
    }

    /** The same, written down already. */
    void tellAgain(byte[] units) {
        assert DeliveryThread.hasTurn();
        put(units);
    }

    private void put(byte[] units) {
        if (!closed && units.length > 0) {
            outbox().add(units);
            flushSoon();
        }
    }

    private Outbox outbox() {
        if (outbox == null) {
            outbox = new Outbox();
        }
        return outbox;
    }

    /**
     * The wire's own units (a pong, the answer to a close) take their turn.
     *
     * @param written called on the delivery thread when they are written, or never will be
     */
    void control(byte[] units, Runnable written) {
        assert DeliveryThread.hasTurn();
        send(units);
        whenWritten(written);
    }

    /** Calls back when all that was told to this connection alone is written, or never will be. */
    void whenWritten(Runnable written) {
        assert DeliveryThread.hasTurn();
        if (closed || farewell == Farewell.TOO_SLOW) {
            written.run();
        } else {
            if (afterPrivate == null) {
                afterPrivate = new ArrayDeque<>();
            }
            afterPrivate.add(written);
            flushSoon();
        }
    }

    final void flushSoon() {
        assert DeliveryThread.hasTurn();
        if (!flushDue && !writing) {
            flushDue = true;
            connections.flushSoon(self());
        }
    }

    /** Writes what is due, as far as the socket takes it now. */
    final void flush() {
        assert DeliveryThread.hasTurn();
        flushDue = false;
        if (closed || writing) {
            return;
        }
        try {
            boolean begun = acks != null && acks.isBegun();
            if ((!begun || flushAcks()) && flushPrivate()) {
                flushShared();
                if (isUpToDate()) {
                    flushAcks();
                }
                if (farewell != null && isUpToDate() && acks == null) {
                    closeNow(farewell);
                }
            }
        } catch (IOException e) {
            closeNow(Farewell.GONE);
        } catch (RuntimeException e) {
            // Thrown further it would end the round, and with it the feed of all the others.
            closeFor(e);
        }
    }

    final void closeFor(RuntimeException failure) {
        assert DeliveryThread.hasTurn();
        LOG.error("Telling a connection failed; the others go on", failure);
        closeNow(Farewell.GONE);
    }

    private boolean flushAcks() throws IOException {
        if (acks != null) {
            if (!write(acks)) {
                return false;
            }
            acks = null;
        }
        return true;
    }

    private boolean flushPrivate() throws IOException {
        if (outbox != null) {
            if (!write(outbox)) {
                return false;
            }
            outbox = null;
        }
        controlsWritten();
        return true;
    }

    /** Writes all of it, or as much as the socket takes, in pieces. */
    private boolean write(Outbox box) throws IOException {
        while (box.waiting() > 0) {
            ByteBuffer piece = box.piece();
            int before = piece.position();
            channel.write(piece);
            box.remove(piece.limit() - before);
            if (piece.hasRemaining()) {
                // A piece, not all that waits: the deadline is for one write, and a long history on a slow line takes
                // many.
                finish(ByteBuffer.allocate(piece.remaining()).put(piece).flip());
                return false;
            }
        }
        return true;
    }

    private void controlsWritten() {
        if (afterPrivate != null) {
            Queue<Runnable> waiting = afterPrivate;
            afterPrivate = null;
            waiting.forEach(Runnable::run);
        }
    }

    /** Writes what the socket takes now. */
    final void write(ByteBuffer units) throws IOException {
        assert DeliveryThread.hasTurn();
        channel.write(units);
    }

    final void finish(ByteBuffer rest) {
        assert DeliveryThread.hasTurn();
        writing = true;
        writingSince = System.nanoTime();
        subscriber.finish(
                rest,
                () -> connections.execute(() -> {
                    writing = false;
                    goOn();
                }));
    }

    /**
     * A look once a second: does anybody read, does anybody answer, is a heartbeat due?
     *
     * @param granted so long nobody could be heard, and it counts against nobody
     */
    void inspect(long now, long granted) {
        assert DeliveryThread.hasTurn();
        if (closed) {
            return;
        }
        long term = now - granted;
        if (hasLingered(term)) {
            closeNow(Farewell.GONE);
        } else if (writing && term - writingSince > WRITE_DEADLINE.toNanos()) {
            giveUp(now);
        } else if (!subscriber.answers(term)) {
            closeNow(Farewell.GONE);
        } else {
            codec.heartbeat().ifPresent(beat -> {
                if (now - lastHeartbeat >= beat.every().toNanos()) {
                    lastHeartbeat = now;
                    put(beat.bytes());
                }
            });
        }
    }

    private boolean hasLingered(long now) {
        return farewell == Farewell.TOO_SLOW
                ? now - givenUpSince > LINGER.toNanos()
                : writing && now - writingSince > WRITE_DEADLINE.plus(LINGER).toNanos();
    }

    private void giveUp(long now) {
        if (farewell == null) {
            givenUpSince = now;
            close(Farewell.TOO_SLOW);
        }
    }

    /**
     * Ends the connection once what is due was written. For one that is too slow that is what waits for it alone: half of it
     * would garble the last words.
     */
    void close(Farewell why) {
        assert DeliveryThread.hasTurn();
        if (farewell == null) {
            farewell = why;
            if (why == Farewell.TOO_SLOW) {
                acks = acks != null && acks.isBegun() ? acks : null;
                retire();
            }
            flushSoon();
        }
    }

    /** Ends the connection. */
    void closeNow(Farewell why) {
        assert DeliveryThread.hasTurn();
        if (!closed) {
            closed = true;
            outbox = null;
            acks = null;
            retire();
            if (socket >= 0) {
                connections.batchWriter().dismiss(socket);
            }
            try {
                // In the middle of an entry there is no place for last words (FeedSubscriber.close).
                subscriber.close(writing && why != Farewell.SHUTDOWN ? Farewell.GONE : why);
            } catch (RuntimeException e) {
                LOG.error("Closing a connection failed; it is forgotten all the same", e);
            }
            controlsWritten();
            connections.closed(self());
        }
    }

    /** Nobody is there any more, as far as the others are concerned. */
    private void retire() {
        tellNoMore();
        if (!retired) {
            retired = true;
            whenRetired.run();
        }
    }
}
