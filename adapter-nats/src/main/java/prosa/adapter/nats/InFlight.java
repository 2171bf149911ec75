package prosa.adapter.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import prosa.application.port.MessagePublisher;
import prosa.domain.Draft;
import prosa.domain.Reason;

/**
 * What is on its way into the log, bounded, in the order in which it was published. Any thread; {@link #lock} owns the state, and is never
 * held while somebody is told.
 */
final class InFlight {
    /** The most that is on its way. Together with the next it bounds the memory that an engine can cost that does not answer: some 100 MB. */
    static final int CAPACITY = 100_000;

    /** The most text that is on its way, in UTF-16 units. */
    static final int CAPACITY_CHARS = 20_000_000;

    /** The most that the engine has not answered yet: beyond it more would wait there, and not here. */
    static final int WINDOW = 4_000;

    /** What is not in the copy by then is refused. */
    static final Duration DEADLINE = Duration.ofSeconds(8);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Pending> byNumber = new LinkedHashMap<>();

    /** What the engine has answered, by the sequence that it named, and what the copy has not reached yet. */
    private final TreeMap<Long, List<Pending>> answered = new TreeMap<>();

    /** The engine says that it stands there, and it was not seen. */
    record Answered(Pending pending, long sequence) {}

    private long next;
    private long reached;
    private int sent;
    private int chars;
    private boolean closed;

    /** Takes a message in; empty if that would be too much, or after {@link #close}. */
    Optional<Pending> admit(Draft draft, long origin) {
        lock.lock();
        try {
            boolean room =
                    byNumber.size() < CAPACITY && chars + draft.text().value().length() <= CAPACITY_CHARS;
            return closed || !room ? Optional.empty() : Optional.of(admit(Optional.of(draft), origin));
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what tells that something was taken away. */
    Pending admitRemoval() {
        lock.lock();
        try {
            return admit(Optional.empty(), MessagePublisher.NO_CONNECTION);
        } finally {
            lock.unlock();
        }
    }

    private Pending admit(Optional<Draft> draft, long origin) {
        Pending pending = new Pending(++next, draft, origin, System.nanoTime() + DEADLINE.toNanos());
        byNumber.put(pending.number(), pending);
        chars += pending.chars();
        pending.outcome().whenComplete((entry, failure) -> settled(pending));
        return pending;
    }

    /** A number behind all that was taken in; empty after {@link #close}. */
    Optional<Long> number() {
        lock.lock();
        try {
            return closed ? Optional.empty() : Optional.of(++next);
        } finally {
            lock.unlock();
        }
    }

    private void settled(Pending pending) {
        lock.lock();
        try {
            byNumber.remove(pending.number());
            chars -= pending.chars();
            if (pending.wasSent()) {
                sent--;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It is about to be published over that link. Waits while the engine has not answered too many. False if it is settled already. */
    boolean send(Pending pending, Link link) throws InterruptedException {
        lock.lock();
        try {
            while (sent >= WINDOW && link.isOpen() && !pending.isDone()) {
                changed.await(100, TimeUnit.MILLISECONDS);
            }
            if (pending.isDone()) {
                return false;
            }
            if (!pending.wasSent()) {
                sent++;
            }
            pending.sentOver(link);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The one with that number, if it is not settled. */
    Optional<Pending> find(long number) {
        lock.lock();
        try {
            return Optional.ofNullable(byNumber.get(number));
        } finally {
            lock.unlock();
        }
    }

    /** The engine says that it stands there. True if the copy has got as far; else it is given back by {@link #reach} when it has. */
    boolean answered(Pending pending, long sequence) {
        lock.lock();
        try {
            if (sequence <= reached || pending.isDone()) {
                return true;
            }
            pending.markAnswered();
            answered.computeIfAbsent(sequence, at -> new ArrayList<>(1)).add(pending);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The copy has got there. Gives back what the engine says stands up to there, and was not seen. */
    List<Answered> reach(long sequence) {
        lock.lock();
        try {
            reached = sequence;
            List<Answered> due = new ArrayList<>();
            Map<Long, List<Pending>> upTo = answered.headMap(sequence, true);
            upTo.forEach((at, all) ->
                    all.stream().filter(one -> !one.isDone()).forEach(one -> due.add(new Answered(one, at))));
            upTo.clear();
            changed.signalAll();
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the copy has got there, as long as there is hope. True if it has. */
    boolean awaitReached(long sequence, BooleanSupplier isHope) throws InterruptedException {
        lock.lock();
        try {
            while (reached < sequence && isHope.getAsBoolean()) {
                changed.await(100, TimeUnit.MILLISECONDS);
            }
            return reached >= sequence;
        } finally {
            lock.unlock();
        }
    }

    /** The copy is of another log, from its beginning: what was answered is true of none of it. */
    void startOver(long sequence) {
        lock.lock();
        try {
            reached = sequence;
            answered.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what could not be kept in time. */
    void refuseOverdue(long now) {
        refuse(pending -> pending.isOver(now));
    }

    /** Refuses what went over an earlier link and is not in the log: nothing that is read from now on can have it. */
    void refuseLostBefore(Link link) {
        refuse(pending -> pending.wasLostBefore(link));
    }

    void refuseAll() {
        refuse(pending -> true);
    }

    private void refuse(Predicate<Pending> which) {
        List<Pending> all;
        lock.lock();
        try {
            all = byNumber.values().stream().filter(which).toList();
        } finally {
            lock.unlock();
        }
        all.forEach(pending -> pending.refuse(Reason.UNAVAILABLE));
    }

    /** Waits until all with a lower number are settled. They are, at their deadline at the latest. */
    void awaitBefore(long number) throws InterruptedException {
        lock.lock();
        try {
            while (!byNumber.isEmpty() && byNumber.keySet().iterator().next() < number) {
                changed.await(100, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more in, and waits until all is settled. */
    void close() throws InterruptedException {
        long last;
        lock.lock();
        try {
            closed = true;
            last = next + 1;
        } finally {
            lock.unlock();
        }
        awaitBefore(last);
    }
}
