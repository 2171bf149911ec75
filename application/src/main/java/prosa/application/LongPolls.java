package prosa.application;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Bound;
import prosa.application.port.Excerpt;
import prosa.application.port.Kept;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * Those who ask what is said next in a room, and wait for it. They hold no connection of the house's and no thread, and cost
 * nothing per message in rooms for which nobody waits.
 */
@OwnedByTurn
final class LongPolls {
    private final Rooms rooms;
    private final Measure measure;
    private final DeliveryThread deliveryThread;
    private final Map<RoomName, Set<LongPoll>> byRoom = new HashMap<>();

    /** By deadline; differences, not values: {@link System#nanoTime()} may be negative and wrap around. */
    private final TreeMap<Long, Set<LongPoll>> byDeadline = new TreeMap<>((a, b) -> Long.signum(a - b));

    private Optional<Long> alarm = Optional.empty();
    private boolean closed;

    LongPolls(Rooms rooms, Measure measure, DeliveryThread deliveryThread) {
        this.rooms = rooms;
        this.measure = measure;
        this.deliveryThread = deliveryThread;
    }

    /**
     * Somebody begins to wait.
     *
     * @param since what was said after it counts as well
     * @return to {@link #dismiss}
     */
    LongPoll admit(
            RoomName room, Optional<Position> since, int limit, long deadline, CompletableFuture<Excerpt> excerpt) {
        assert DeliveryThread.hasTurn();
        Optional<Resume> resume = since.filter(asked -> !rooms.isAhead(asked)).map(rooms::resume);
        Position start = resume.map(Resume::start).or(() -> since).orElseGet(rooms::position);
        LongPoll waiter = new LongPoll(room, limit, deadline, start, excerpt);
        if (closed) {
            waiter.fail(new Refused(Reason.UNAVAILABLE));
            return waiter;
        }
        byRoom.computeIfAbsent(room, name -> new HashSet<>()).add(waiter);
        byDeadline.computeIfAbsent(deadline, at -> new HashSet<>()).add(waiter);
        setAlarm();
        resume.map(Resume::backlog)
                .filter(backlog -> backlog.after() < backlog.upTo())
                .ifPresent(backlog -> read(waiter, backlog, limit));
        look(waiter);
        return waiter;
    }

    /** What is said meanwhile it hears already. */
    private void read(LongPoll waiter, Backlog.After backlog, int limit) {
        waiter.expectPast();
        Bound bound = new Bound(limit, Excerpt.BYTES);
        measure.after(
                Set.of(waiter.room()),
                backlog.after(),
                backlog.upTo(),
                bound,
                () -> Reads.Wanted.yesIf(!waiter.isDone()),
                (past, failure) -> {
                    if (past == null) {
                        remove(waiter);
                        waiter.fail(new Refused(Objects.requireNonNull(failure)));
                    } else {
                        waiter.hearPast(past);
                        look(waiter);
                    }
                });
    }

    /** What was kept together is told together. */
    void deliver(List<Kept> batch) {
        assert DeliveryThread.hasTurn();
        if (byRoom.isEmpty()) {
            return;
        }
        Set<LongPoll> told = new LinkedHashSet<>();
        for (Kept kept : batch) {
            for (LongPoll waiter : byRoom.getOrDefault(kept.entry().room(), Set.of())) {
                if (kept.entry() instanceof Message message) {
                    waiter.hear(message);
                    told.add(waiter);
                } else {
                    waiter.forget(kept.entry());
                }
            }
        }
        told.forEach(this::look);
    }

    private void look(LongPoll waiter) {
        boolean late = System.nanoTime() - waiter.deadline() >= 0;
        if (waiter.isDone()) {
            remove(waiter);
        } else if (waiter.hasNews() || late && !waiter.isReading()) {
            dismiss(waiter);
        }
    }

    /** Answers at once, with whatever there is. */
    void dismiss(LongPoll waiter) {
        assert DeliveryThread.hasTurn();
        remove(waiter);
        waiter.answer(rooms.position());
    }

    /** Refuses all who wait in this room. */
    void refuse(RoomName room, Reason reason) {
        assert DeliveryThread.hasTurn();
        List.copyOf(byRoom.getOrDefault(room, Set.of())).forEach(waiter -> {
            remove(waiter);
            waiter.fail(new Refused(reason));
        });
    }

    /** The log is another one: all may ask again from where they were. */
    void anew() {
        assert DeliveryThread.hasTurn();
        List.copyOf(byRoom.keySet()).forEach(room -> refuse(room, Reason.UNAVAILABLE));
    }

    /** Answers all, and admits nobody from now on. */
    void close() {
        assert DeliveryThread.hasTurn();
        closed = true;
        byRoom.values().stream().flatMap(Set::stream).toList().forEach(this::dismiss);
    }

    private void remove(LongPoll waiter) {
        byRoom.computeIfPresent(waiter.room(), (room, all) -> without(all, waiter));
        byDeadline.computeIfPresent(waiter.deadline(), (at, all) -> without(all, waiter));
    }

    private static @Nullable Set<LongPoll> without(Set<LongPoll> all, LongPoll waiter) {
        all.remove(waiter);
        return all.isEmpty() ? null : all;
    }

    /** One for all, at the first deadline: an alarm each would outlive most of them, as they are answered before. */
    private void setAlarm() {
        if (byDeadline.isEmpty()) {
            return;
        }
        long first = byDeadline.firstKey();
        if (alarm.isEmpty() || first - alarm.get() < 0) {
            alarm = Optional.of(first);
            deliveryThread.at(first, () -> ring(first));
        }
    }

    private void ring(long at) {
        if (alarm.isEmpty() || alarm.get() != at) {
            return; // another one was set, for somebody with less patience
        }
        alarm = Optional.empty();
        long now = System.nanoTime();
        while (!byDeadline.isEmpty() && byDeadline.firstKey() - now <= 0) {
            // Those for whom the past is still being read are answered when it has come.
            byDeadline.pollFirstEntry().getValue().forEach(this::look);
        }
        setAlarm();
    }
}
