package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.nats.Envelope.From;
import prosa.application.port.HistoryCopy;
import prosa.application.port.HistoryCopy.Target;
import prosa.application.port.MessagePublisher;
import prosa.delivery.Collapse;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;

/**
 * Hands to the engine what is said and what is to be removed, in its order, on a thread of its own: it waits while the engine does not take
 * more, and before a removal until the copy has all that was said before, here and at the other nodes.
 *
 * <p>Nothing is handed over twice, or once it was refused.
 */
final class Publishing implements AutoCloseable {
    static final String THREAD = "prosa-nats-publisher";

    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final InFlight inFlight;
    private final KnownKeys keys;
    private final HistoryCopy copy;
    private final Places places;
    private final String run;
    private final Way way;
    private final Erasing erasing;
    private final Speaking speaking;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    /**
     * @param run which run of which Prosa this is
     * @param way to the engine
     * @param speaking under which lease somebody speaks
     */
    Publishing(
            InFlight inFlight,
            KnownKeys keys,
            HistoryCopy copy,
            Places places,
            String run,
            Way way,
            Erasing erasing,
            Speaking speaking) {
        this.speaking = speaking;
        this.inFlight = inFlight;
        this.keys = keys;
        this.copy = copy;
        this.places = places;
        this.run = run;
        this.way = way;
        this.erasing = erasing;
    }

    /** The way to the engine, as far as there is one. */
    interface Way {
        /** The link that there is. */
        Optional<Link> link();

        /** The link over which can be published now; waits for it as long as there is hope, and need. */
        Optional<Link> await(BooleanSupplier isNeeded) throws InterruptedException;
    }

    /** Under which lease somebody speaks. */
    interface Speaking {
        Optional<Lease> leaseOf(Draft draft);

        /** Whether somebody at another node has the name of who says that in passing; not whoever has proved here that it is theirs. */
        boolean isAnothers(Draft draft);

        /** Whether what stands there came behind its lease's lapse, as far as is known: nobody has heard it. */
        boolean isTooLate(long sequence);
    }

    private sealed interface Order {}

    /** @param inPassing without a connection, and so without holding the name */
    private record Saying(Pending pending, Draft draft, boolean inPassing) implements Order {}

    private record Removing(long number, Removal removal, CompletableFuture<List<Entry>> stage) implements Order {}

    private record End() implements Order {}

    void start() {
        thread = Thread.ofPlatform().daemon().name(THREAD).start(this::run);
    }

    /** Where two threads publish at once, the order of the numbers is the order in which they are handed over. */
    synchronized CompletableFuture<Entry> say(Draft draft, long origin) {
        Optional<Pending> pending = way.link().isPresent() ? inFlight.admit(draft, origin) : Optional.empty();
        pending.ifPresent(taken -> orders.add(new Saying(taken, draft, origin == MessagePublisher.NO_CONNECTION)));
        return pending.map(Pending::outcome)
                .orElseGet(() -> CompletableFuture.failedFuture(new Refused(Reason.UNAVAILABLE)));
    }

    synchronized CompletableFuture<List<Entry>> remove(Removal removal) {
        CompletableFuture<List<Entry>> stage = new CompletableFuture<>();
        Optional<Long> number = way.link().isPresent() ? inFlight.number() : Optional.empty();
        if (number.isPresent()) {
            orders.add(new Removing(number.get(), removal, stage));
        } else {
            stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }
        return stage;
    }

    private void run() {
        try {
            for (Order order = orders.take(); !(order instanceof End); order = orders.take()) {
                switch (order) {
                    case Saying saying -> say(saying);
                    case Removing removing -> remove(removing);
                    case End end -> {}
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            throw Collapse.of(THREAD, e);
        }
    }

    private void say(Saying saying) throws InterruptedException {
        Pending pending = saying.pending();
        Optional<Link> link = way.await(() -> !pending.isDone());
        if (pending.isDone()) {
            return;
        }
        if (link.isEmpty()) {
            pending.refuse(Reason.UNAVAILABLE);
            return;
        }
        OptionalLong before = keys.find(saying.draft());
        if (before.isPresent()) {
            answer(pending, before.getAsLong());
        } else if (saying.inPassing() && speaking.isAnothers(saying.draft())) {
            pending.refuse(Reason.NAME_TAKEN); // by now: it may have waited here
        } else {
            publish(pending, saying.draft(), link.get(), keys.findOver(saying.draft()));
        }
    }

    /** @param over where the message is that came with the same key too long ago */
    private void publish(Pending pending, Draft draft, Link link, OptionalLong over) throws InterruptedException {
        From from = new From(run, pending.number());
        String id = draft.key().map(key -> MessageIds.of(draft, key, over)).orElse(from.toString());
        if (inFlight.send(pending, link)) {
            link.publish(places.subject(draft.room()), Envelope.of(draft, id, from, speaking.leaseOf(draft)))
                    .whenComplete((ack, failure) -> answered(pending, ack, failure));
        }
    }

    /**
     * The engine has answered, or nobody did. Then it may be kept or not: if it is, it is read in the stream, and if it is not, it is refused
     * at its deadline.
     */
    private void answered(Pending pending, @Nullable PublishAck ack, @Nullable Throwable failure) {
        if (ack == null) {
            if (failure != null && isNo(failure)) {
                pending.refuse(Reason.UNAVAILABLE);
            }
        } else if (inFlight.answered(pending, ack.getSeqno())) {
            settle(pending, ack.getSeqno());
        }
    }

    /** Whether the engine has said that it is not kept, or there was none to ask. */
    private static boolean isNo(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JetStreamApiException
                    || String.valueOf(cause.getMessage()).startsWith("Error Publishing")) {
                return true;
            }
        }
        return false;
    }

    /** The copy has got to where the engine says that it stands, and it was not seen there: it was said before, or is gone again. */
    void settle(Pending pending, long sequence) {
        if (pending.isDone()) {
            return;
        }
        copy.find(sequence).whenComplete((found, failure) -> {
            if (failure != null) {
                pending.refuse(Reason.UNAVAILABLE);
            } else if (found.isEmpty() && speaking.isTooLate(sequence)) {
                sayAnew(pending, sequence);
            } else if (found.isEmpty()) {
                pending.refuse(Reason.REMOVED);
            } else if (isOver(pending, found.get())) {
                sayAnew(pending, sequence);
            } else {
                pending.outcome().complete(found.get());
            }
        });
    }

    /** The engine's ten minutes are not quite ours. */
    private boolean isOver(Pending pending, Message found) {
        return pending.draft()
                .filter(draft -> draft.key().isPresent() && keys.find(draft).isEmpty() && keys.isOver(found))
                .isPresent();
    }

    private void sayAnew(Pending pending, long over) {
        Optional<Link> link = way.link();
        Optional<Draft> draft = pending.draft();
        if (link.isEmpty() || draft.isEmpty()) {
            pending.refuse(Reason.UNAVAILABLE);
            return;
        }
        From from = new From(run, pending.number());
        String id = draft.get()
                .key()
                .map(key -> MessageIds.of(draft.get(), key, OptionalLong.of(over)))
                .orElse(from.toString());
        link.get()
                .publish(
                        places.subject(draft.get().room()),
                        Envelope.of(draft.get(), id, from, speaking.leaseOf(draft.get())))
                .whenComplete((ack, failure) -> answered(pending, ack, failure));
    }

    /** What was said with this key before, or that it is gone. */
    private void answer(Pending pending, long offset) {
        copy.find(offset).whenComplete((found, failure) -> {
            if (failure != null) {
                pending.refuse(Reason.UNAVAILABLE);
            } else if (found.isEmpty()) {
                pending.refuse(Reason.REMOVED);
            } else {
                pending.outcome().complete(found.get());
            }
        });
    }

    private void remove(Removing removing) throws InterruptedException {
        try {
            inFlight.awaitBefore(removing.number());
            long deadline = System.nanoTime() + InFlight.DEADLINE.toNanos();
            Link link = way.await(() -> System.nanoTime() - deadline < 0)
                    .orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
            awaitWhatStands(link, deadline);
            List<Target> targets = get(copy.targets(removing.removal()).toCompletableFuture());
            if (targets.isEmpty()) {
                throw new Refused(Reason.NO_MESSAGE);
            }
            List<Entry> kept = kept(tell(removing.removal(), targets, link));
            // It is kept, whatever becomes of this: then it is done as soon as it can be.
            erasing.whenErased(kept.getLast())
                    .orTimeout(InFlight.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, failure) -> removing.stage().complete(kept));
        } catch (Refused refused) {
            removing.stage().completeExceptionally(refused);
        }
    }

    /** What another node has acknowledged may be on its way to this one. */
    private void awaitWhatStands(Link link, long deadline) throws InterruptedException {
        try {
            long last = link.look(places.stream()).getStreamState().getLastSequence();
            if (inFlight.awaitReached(last, () -> link.isOpen() && System.nanoTime() - deadline < 0)) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("The stream's end is not known: {}", e.getMessage());
        }
        throw new Refused(Reason.UNAVAILABLE);
    }

    private List<Pending> tell(Removal removal, List<Target> targets, Link link) throws InterruptedException {
        List<Pending> told = new ArrayList<>();
        Instant at = removal.at();
        if (removal instanceof Removal.All) {
            told.add(tell(removal, link, from -> Envelope.ofCleared(removal.by(), at, from)));
        } else {
            for (Target target : targets) {
                told.add(tell(
                        removal,
                        link,
                        from -> Envelope.ofRemoved(target.offset(), target.author(), removal.by(), at, from)));
            }
        }
        return told;
    }

    private interface Writing {
        Envelope from(From from);
    }

    private Pending tell(Removal removal, Link link, Writing writing) throws InterruptedException {
        Pending pending = inFlight.admitRemoval();
        if (inFlight.send(pending, link)) {
            link.publish(places.subject(removal.room()), writing.from(new From(run, pending.number())))
                    .whenComplete((ack, failure) -> answered(pending, ack, failure));
        }
        return pending;
    }

    /** Those that count: at least one. */
    private static List<Entry> kept(List<Pending> told) throws InterruptedException {
        List<Entry> kept = new ArrayList<>();
        Refused refused = new Refused(Reason.NO_MESSAGE);
        for (Pending pending : told) {
            try {
                kept.add(get(pending.outcome()));
            } catch (Refused e) {
                refused = e;
            }
        }
        if (kept.isEmpty()) {
            throw refused;
        }
        return List.copyOf(kept);
    }

    private static <T> T get(CompletableFuture<T> stage) throws InterruptedException {
        try {
            return stage.get(InFlight.DEADLINE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refused refused ? refused : new Refused(Reason.UNAVAILABLE);
        } catch (TimeoutException e) {
            throw new Refused(Reason.UNAVAILABLE);
        }
    }

    /** Hands over what waits, then ends. To be called once nothing more is said. Blocks. */
    @Override
    public void close() throws InterruptedException {
        orders.add(new End());
        Thread running = thread;
        if (running != null) {
            running.join();
        }
    }
}
