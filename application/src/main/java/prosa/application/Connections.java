package prosa.application;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import prosa.domain.RoomName;

/**
 * Everybody who is connected, and who of them has something waiting.
 *
 * <p>Owned by the delivery thread, but for {@link #execute} and {@link #lend}.
 */
@OwnedByTurn
final class Connections implements Executor {
    /** What those who are told the past may take at once, one page more at most. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A look that comes later than this came late. */
    private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** No wire waits longer for a sign of life. */
    private static final long LONGEST_TERM_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final DeliveryThread deliveryThread;
    private final Reads reads;
    private final EncodedPages pages;
    private final Measure measure;
    private final Replay.Past past;
    private final BatchWriter batchWriter;
    private final Tidying tidying;
    private final Map<Long, Follower> open = new HashMap<>();
    private final ArrayDeque<Follower> waiting = new ArrayDeque<>();
    private final ArrayDeque<Follower> readers = new ArrayDeque<>();
    private boolean flushDue;
    private boolean readersDue;
    private Runnable whenEmpty = () -> {};

    private long lastLook = System.nanoTime();
    private long late;
    private long granted;

    Connections(DeliveryThread deliveryThread, MessageHistory history, BatchWriter batchWriter) {
        this(deliveryThread, history, batchWriter, new Tidying());
    }

    /** @param tidying is told who comes and goes */
    Connections(DeliveryThread deliveryThread, MessageHistory history, BatchWriter batchWriter, Tidying tidying) {
        this.tidying = tidying;
        this.deliveryThread = deliveryThread;
        this.batchWriter = batchWriter;
        this.reads = new Reads(deliveryThread);
        this.pages = new EncodedPages(history, reads);
        this.measure = new Measure(history, reads);
        this.past = new Replay.Past(history, pages, measure);
    }

    /** The reads of the history. */
    Reads reads() {
        return reads;
    }

    /** The pages of the past that somebody is being told. */
    EncodedPages pages() {
        return pages;
    }

    /** Finds how far an answer goes. */
    Measure measure() {
        return measure;
    }

    /** What writes to many of them at once. */
    BatchWriter batchWriter() {
        return batchWriter;
    }

    @OwnedByTurn.AnyThread
    @Override
    public void execute(Runnable task) {
        deliveryThread.execute(task);
    }

    /** As {@link DeliveryThread#lend}. */
    @OwnedByTurn.AnyThread
    void lend(Runnable task) {
        deliveryThread.lend(task);
    }

    void opened(Follower follower) {
        assert DeliveryThread.hasTurn();
        open.put(follower.id(), follower);
        tidying.opened(open.size());
    }

    void closed(Follower follower) {
        assert DeliveryThread.hasTurn();
        open.remove(follower.id());
        tidying.closed(open.size());
        if (open.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** Calls back as soon as nobody is connected, now or later. */
    void whenEmpty(Runnable then) {
        assert DeliveryThread.hasTurn();
        whenEmpty = then;
        if (open.isEmpty()) {
            then.run();
        }
    }

    /** The connection of that number, if it is still there. */
    Optional<Follower> find(long id) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(open.get(id));
    }

    /** Writes to a follower after the tasks at hand, so that several things told to it go out in one write. */
    void flushSoon(Follower follower) {
        assert DeliveryThread.hasTurn();
        waiting.add(follower);
        if (!flushDue) {
            flushDue = true;
            deliveryThread.at(System.nanoTime(), this::flushWaiting);
        }
    }

    private void flushWaiting() {
        flushDue = false;
        for (int i = waiting.size(); i > 0; i--) {
            waiting.remove().flush();
        }
    }

    /** Writes to a follower who is told the past when those who are told it have their turn. */
    void readOnSoon(Follower follower) {
        assert DeliveryThread.hasTurn();
        readers.add(follower);
        readersSoon();
    }

    private void readersSoon() {
        if (!readersDue) {
            readersDue = true;
            deliveryThread.at(System.nanoTime(), this::readOn);
        }
    }

    /** A slice: thousands who read the past must not hold up those who talk now. */
    private void readOn() {
        readersDue = false;
        long began = System.nanoTime();
        while (!readers.isEmpty() && System.nanoTime() - began < SLICE_NANOS) {
            readers.remove().readOn();
        }
        if (!readers.isEmpty()) {
            readersSoon();
        }
    }

    Replay replay(Follower follower, Set<RoomName> rooms, Codec codec, Backlog backlog, Replay.Ends ends) {
        assert DeliveryThread.hasTurn();
        return new Replay(follower, rooms, codec, backlog, past, ends);
    }

    /** The look once a second. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        grantDelay(now);
        // A copy: who is found to be gone leaves the map while we look.
        new ArrayList<>(open.values()).forEach(follower -> follower.inspect(now, granted));
        pages.inspect(now);
    }

    /**
     * If this look itself comes late (a laptop's lid was closed, a virtual machine was paused), nobody could be heard meanwhile, and
     * that time counts against nobody. Whoever was heard last before it is overdue by itself once the longest term has passed.
     */
    private void grantDelay(long now) {
        long delay = now - lastLook - Chat.INSPECTION.toNanos();
        lastLook = now;
        if (delay > DELAY_NANOS) {
            late = now;
            granted = delay;
        } else if (now - late > LONGEST_TERM_NANOS) {
            granted = 0;
        }
    }

    void closeAll(Farewell why) {
        assert DeliveryThread.hasTurn();
        new ArrayList<>(open.values()).forEach(follower -> follower.close(why));
    }

    void closeAllNow(Farewell why) {
        assert DeliveryThread.hasTurn();
        new ArrayList<>(open.values()).forEach(follower -> follower.closeNow(why));
    }
}
