package prosa.application;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.domain.Message;

/**
 * One connection that is told things: a cursor in a feed's log, and what is for this connection alone. No queue of messages
 * and no encoding per connection; one write in flight.
 *
 * <p>Owned by the delivery thread.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** A connection whose one write takes longer is given up: nobody reads there. */
    static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);

    /** So long a client that was given up may take to read what was already written to it, and then why. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** How many bytes may wait for one connection alone before it is closed: whispers to somebody who does not read. */
    static final int PRIVATE_BOUND = 1 << 20;

    /** Private bytes are written in pieces, since the JDK copies each through direct memory of that size, which it keeps. */
    private static final int PIECE = 64 << 10;

    private final long id;
    private final FeedSubscriber subscriber;
    private final Connections connections;
    private final Runnable whenRetired;
    private Codec codec;

    private @Nullable Feed feed;
    private int placeInFeed;
    private long cursor;
    private long ownUntil;
    /** The history's offset up to which the client was told everything. */
    private long seen;

    /** What this connection itself has said since: the history does not know over which connection something was said. */
    private @Nullable Set<Long> said;

    private @Nullable Replay replay;
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

    /** Grows only while there is something in it. */
    private static final class Outbox extends ByteArrayOutputStream {
        int sent;

        int waiting() {
            return count - sent;
        }

        ByteBuffer piece() {
            return ByteBuffer.wrap(buf, sent, Math.min(PIECE, waiting()));
        }
    }

    /** @param whenRetired called once, on the delivery thread, when the connection has ended or was given up */
    Follower(long id, FeedSubscriber subscriber, Codec codec, Connections connections, Runnable whenRetired) {
        this.id = id;
        this.subscriber = subscriber;
        this.codec = codec;
        this.connections = connections;
        this.whenRetired = whenRetired;
    }

    long id() {
        return id;
    }

    Codec codec() {
        return codec;
    }

    /** From now on this client is written to in another way. It follows no feed yet. */
    void speak(Codec codec) {
        this.codec = codec;
    }

    boolean isOpen() {
        return !closed && farewell == null;
    }

    /** Follows a feed from now on, after what has to be told first. */
    void follow(Feed next, Optional<Backlog> first) {
        if (feed != next) {
            unfollow();
            next.add(this);
            feed = next;
        }
        cursor = next.log().head();
        ownUntil = cursor;
        seen = next.log().offset();
        said = null;
        replay = first.map(backlog -> connections.replay(this, next.rooms(), backlog)).orElse(null);
        flushSoon();
    }

    /** Where the feed keeps it among its followers. */
    int placeInFeed() {
        return placeInFeed;
    }

    void placeInFeed(int place) {
        placeInFeed = place;
    }

    void unfollow() {
        if (feed != null) {
            feed.remove(this);
            feed = null;
            replay = null;
        }
    }

    /** A message of this connection's own was kept. */
    void said(long offset) {
        if (feed != null) {
            if (said == null) {
                said = new HashSet<>();
            }
            said.add(offset);
            wroteLast();
        }
    }

    /** The log's last entry may be this connection's own: there are entries to skip up to here. */
    void wroteLast() {
        if (feed != null) {
            ownUntil = feed.log().head();
        }
    }

    /** Whether it has been told everything in its feed's log. */
    boolean isUpToDate() {
        return feed == null || !writing && replay == null && cursor == feed.log().head();
    }

    /** Tells this connection alone. */
    void tell(Event event) {
        if (isOpen()) {
            send(codec.encode(event));
        }
    }

    private void send(byte[] units) {
        if (isFull(outbox)) {
            giveUp(System.nanoTime());
        } else {
            put(units);
        }
    }

    private static boolean isFull(@Nullable Outbox box) {
        return box != null && box.waiting() > PRIVATE_BOUND;
    }

    /** Tells this connection alone, after all that is in the feed's log by now. */
    void tellInTurn(Event event) {
        if (!isOpen()) {
            return;
        }
        byte[] units = codec.encode(event);
        if (units.length == 0) {
            return;
        }
        if (isFull(acks)) {
            giveUp(System.nanoTime());
            return;
        }
        if (acks == null) {
            acks = new Outbox();
        }
        acks.writeBytes(units);
        flushSoon();
    }

    /**
     * Tells something of the past, also after a good-bye: what is due is told. Replays ask for more only when the last was
     * written, and so need no bound here.
     */
    void tellAgain(Event event) {
        put(codec.encode(event));
    }

    /** Tells a message of the past, unless it would have been skipped in the feed. */
    void tellAgain(Message message) {
        if (said == null || !said.contains(message.id().offset())) {
            tellAgain(new Event.Said(message));
        }
    }

    private void put(byte[] units) {
        if (!closed && units.length > 0) {
            if (outbox == null) {
                outbox = new Outbox();
            }
            outbox.writeBytes(units);
            flushSoon();
        }
    }

    /**
     * The wire's own units (a pong, the answer to a close) take their turn.
     *
     * @param written called on the delivery thread when they are written, or never will be
     */
    void control(byte[] units, Runnable written) {
        if (closed) {
            written.run();
            return;
        }
        put(units);
        if (afterPrivate == null) {
            afterPrivate = new ArrayDeque<>();
        }
        afterPrivate.add(written);
        flushSoon();
    }

    private void flushSoon() {
        if (!flushDue && !writing) {
            flushDue = true;
            connections.flushSoon(this);
        }
    }

    /** Writes what is due, as far as the socket takes it now. */
    void flush() {
        flushDue = false;
        if (closed || writing) {
            return;
        }
        try {
            if (flushPrivate()) {
                if (replay != null) {
                    replay.more();
                } else if (feed != null) {
                    flushFeed(feed);
                }
                if (acks != null && isUpToDate() && write(acks)) {
                    acks = null;
                }
                if (farewell != null && isUpToDate() && acks == null) {
                    closeNow(farewell);
                }
            }
        } catch (IOException e) {
            closeNow(Farewell.GONE);
        } catch (RuntimeException e) {
            // Thrown further it would end the round, and with it the feed of all the others.
            LOG.error("Telling a connection failed; the others go on", e);
            closeNow(Farewell.GONE);
        }
    }

    private boolean flushPrivate() throws IOException {
        if (outbox != null) {
            if (!write(outbox)) {
                return false;
            }
            outbox = null;
            controlsWritten();
        }
        return true;
    }

    /** Writes all of it, or as much as the socket takes, in pieces. */
    private boolean write(Outbox box) throws IOException {
        while (box.waiting() > 0) {
            ByteBuffer piece = box.piece();
            int before = piece.position();
            subscriber.write(piece);
            box.sent += piece.limit() - before;
            if (piece.hasRemaining()) {
                // A piece, not all that waits: the deadline is for one write, and a long history on a slow line takes many.
                finish(ByteBuffer.allocate(piece.remaining()).put(piece).flip());
                return false;
            }
        }
        return true;
    }

    private void controlsWritten() {
        Queue<Runnable> waiting = afterPrivate;
        afterPrivate = null;
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    private void flushFeed(Feed feed) throws IOException {
        FeedLog log = feed.log();
        long head = log.head();
        while (cursor < head) {
            if (cursor < log.tail()) {
                fallBackOnHistory(feed);
                return;
            }
            long to = head;
            if (cursor < ownUntil) {
                cursor = log.afterOwn(cursor, id);
                to = log.nextOwn(cursor, id);
                if (cursor == head) {
                    break;
                }
            }
            ByteBuffer slice = log.slice(cursor, to);
            int before = slice.position();
            subscriber.write(slice);
            cursor += slice.position() - before;
            if (slice.hasRemaining()) {
                finishEntry(log);
                return;
            }
        }
        seen = log.offset();
        said = null;
    }

    /**
     * The socket is full. The rest of the entry at hand is copied, so that the log's memory is only ever touched on this
     * thread; what comes after it stays in the log.
     */
    private void finishEntry(FeedLog log) {
        long end = log.endOfEntry(cursor);
        ByteBuffer slice = log.slice(cursor, end);
        ByteBuffer rest = ByteBuffer.allocate(slice.remaining()).put(slice).flip();
        cursor = end;
        seen = log.offsetBefore(end);
        finish(rest);
    }

    private void finish(ByteBuffer rest) {
        writing = true;
        writingSince = System.nanoTime();
        subscriber.finish(rest, () -> connections.execute(() -> {
            writing = false;
            flush();
        }));
    }

    /** The log went on without this follower: the history fills the hole, and the feed goes on from here. */
    private void fallBackOnHistory(Feed feed) {
        FeedLog log = feed.log();
        cursor = log.head();
        ownUntil = cursor;
        replay = connections.replay(this, feed.rooms(), new Backlog.After(seen, log.offset(), Optional.empty()));
        seen = log.offset();
        replay.more();
    }

    boolean isAt(Replay asked) {
        return replay == asked;
    }

    /**
     * A part of what had to be told first was told.
     *
     * @param all whether that was the last of it
     */
    void replayed(boolean all) {
        if (all) {
            replay = null;
        }
        flushSoon();
    }

    /** What had to be told first can't be read. What comes after that hole is not told, so that the client can resume before it. */
    void unreplayable() {
        unfollow();
        close(Farewell.UNAVAILABLE);
        flushSoon();
    }

    /** A look once a second: does anybody read, does anybody answer, is a heartbeat due? */
    void inspect(long now) {
        if (closed) {
            return;
        }
        if (hasLingered(now)) {
            closeNow(Farewell.GONE);
        } else if (writing && now - writingSince > WRITE_DEADLINE.toNanos()) {
            giveUp(now);
        } else if (!subscriber.answers(now)) {
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
        if (farewell == null) {
            farewell = why;
            if (why == Farewell.TOO_SLOW) {
                acks = null;
                retire();
            }
            flushSoon();
        }
    }

    /** Ends the connection. */
    void closeNow(Farewell why) {
        if (!closed) {
            closed = true;
            outbox = null;
            acks = null;
            retire();
            try {
                // In the middle of an entry there is no place for last words (FeedSubscriber.close).
                subscriber.close(writing && why != Farewell.SHUTDOWN ? Farewell.GONE : why);
            } catch (RuntimeException e) {
                LOG.error("Closing a connection failed; it is forgotten all the same", e);
            }
            controlsWritten();
            connections.closed(this);
        }
    }

    /** Nobody is there any more, as far as the others are concerned. */
    private void retire() {
        unfollow();
        if (!retired) {
            retired = true;
            whenRetired.run();
        }
    }
}
