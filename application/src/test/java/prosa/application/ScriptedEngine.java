package prosa.application;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.application.port.Bound;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.MessageEngine;
import prosa.application.port.Page;
import prosa.application.port.Stretch;
import prosa.delivery.Await;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/**
 * An engine that does what a test tells it: it answers at once, or later, or refuses. Its own state is under its monitor; stages
 * complete on the thread that publishes, reads or lets it go on.
 */
final class ScriptedEngine implements MessageEngine {
    static final long EPOCH = 1_000;

    private static final KeptListener NOBODY = batch -> {};

    private final List<Entry> log = new ArrayList<>();
    private final Queue<Runnable> heldPublishes = new ArrayDeque<>();
    private final Queue<Runnable> heldReads = new ArrayDeque<>();
    private final List<String> reads = new ArrayList<>();
    private final ScriptedRegister register;
    private KeptListener listener = NOBODY;
    private boolean publishesHeld;
    private boolean readsHeld;
    private boolean answersHeld;
    private boolean full;
    private boolean unreadable;
    private boolean closed;
    private boolean shared;
    private long epoch = EPOCH;
    private long head;
    private long floor;

    ScriptedEngine() {
        this(new ScriptedRegister());
    }

    /** @param register may have facts from before */
    ScriptedEngine(ScriptedRegister register) {
        this.register = register;
    }

    /** What is published from now on waits. */
    synchronized void holdPublishes() {
        publishesHeld = true;
    }

    synchronized void releasePublishes() {
        publishesHeld = false;
        drain(heldPublishes);
    }

    /** What is asked for from now on waits. */
    synchronized void holdReads() {
        readsHeld = true;
    }

    /** What is asked for from now on is read at once, and told when reads are released. */
    synchronized void holdAnswers() {
        answersHeld = true;
    }

    synchronized void releaseReads() {
        readsHeld = false;
        answersHeld = false;
        drain(heldReads);
    }

    private static void drain(Queue<Runnable> held) {
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    /** Answers the first read that waits, and no other. */
    synchronized void releaseOneRead() {
        heldReads.remove().run();
    }

    void awaitReads(int waiting) {
        Await.until(this, () -> heldReads.size() >= waiting, () -> waiting + " reads, but " + heldReads.size());
    }

    synchronized void setFull(boolean full) {
        this.full = full;
    }

    synchronized void setUnreadable(boolean unreadable) {
        this.unreadable = unreadable;
    }

    /** What was asked for, in order. */
    synchronized List<String> reads() {
        return List.copyOf(reads);
    }

    /** Forgets all entries up to there. */
    synchronized void forgetUpTo(long offset) {
        floor = offset;
        log.removeIf(entry -> entry.id().offset() <= offset);
    }

    /** Leaves a hole in the offsets. */
    synchronized void skip(int offsets) {
        head += offsets;
    }

    /** Keeps something that was said elsewhere. */
    Message say(String room, String by, String text) {
        return Await.result(publish(draft(room, by, text), 0));
    }

    /** Keeps something that was said in the main room at that time. */
    Message sayAt(Instant at, String text) {
        return Await.result(publish(draft("main", "Ana", text, at), 0));
    }

    static Draft draft(String room, String by, String text) {
        return draft(room, by, text, Instant.EPOCH);
    }

    private static Draft draft(String room, String by, String text, Instant at) {
        return new Draft(new RoomName(room), new Name(by), new Via("ws"), at, new Text(text), Optional.empty());
    }

    @Override
    public ScriptedRegister register() {
        return register;
    }

    @Override
    public synchronized void start(KeptListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized CompletionStage<Message> publish(Draft draft, long origin) {
        return answer(publishesHeld, heldPublishes, () -> {
            if (full) {
                throw new Refused(Reason.UNAVAILABLE);
            }
            Message message = draft.keptAt(next());
            log.add(message);
            listener.kept(List.of(new Kept(message, origin)));
            return message;
        });
    }

    /** One message, or all of a room. */
    @Override
    public synchronized CompletionStage<List<Entry>> remove(Removal removal) {
        return answer(publishesHeld, heldPublishes, () -> {
            List<Entry> entries = takenAway(removal);
            log.addAll(entries);
            listener.kept(entries.stream()
                    .map(entry -> new Kept(entry, NO_CONNECTION))
                    .toList());
            return entries;
        });
    }

    private List<Entry> takenAway(Removal removal) {
        return switch (removal) {
            case Removal.One one ->
                gone(messages(log).filter(message -> message.id().equals(one.of())), one);
            case Removal.LastOf last -> {
                List<Message> all = messages(log)
                        .filter(message ->
                                message.by().key().equals(last.author().key()))
                        .toList();
                yield gone(all.stream().skip(Math.max(0, all.size() - last.count())), last);
            }
            case Removal.All all -> {
                log.removeIf(entry -> entry.room().equals(all.room()));
                yield List.of(new Cleared(next(), all.room(), all.by(), all.at()));
            }
        };
    }

    private List<Entry> gone(Stream<Message> messages, Removal removal) {
        List<Message> gone = messages.toList();
        if (gone.isEmpty()) {
            throw new Refused(Reason.NO_MESSAGE);
        }
        log.removeAll(gone);
        List<Entry> told = new ArrayList<>();
        gone.forEach(message ->
                told.add(new Removed(next(), message.id(), message.room(), message.by(), removal.by(), removal.at())));
        return told;
    }

    private Position next() {
        return new Position(epoch, ++head);
    }

    private static Stream<Message> messages(List<Entry> entries) {
        return entries.stream().filter(Message.class::isInstance).map(Message.class::cast);
    }

    private synchronized <T> CompletionStage<T> answer(boolean held, Queue<Runnable> queue, Supplier<T> result) {
        if (closed) {
            return CompletableFuture.failedStage(new Refused(Reason.UNAVAILABLE));
        }
        CompletableFuture<T> stage = new CompletableFuture<>();
        Runnable answer = () -> {
            try {
                stage.complete(result.get());
            } catch (Refused refused) {
                stage.completeExceptionally(refused);
            }
        };
        if (held) {
            queue.add(answer);
            notifyAll();
        } else {
            answer.run();
        }
        return stage;
    }

    @Override
    public synchronized long epoch() {
        return epoch;
    }

    @Override
    public synchronized boolean isShared() {
        return shared;
    }

    /** Others publish to the log, too. */
    synchronized void share() {
        shared = true;
    }

    /** The log is another one, and empty. */
    void beginAnew(long epoch) {
        KeptListener told;
        synchronized (this) {
            this.epoch = epoch;
            log.clear();
            head = 0;
            told = listener;
        }
        told.anew();
    }

    @Override
    public synchronized long head() {
        return head;
    }

    @Override
    public synchronized long floor() {
        return floor;
    }

    @Override
    public synchronized CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        reads.add("after " + after + " up to " + upTo + " limit " + bound.messages());
        return read(() -> page(messages(log), rooms, after, upTo, bound));
    }

    @Override
    public synchronized CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        reads.add("after " + after + " up to " + upTo + " limit " + bound.messages());
        return read(() -> {
            List<Entry> all = between(log.stream(), rooms, after, upTo);
            int count = count(all, bound);
            return new Stretch(all.subList(0, count), count < all.size());
        });
    }

    private static Page page(Stream<Message> messages, Set<RoomName> rooms, long after, long upTo, Bound bound) {
        List<Message> all = between(messages, rooms, after, upTo);
        int count = count(all, bound);
        return new Page(all.subList(0, count), count < all.size());
    }

    private static <E extends Entry> List<E> between(Stream<E> entries, Set<RoomName> rooms, long after, long upTo) {
        return entries.filter(entry -> rooms.contains(entry.room()))
                .filter(entry -> entry.id().offset() > after && entry.id().offset() <= upTo)
                .toList();
    }

    private static int count(List<? extends Entry> all, Bound bound) {
        int count = 0;
        long bytes = 0;
        for (Entry entry : all) {
            bytes += Bound.weight(entry);
            if (count == bound.messages() || bytes > bound.bytes() && count > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    public synchronized CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        reads.add("last " + bound.messages() + " up to " + upTo);
        return read(() -> {
            Page backwards = page(messages(log.reversed()), rooms, 0, upTo, bound);
            return new Page(backwards.messages().reversed(), backwards.more());
        });
    }

    @Override
    public synchronized CompletionStage<Set<RoomName>> rooms() {
        return read(() -> log.stream().map(Entry::room).collect(Collectors.toSet()));
    }

    private <T> CompletionStage<T> read(Supplier<T> query) {
        T early = answersHeld ? query.get() : null;
        return answer(readsHeld || answersHeld, heldReads, () -> {
            if (unreadable) {
                throw new Refused(Reason.UNAVAILABLE);
            }
            return early == null ? query.get() : early;
        });
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        drain(heldPublishes);
        closed = true;
        unreadable = true;
        drain(heldReads);
        notifyAll();
    }
}
