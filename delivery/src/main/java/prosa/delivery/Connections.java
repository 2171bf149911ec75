package prosa.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody who is connected, and who of them is told the past next. */
@OwnedByTurn
public final class Connections {
    /** From one {@link #inspect} to the next. */
    public static final Duration INSPECTION = Duration.ofSeconds(1);

    /** What those who are told the past may take at once, one page more at most. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A look that comes later than this came late. */
    private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** No wire waits longer for a sign of life. */
    private static final long LONGEST_TERM_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final DeliveryThread deliveryThread;
    private final BatchWriter batchWriter;
    private final HeapTrimmer trimmer;
    private final AtomicLong made = new AtomicLong();
    private final Map<Long, Follower> open = new HashMap<>();
    private final ArrayDeque<Follower> readers = new ArrayDeque<>();
    private boolean readersDue;
    private Runnable whenEmpty = () -> {};

    private long lastLook = System.nanoTime();
    private long late;
    private long granted;

    /** @param trimmer is told who comes and goes */
    public Connections(DeliveryThread deliveryThread, BatchWriter batchWriter, HeapTrimmer trimmer) {
        this.deliveryThread = deliveryThread;
        this.batchWriter = batchWriter;
        this.trimmer = trimmer;
    }

    /**
     * Somebody connects. Any thread; whoever has the turn calls {@link #opened} next.
     *
     * @param whenRetired called once, by whoever has the turn, when the connection has ended or was given up
     */
    @OwnedByTurn.AnyThread
    public Follower connect(FeedSubscriber subscriber, Optional<Heartbeat> heartbeat, Runnable whenRetired) {
        return new Follower(
                made.incrementAndGet(), subscriber, heartbeat, deliveryThread, this, batchWriter, whenRetired);
    }

    /** Somebody who {@link #connect}ed is here. */
    public void opened(Follower follower) {
        assert DeliveryThread.hasTurn();
        open.put(follower.id(), follower);
        trimmer.opened(open.size());
    }

    void closed(Follower follower) {
        assert DeliveryThread.hasTurn();
        open.remove(follower.id());
        trimmer.closed(open.size());
        if (open.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** Calls back as soon as nobody is connected, now or later. */
    public void whenEmpty(Runnable then) {
        assert DeliveryThread.hasTurn();
        whenEmpty = then;
        if (open.isEmpty()) {
            then.run();
        }
    }

    /** The connection of that number, if it is still there. */
    public Optional<Follower> find(long id) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(open.get(id));
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

    /** The look once a second. */
    public void inspect(long now) {
        assert DeliveryThread.hasTurn();
        grantDelay(now);
        // A copy: who is found to be gone leaves the map while we look.
        new ArrayList<>(open.values()).forEach(follower -> follower.inspect(now, granted));
    }

    /**
     * If this look itself comes late (a laptop's lid was closed, a virtual machine was paused), nobody could be heard meanwhile, and
     * that time counts against nobody. Whoever was heard last before it is overdue by itself once the longest term has passed.
     */
    private void grantDelay(long now) {
        long delay = now - lastLook - INSPECTION.toNanos();
        lastLook = now;
        if (delay > DELAY_NANOS) {
            late = now;
            granted = delay;
        } else if (now - late > LONGEST_TERM_NANOS) {
            granted = 0;
        }
    }

    /** Says good-bye to all, once what is due to each was written. */
    public void closeAll(CloseReason why) {
        assert DeliveryThread.hasTurn();
        new ArrayList<>(open.values()).forEach(follower -> follower.close(why));
    }

    /** What all have been told is not worth anything any more: they may come back, and resume. */
    public void sendAllAway() {
        assert DeliveryThread.hasTurn();
        new ArrayList<>(open.values()).forEach(Follower::sendAway);
    }

    /** Ends all connections. */
    public void closeAllNow(CloseReason why) {
        assert DeliveryThread.hasTurn();
        new ArrayList<>(open.values()).forEach(follower -> follower.closeNow(why));
    }
}
