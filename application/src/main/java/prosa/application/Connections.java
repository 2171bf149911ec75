package prosa.application;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import prosa.domain.RoomName;

/**
 * Everybody who is connected, and who of them has something waiting.
 *
 * <p>Owned by the delivery thread, but for {@link #execute} and {@link #lend}.
 */
final class Connections implements Executor {
    private final DeliveryThread deliveryThread;
    private final MessageHistory history;
    private final BatchWriter batchWriter;
    private final Map<Long, Follower> open = new HashMap<>();
    private final ArrayDeque<Follower> waiting = new ArrayDeque<>();
    private boolean flushDue;
    private Runnable whenEmpty = () -> {};

    Connections(DeliveryThread deliveryThread, MessageHistory history, BatchWriter batchWriter) {
        this.deliveryThread = deliveryThread;
        this.history = history;
        this.batchWriter = batchWriter;
    }

    /** What writes to many of them at once. */
    BatchWriter batchWriter() {
        return batchWriter;
    }

    @Override
    public void execute(Runnable task) {
        deliveryThread.execute(task);
    }

    /** As {@link DeliveryThread#lend}. */
    void lend(Runnable task) {
        deliveryThread.lend(task);
    }

    void opened(Follower follower) {
        open.put(follower.id(), follower);
    }

    void closed(Follower follower) {
        open.remove(follower.id());
        if (open.isEmpty()) {
            whenEmpty.run();
        }
    }

    /** Calls back as soon as nobody is connected, now or later. */
    void whenEmpty(Runnable then) {
        whenEmpty = then;
        if (open.isEmpty()) {
            then.run();
        }
    }

    /** The connection of that number, if it is still there. */
    Optional<Follower> find(long id) {
        return Optional.ofNullable(open.get(id));
    }

    /** Writes to a follower after the tasks at hand, so that several things told to it go out in one write. */
    void flushSoon(Follower follower) {
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

    Replay replay(Follower follower, Set<RoomName> rooms, Backlog backlog) {
        return new Replay(follower, rooms, backlog, history, deliveryThread);
    }

    /** The look once a second. */
    void inspect(long now) {
        // A copy: who is found to be gone leaves the map while we look.
        new ArrayList<>(open.values()).forEach(follower -> follower.inspect(now));
    }

    void closeAll(Farewell why) {
        new ArrayList<>(open.values()).forEach(follower -> follower.close(why));
    }

    void closeAllNow(Farewell why) {
        new ArrayList<>(open.values()).forEach(follower -> follower.closeNow(why));
    }
}
