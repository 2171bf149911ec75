package prosa.application;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/**
 * One connection that is told things: a cursor in a feed's log, and what is for this connection alone. No queue of messages
 * and no encoding per connection; one write in flight.
 */
@OwnedByTurn
final class Follower extends Outlet {
    private @Nullable Feed feed;
    private int placeInFeed;
    private long cursor;
    private long ownUntil;
    /** The history's offset up to which the client was told everything. */
    private long seen;

    /** What this connection itself has said since: the history does not know over which connection something was said. */
    private @Nullable Set<Long> said;

    /** What has to be told before the feed goes on. */
    private @Nullable Replay replay;

    /** What this connection wants to see again, of whatever room. It comes first. */
    private @Nullable Replay lookBack;

    private @Nullable LongConsumer look;
    private final long openedAt = System.nanoTime();

    private boolean readingDue;
    private boolean hasTurn;

    /** @param whenRetired called once, on the delivery thread, when the connection has ended or was given up */
    Follower(long id, FeedSubscriber subscriber, Codec codec, Connections connections, Runnable whenRetired) {
        super(id, subscriber, codec, connections, whenRetired);
    }

    /**
     * Who wants to know how long this connection is here, in nanoseconds, at each look.
     *
     * @param look null for nobody
     */
    void whenLookedAt(@Nullable LongConsumer look) {
        assert DeliveryThread.hasTurn();
        this.look = look;
    }

    @Override
    void inspect(long now, long granted) {
        assert DeliveryThread.hasTurn();
        super.inspect(now, granted);
        if (look != null && isOpen()) {
            look.accept(now - granted - openedAt);
        }
    }

    /** Follows a feed from now on, after what has to be told first. */
    void follow(Feed next, Optional<Backlog> first) {
        assert DeliveryThread.hasTurn();
        if (feed != next) {
            unfollow();
            next.add(this);
            feed = next;
        }
        cursor = next.log().head();
        ownUntil = cursor;
        seen = next.log().offset();
        said = null;
        replay = first.map(backlog -> replay(next, backlog)).orElse(null);
        flushSoon();
    }

    private Replay replay(Feed feed, Backlog backlog) {
        return connections().replay(this, feed.rooms(), codec(), backlog, new Replay.Ends() {
            @Override
            public void told() {
                replay = null;
                flushSoon();
            }

            @Override
            public void failed(Reason reason) {
                sendAway();
            }
        });
    }

    /** What has to be told next can't be. What comes after that hole is not told, so that the client can resume before it. */
    void sendAway() {
        assert DeliveryThread.hasTurn();
        unfollow();
        close(Farewell.UNAVAILABLE);
        flushSoon();
    }

    /**
     * Tells a piece of a room's past, own messages and all, before anything else for many.
     *
     * @param then gets the reason if it can't be read; not called if the connection ends before
     */
    void lookBack(RoomName room, Backlog.After piece, Consumer<Optional<Reason>> then) {
        assert DeliveryThread.hasTurn();
        lookBack = connections().replay(this, Set.of(room), codec().past(), piece, new Replay.Ends() {
            @Override
            public void told() {
                ended(Optional.empty());
            }

            @Override
            public void failed(Reason reason) {
                ended(Optional.of(reason));
            }

            private void ended(Optional<Reason> reason) {
                lookBack = null;
                // Not within the write that this is a part of: it may go on with anything, a good-bye for example.
                connections().execute(() -> then.accept(reason));
                flushSoon();
            }
        });
        flushSoon();
    }

    boolean follows(Feed asked) {
        assert DeliveryThread.hasTurn();
        return feed == asked;
    }

    /** The history's offset up to which it was told everything, or will be before anything that it is told now. */
    long toldUpTo() {
        assert DeliveryThread.hasTurn();
        return replay != null ? replay.reached() : seen;
    }

    /** Where the feed keeps it among its followers. */
    int placeInFeed() {
        assert DeliveryThread.hasTurn();
        return placeInFeed;
    }

    void placeInFeed(int place) {
        assert DeliveryThread.hasTurn();
        placeInFeed = place;
    }

    @Override
    void tellNoMore() {
        assert DeliveryThread.hasTurn();
        lookBack = null;
        unfollow();
    }

    @Override
    void unfollow() {
        assert DeliveryThread.hasTurn();
        if (feed != null) {
            feed.remove(this);
            feed = null;
            replay = null;
        }
    }

    /** A message of this connection's own was kept. */
    void said(long offset) {
        assert DeliveryThread.hasTurn();
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
        assert DeliveryThread.hasTurn();
        if (feed != null) {
            ownUntil = feed.log().head();
        }
    }

    /** Whether it has been told everything in its feed's log. */
    @Override
    boolean isUpToDate() {
        assert DeliveryThread.hasTurn();
        return lookBack == null
                && (feed == null
                        || !isWriting()
                                && replay == null
                                && cursor == feed.log().head());
    }

    /** Whether this is a message of its own that it would have been spared in the feed. */
    boolean hasSaid(long offset) {
        assert DeliveryThread.hasTurn();
        return lookBack == null && said != null && said.contains(offset);
    }

    /** Whether it needs nothing but to be written what is in its feed's log. */
    boolean isDueASlice(FeedLog log) {
        assert DeliveryThread.hasTurn();
        return isPlain()
                && replay == null
                && lookBack == null
                && cursor < log.head()
                && cursor >= log.tail()
                && cursor >= ownUntil;
    }

    /** What it has not been told of its feed's log, as far as that lies together. */
    ByteBuffer slice(FeedLog log) {
        assert DeliveryThread.hasTurn();
        return log.slice(cursor, log.head());
    }

    /**
     * It was written to together with others.
     *
     * <p>Whatever happens, nobody is closed or told anything in here: an entry of which a part is written would be lost if the log
     * went on meanwhile, and the others have yet to hear what they took.
     */
    void took(int taken, int due, FeedLog log) {
        assert DeliveryThread.hasTurn();
        if (taken == BatchWriter.FAILED) {
            return; // by itself it can be written to, or is told why not
        }
        cursor += taken;
        if (taken < due) {
            try {
                finishEntry(log);
            } catch (RuntimeException e) {
                connections().execute(() -> closeFor(e));
            }
        }
    }

    @Override
    void flushShared() throws IOException {
        assert DeliveryThread.hasTurn();
        Replay past = past();
        if (past == null) {
            if (feed != null) {
                flushFeed(feed);
            }
        } else if (hasTurn) {
            past.more();
        } else {
            goOnSoon();
        }
    }

    private @Nullable Replay past() {
        return lookBack != null ? lookBack : replay;
    }

    /** The past is told when those who are told it have their turn. */
    void goOnSoon() {
        assert DeliveryThread.hasTurn();
        if (!readingDue) {
            readingDue = true;
            connections().readOnSoon(this);
        }
    }

    /** It has its turn. */
    void readOn() {
        assert DeliveryThread.hasTurn();
        readingDue = false;
        hasTurn = true;
        flush();
        hasTurn = false;
    }

    @Override
    void goOn() {
        assert DeliveryThread.hasTurn();
        if (past() == null) {
            flush();
        } else {
            goOnSoon();
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
                cursor = log.afterOwn(cursor, id());
                to = log.nextOwn(cursor, id());
                if (cursor == head) {
                    break;
                }
            }
            ByteBuffer slice = log.slice(cursor, to);
            int before = slice.position();
            write(slice);
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

    /** The log went on without this follower: the history fills the hole, and the feed goes on from here. */
    private void fallBackOnHistory(Feed feed) {
        FeedLog log = feed.log();
        cursor = log.head();
        ownUntil = cursor;
        replay = replay(feed, new Backlog.After(seen, log.offset(), Optional.empty()));
        seen = log.offset();
        goOnSoon();
    }

    /** Whether it is being told this. */
    boolean isTold(Replay asked) {
        assert DeliveryThread.hasTurn();
        return replay == asked || lookBack == asked;
    }
}
