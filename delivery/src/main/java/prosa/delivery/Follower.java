package prosa.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is told things. It has a {@link Cursor} in the logs that it shares with others, an {@link Outbox} for what is for it
 * alone, and one write in flight at the most: no queue of messages, and nothing encoded for it that others hear too.
 *
 * <p>It writes in this order: what waits for it alone; a piece of the past, if it is told one; what its feeds tell; acknowledgements.
 * When the socket takes no more, the rest of the entry at hand is the wire's to finish ({@link FeedSubscriber#finish}), and everything else
 * stays where it is: this is how backpressure ends here, without a copy for each slow reader.
 *
 * <p>A round touches thousands of them, and each object costs a cache miss: so the parts of which most are idle are made when they are
 * needed, and a cursor in one feed alone is an object of its own at no measurable cost (decision 31).
 */
@OwnedByTurn
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** A connection whose one write takes longer is given up: nobody reads there. */
    static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);

    /** So long a client that was given up may take to read what was already written to it, and then why. */
    static final Duration LINGER = Duration.ofSeconds(10);

    private final long id;
    private final FeedSubscriber subscriber;
    private final WritableByteChannel channel;
    private final DeliveryThread deliveryThread;
    private final Connections connections;
    private final BatchWriter batchWriter;
    private final Runnable whenRetired;
    private final long openedAt = System.nanoTime();

    private Life life = Life.OPEN;

    private @Nullable Outbox outbox;
    private boolean flushDue;
    private boolean writing;
    private long writingSince;

    private @Nullable Cursor cursor;
    private CatchUp.@Nullable Source source;
    /** The offset up to which the client was told everything, or will be before anything that it is told now. */
    private long told;
    /** What this connection itself has said since: the past does not know over which connection something was said. */
    private @Nullable Set<Long> said;

    private @Nullable CatchingUp catchingUp;

    /** The channel's number at the {@link BatchWriter}. */
    private int socket = BatchWriter.NOT_YET;

    private @Nullable Heartbeat heartbeat;
    private long lastHeartbeat = openedAt;
    private @Nullable LongConsumer look;

    /**
     * @param id not 0, and no other's
     * @param whenRetired called once, by whoever has the turn, when the connection has ended or was given up
     */
    Follower(
            long id,
            FeedSubscriber subscriber,
            Optional<Heartbeat> heartbeat,
            DeliveryThread deliveryThread,
            Connections connections,
            BatchWriter batchWriter,
            Runnable whenRetired) {
        this.id = id;
        this.subscriber = subscriber;
        this.channel = subscriber.channel();
        this.heartbeat = heartbeat.orElse(null);
        this.deliveryThread = deliveryThread;
        this.connections = connections;
        this.batchWriter = batchWriter;
        this.whenRetired = whenRetired;
    }

    /** The number by which feeds know what it has said itself. */
    public long id() {
        return id;
    }

    /** What it is sent in silence from now on; empty for nothing. */
    public void beat(Optional<Heartbeat> heartbeat) {
        assert DeliveryThread.hasTurn();
        this.heartbeat = heartbeat.orElse(null);
    }

    /**
     * Who wants to know how long this connection is here, in nanoseconds, at each look.
     *
     * @param look null for nobody
     */
    public void whenLookedAt(@Nullable LongConsumer look) {
        assert DeliveryThread.hasTurn();
        this.look = look;
    }

    /** Whether it is told anything new. */
    public boolean isOpen() {
        assert DeliveryThread.hasTurn();
        return life == Life.OPEN;
    }

    // What it follows.

    /**
     * Follows these feeds from now on, and no others.
     *
     * @param feeds one at least
     * @param source fills the hole if it falls out of their logs
     * @param first what has to be told first
     */
    public void follow(List<Feed> feeds, CatchUp.Source source, Optional<CatchUp> first) {
        assert DeliveryThread.hasTurn();
        if (!follows(feeds)) {
            unfollow();
            cursor = feeds.getFirst().cursorIn(feeds);
            cursor.enter(this);
        }
        this.source = source;
        skipToHead();
        said = null;
        tellMissed(first.orElse(null));
        flushSoon();
    }

    /** Whether it follows these feeds and no others. */
    public boolean follows(List<Feed> feeds) {
        assert DeliveryThread.hasTurn();
        return cursor != null && cursor.isIn(feeds);
    }

    /** Nothing that others hear too is told from now on. */
    public void unfollow() {
        assert DeliveryThread.hasTurn();
        if (cursor != null) {
            cursor.leave(this);
            cursor = null;
            tellMissed(null);
        }
    }

    /** Where its feeds keep it among their followers. */
    Cursor cursor() {
        assert DeliveryThread.hasTurn();
        if (cursor == null) {
            throw new IllegalStateException("it follows nothing");
        }
        return cursor;
    }

    /** The offset up to which it was told everything, or will be before anything that it is told now. */
    public long toldUpTo() {
        assert DeliveryThread.hasTurn();
        CatchUp missed = catchingUp == null ? null : catchingUp.missed();
        return missed == null ? told : missed.reached();
    }

    /** What it said itself was kept: it is not told that. */
    public void said(long offset) {
        assert DeliveryThread.hasTurn();
        if (cursor != null) {
            if (said == null) {
                said = new HashSet<>();
            }
            said.add(offset);
            cursor.wroteLast();
        }
    }

    /** The last entry of its feeds may be its own. */
    public void wroteLast() {
        assert DeliveryThread.hasTurn();
        if (cursor != null) {
            cursor.wroteLast();
        }
    }

    /** Whether this was said by itself, so that it would have been spared it in its feeds. */
    public boolean hasSaid(long offset) {
        assert DeliveryThread.hasTurn();
        boolean lookingBack = catchingUp != null && catchingUp.isLookingBack();
        return !lookingBack && said != null && said.contains(offset);
    }

    // The past.

    /** Tells a piece of the past before anything that others hear too. */
    public void lookBack(CatchUp piece) {
        assert DeliveryThread.hasTurn();
        catchingUp().lookBack(piece);
        flushSoon();
    }

    private void tellMissed(@Nullable CatchUp piece) {
        if (piece != null) {
            catchingUp().tellMissed(piece);
        } else if (catchingUp != null) {
            catchingUp.tellMissed(null);
        }
    }

    private CatchingUp catchingUp() {
        if (catchingUp == null) {
            catchingUp = new CatchingUp();
        }
        return catchingUp;
    }

    /** All of that piece was told. */
    public void caughtUp(CatchUp piece) {
        assert DeliveryThread.hasTurn();
        if (catchingUp != null) {
            catchingUp.ended(piece);
        }
        flushSoon();
    }

    /** Whether it is being told this. */
    public boolean isTold(CatchUp piece) {
        assert DeliveryThread.hasTurn();
        return catchingUp != null && catchingUp.isTold(piece);
    }

    /** What has to be told next can't be. What comes after that hole is not told, so that the client can resume before it. */
    public void sendAway() {
        assert DeliveryThread.hasTurn();
        unfollow();
        close(CloseReason.UNAVAILABLE);
        flushSoon();
    }

    /** The past is told when those who are told it have their turn. */
    public void goOnSoon() {
        assert DeliveryThread.hasTurn();
        if (catchingUp().ask()) {
            connections.readOnSoon(this);
        }
    }

    /** It has its turn. */
    void readOn() {
        assert DeliveryThread.hasTurn();
        CatchingUp reading = catchingUp();
        reading.beginTurn();
        flush();
        reading.endTurn();
        if (reading.isOver() && catchingUp == reading) {
            catchingUp = null;
        }
    }

    // What it alone is told.

    /** Tells this connection alone. If too much of that waits already, it is given up. */
    public void tell(byte[] units) {
        assert DeliveryThread.hasTurn();
        if (life == Life.OPEN) {
            send(units);
        }
    }

    private void send(byte[] units) {
        if (writing && outbox != null && outbox.isFull()) {
            giveUp(System.nanoTime());
        }
        if (units.length > 0 && (life == Life.OPEN || life instanceof Life.Leaving)) {
            outbox().addUnasked(units);
            flushSoon();
        }
    }

    /**
     * Tells this connection alone what somebody else wants it to hear.
     *
     * @return false if too much waits already: it is not told, and the connection is not closed for what others send to it
     */
    public boolean tellFromOthers(byte[] units) {
        assert DeliveryThread.hasTurn();
        if (life != Life.OPEN) {
            return true; // it has gone just now
        }
        if (outbox != null && !outbox.takesFromOthers(units.length)) {
            return false;
        }
        tellAgain(units);
        return true;
    }

    /** Tells this connection alone, after all that its feeds have told by now. */
    public void tellInTurn(byte[] units) {
        assert DeliveryThread.hasTurn();
        if (life == Life.OPEN && writing && outbox != null && outbox.isFullOfLast()) {
            giveUp(System.nanoTime());
        }
        if (life == Life.OPEN && units.length > 0) {
            outbox().addLast(units);
            flushSoon();
        }
    }

    /**
     * Tells something of the past, also after a good-bye: what is due is told. A {@link CatchUp} asks for more only when the last was
     * written, and so needs no bound here.
     */
    public void tellAgain(byte[] units) {
        assert DeliveryThread.hasTurn();
        if (life != Life.CLOSED && units.length > 0) {
            outbox().add(units);
            flushSoon();
        }
    }

    /**
     * The wire's own units (a pong, the answer to a close) take their turn.
     *
     * @param written called by whoever has the turn when they are written, or never will be
     */
    public void control(byte[] units, Runnable written) {
        assert DeliveryThread.hasTurn();
        send(units);
        if (life == Life.CLOSED || life instanceof Life.GivenUp) {
            written.run();
        } else {
            outbox().whenWritten(written);
            flushSoon();
        }
    }

    private Outbox outbox() {
        if (outbox == null) {
            outbox = new Outbox();
        }
        return outbox;
    }

    // Writing.

    private void flushSoon() {
        if (!flushDue && !writing) {
            flushDue = true;
            deliveryThread.soon(this::flush);
        }
    }

    /** Writes what is due, as far as the socket takes it now. */
    void flush() {
        assert DeliveryThread.hasTurn();
        flushDue = false;
        if (life == Life.CLOSED || writing) {
            return;
        }
        try {
            if (flushBeforeFeeds()) {
                flushShared();
                flushAfterFeeds();
            }
        } catch (IOException e) {
            closeNow(CloseReason.GONE);
        } catch (RuntimeException e) {
            // Thrown further it would end the round, and with it the feed of all the others.
            closeFor(e);
        }
    }

    /** False if the socket is full. */
    private boolean flushBeforeFeeds() throws IOException {
        Outbox box = outbox;
        if (box == null) {
            return true;
        }
        for (ByteQueue next = box.nextBeforeFeeds(); next != null; next = box.nextBeforeFeeds()) {
            if (!flush(next)) {
                return false;
            }
            box.emptied(next);
        }
        box.writtenBeforeFeeds();
        return true;
    }

    private boolean flush(ByteQueue queue) throws IOException {
        while (queue.waiting() > 0) {
            ByteBuffer piece = queue.piece();
            int before = piece.position();
            channel.write(piece);
            queue.remove(piece.limit() - before);
            if (piece.hasRemaining()) {
                // A piece, not all that waits: the deadline is for one write, and a long answer on a slow line takes
                // many.
                finish(ByteBuffer.allocate(piece.remaining()).put(piece).flip());
                return false;
            }
        }
        return true;
    }

    private void flushShared() throws IOException {
        if (catchingUp == null || !catchingUp.isDue()) {
            flushFeeds();
            return;
        }
        CatchUp piece = catchingUp.inTurn();
        if (piece == null) {
            goOnSoon();
        } else {
            piece.more();
        }
    }

    private void flushFeeds() throws IOException {
        Cursor reading = cursor;
        if (reading == null) {
            return;
        }
        while (!reading.isUpToDate()) {
            if (reading.hasFallenBehind()) {
                fallBackOnThePast();
                return;
            }
            ByteBuffer due = reading.next(id);
            if (due.hasRemaining() && !write(reading, due)) {
                break;
            }
        }
        wasTold(reading);
    }

    /** False if the socket is full: then the rest of an entry is on its way. */
    private boolean write(Cursor reading, ByteBuffer due) throws IOException {
        int before = due.position();
        channel.write(due);
        boolean full = due.hasRemaining();
        reading.took(due.position() - before, id);
        if (full) {
            finish(reading.restOfEntry(id));
        }
        return !full;
    }

    private void wasTold(Cursor reading) {
        told = reading.told();
        if (reading.isUpToDate()) {
            said = null;
        }
    }

    /** The past fills the hole, and the feeds go on from here. */
    private void fallBackOnThePast() {
        long before = told;
        skipToHead();
        tellMissed(Objects.requireNonNull(source).between(this, before, told));
        goOnSoon();
    }

    private void skipToHead() {
        Cursor reading = cursor();
        reading.skipToHead();
        told = reading.told();
    }

    private void flushAfterFeeds() throws IOException {
        ByteQueue last = outbox != null && isUpToDate() ? outbox.nextAfterFeeds() : null;
        if (last != null && flush(last)) {
            outbox().emptied(last);
        }
        if (outbox != null && outbox.isEmpty()) {
            outbox = null;
        }
        if (isUpToDate() && (outbox == null || !outbox.hasLast())) {
            switch (life) {
                case Life.Leaving leaving -> closeNow(leaving.why());
                case Life.GivenUp given -> closeNow(CloseReason.TOO_SLOW);
                case Life.Open open -> {}
                case Life.Closed closed -> {}
            }
        }
    }

    /** Whether it was told everything that others hear too. */
    boolean isUpToDate() {
        assert DeliveryThread.hasTurn();
        if (catchingUp != null && catchingUp.isLookingBack()) {
            return false;
        }
        boolean missesNothing = catchingUp == null || catchingUp.missed() == null;
        return cursor == null || !writing && missesNothing && cursor.isUpToDate();
    }

    /** Writes what the socket takes now. */
    public void write(ByteBuffer units) throws IOException {
        assert DeliveryThread.hasTurn();
        channel.write(units);
    }

    /**
     * Has the wire write the rest of a unit, of which the socket has taken a part. Nothing else is written before.
     *
     * @param rest a gift
     */
    public void finish(ByteBuffer rest) {
        assert DeliveryThread.hasTurn();
        writing = true;
        writingSince = System.nanoTime();
        subscriber.finish(
                rest,
                () -> deliveryThread.execute(() -> {
                    writing = false;
                    goOn();
                }));
    }

    private void goOn() {
        if (catchingUp == null || !catchingUp.isDue()) {
            flush();
        } else {
            goOnSoon();
        }
    }

    // Together with others: see WriteBatch.

    /** Whether it was told everything, and nothing at all is due. */
    boolean isIdle() {
        assert DeliveryThread.hasTurn();
        return isPlain() && cursor != null && cursor.isUpToDate();
    }

    /** Whether nothing waits for it alone, and it is to stay: what is for many may be written to it at once. */
    private boolean isPlain() {
        return life == Life.OPEN && !writing && outbox == null && (catchingUp == null || !catchingUp.isDue());
    }

    /** Its cursor, if nothing but what lies in that feed's log is due, and that lies there. */
    @Nullable
    SingleCursor dueASlice() {
        assert DeliveryThread.hasTurn();
        return isPlain() && cursor instanceof SingleCursor single && single.isDueASlice() ? single : null;
    }

    /** The number by which it can be written to together with others, if that is not negative. */
    int socket() {
        assert DeliveryThread.hasTurn();
        if (socket == BatchWriter.NOT_YET) {
            socket = batchWriter.admit(channel);
        }
        return socket;
    }

    /**
     * It was written to together with others.
     *
     * <p>Whatever happens, nobody is closed or told anything in here: an entry of which a part is written would be lost if the log
     * went on meanwhile, and the others have yet to hear what they took.
     */
    void took(SingleCursor from, int taken, int due) {
        assert DeliveryThread.hasTurn();
        if (taken == BatchWriter.FAILED) {
            return; // by itself it can be written to, or is told why not
        }
        from.took(taken, id);
        if (taken == due) {
            wasTold(from);
            return;
        }
        try {
            finish(from.restOfEntry(id));
            told = from.told();
        } catch (RuntimeException e) {
            deliveryThread.execute(() -> closeFor(e));
        }
    }

    // How it ends.

    /**
     * A look once a second: does anybody read, does anybody answer, is a heartbeat due?
     *
     * @param granted so long nobody could be heard, and it counts against nobody
     */
    void inspect(long now, long granted) {
        assert DeliveryThread.hasTurn();
        if (life == Life.CLOSED) {
            return;
        }
        long term = now - granted;
        if (hasLingered(term)) {
            closeNow(CloseReason.GONE);
        } else if (writing && term - writingSince > WRITE_DEADLINE.toNanos()) {
            giveUpReading(now);
        } else if (!subscriber.answers(term)) {
            closeNow(CloseReason.GONE);
        } else {
            beatIfDue(now);
        }
        if (look != null && life == Life.OPEN) {
            look.accept(term - openedAt);
        }
    }

    private void beatIfDue(long now) {
        if (heartbeat != null && now - lastHeartbeat >= heartbeat.every().toNanos()) {
            lastHeartbeat = now;
            tellAgain(heartbeat.bytes());
        }
    }

    private boolean hasLingered(long now) {
        return life instanceof Life.GivenUp given
                ? now - given.at() > LINGER.toNanos()
                : writing && now - writingSince > WRITE_DEADLINE.plus(LINGER).toNanos();
    }

    private void giveUpReading(long now) {
        if (subscriber.hasLastWords()) {
            giveUp(now);
        } else {
            closeNow(CloseReason.TOO_SLOW);
        }
    }

    private void giveUp(long now) {
        if (life == Life.OPEN) {
            life = new Life.GivenUp(now);
            if (outbox != null) {
                outbox.dropLast();
            }
            retire();
            flushSoon();
        }
    }

    /** Ends the connection once what is due was written. */
    public void close(CloseReason reason) {
        assert DeliveryThread.hasTurn();
        if (reason == CloseReason.TOO_SLOW) {
            giveUp(System.nanoTime());
        } else if (life == Life.OPEN) {
            life = new Life.Leaving(reason);
            flushSoon();
        }
    }

    private void closeFor(RuntimeException failure) {
        LOG.error("Telling a connection failed; the others go on", failure);
        closeNow(CloseReason.GONE);
    }

    /** Ends the connection. */
    public void closeNow(CloseReason reason) {
        assert DeliveryThread.hasTurn();
        if (life == Life.CLOSED) {
            return;
        }
        boolean retired = life instanceof Life.GivenUp;
        life = Life.CLOSED;
        Outbox unwritten = outbox;
        outbox = null;
        if (!retired) {
            retire();
        }
        if (socket >= 0) {
            batchWriter.dismiss(socket);
        }
        try {
            // In the middle of an entry there is no place for last words (FeedSubscriber.close).
            subscriber.close(writing && reason != CloseReason.SHUTDOWN ? CloseReason.GONE : reason);
        } catch (RuntimeException e) {
            LOG.error("Closing a connection failed; it is forgotten all the same", e);
        }
        if (unwritten != null) {
            unwritten.drop();
        }
        connections.closed(this);
    }

    /** Nobody is there any more, as far as the others are concerned. */
    private void retire() {
        if (catchingUp != null) {
            catchingUp.lookBack(null);
        }
        unfollow();
        whenRetired.run();
    }
}
