package prosa.adapter.nats;

import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.HistoryCopy;
import prosa.application.port.KeptListener;
import prosa.application.port.LogUnusable;
import prosa.application.port.SharedLog;
import prosa.delivery.Collapse;

/**
 * Reads the stream from where the copy ends, over one link after the other, on a thread of its own, which owns all but what is volatile.
 *
 * <p>A link is {@link #ready} once the copy has all that was in the stream when it began.
 */
final class Following {
    static final String THREAD = "prosa-nats-follower";

    private static final Duration BETWEEN_LINKS = Duration.ofMillis(500);

    /** The engine may be slow once. */
    private static final int UNANSWERED = 2;

    private static final long WAIT_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);

    private final SharedLog log;
    private final Places places;
    private final Premises premises;
    private final Moves moves;
    private final Epochs epochs;
    private final HistoryCopy copy;
    private final InFlight inFlight;
    private final Filling filling;
    private final Leases leases;
    private final NatsNames names;
    private final Letters letters;
    private final NatsRegister register;
    private Optional<Begun> begun = Optional.empty();
    private int links;
    private boolean promised;
    private boolean toldAway;

    /** The lease under which this node speaks, and has seen to its names. */
    private Optional<Lease> speaking = Optional.empty();

    /** The link that there is, even if the copy is behind. */
    private volatile Optional<Link> there = Optional.empty();

    // Written under this.
    private volatile Optional<Link> ready = Optional.empty();

    private volatile Optional<String> outage = Optional.of("not connected yet");
    private volatile boolean closed;

    /** Owned by who probes. */
    private int unanswered;

    /**
     * A link whose stream was looked at, and of which the copy is a copy.
     *
     * @param last the stream's last sequence at that time
     */
    private record Begun(Link link, long last) {}

    Following(
            SharedLog log,
            Places places,
            Epochs epochs,
            HistoryCopy copy,
            InFlight inFlight,
            Filling filling,
            Leases leases,
            NatsNames names,
            Letters letters,
            NatsRegister register) {
        this.letters = letters;
        this.log = log;
        this.places = places;
        this.premises = new Premises(places, log.replicas());
        this.moves = new Moves(places);
        this.epochs = epochs;
        this.copy = copy;
        this.inFlight = inFlight;
        this.filling = filling;
        this.leases = leases;
        this.names = names;
        this.register = register;
    }

    /** The link over which can be published now, or as soon as the copy has caught up. Any thread. */
    Optional<Link> link() {
        return there.filter(Link::isOpen);
    }

    /** The link over which can be published now. Any thread. */
    Optional<Link> ready() {
        return ready.filter(Link::isOpen);
    }

    /** Waits for a link over which can be published, as long as there is hope, and need. Any thread but those that may not block. */
    synchronized Optional<Link> awaitReady(BooleanSupplier isNeeded) throws InterruptedException {
        while (ready().isEmpty() && link().isPresent() && isNeeded.getAsBoolean()) {
            wait(WAIT_MILLIS);
        }
        return ready();
    }

    private synchronized void ready(Optional<Link> now) {
        ready = now;
        notifyAll();
    }

    /** Why nothing can be kept now. Any thread. */
    Optional<String> outage() {
        return outage;
    }

    /**
     * Looks whether the engine is there, once. To be called before {@link #run}. Blocks.
     *
     * @throws LogUnusable if it is, and what it has is not to be used
     */
    void beginIfThere() throws LogUnusable {
        try {
            begun = Optional.of(begin());
        } catch (IOException e) {
            away(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows until it is closed. */
    void run(KeptListener listener) {
        filling.tellTo(listener);
        try {
            while (!closed) {
                followOneLink();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            throw Collapse.of(THREAD, e);
        } finally {
            ready(Optional.empty());
            begun.ifPresent(left -> left.link().close());
        }
    }

    private void followOneLink() throws InterruptedException {
        try {
            Begun now = begun.isPresent() ? begun.get() : begin();
            begun = Optional.of(now);
            try (Link link = now.link()) {
                followWhileOpen(now);
                away(link.why());
            }
        } catch (LogUnusable e) {
            away(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            away(reason(e));
        } finally {
            there = Optional.empty();
            ready(Optional.empty());
            begun = Optional.empty();
        }
        if (!closed) {
            LockSupport.parkNanos(BETWEEN_LINKS.toNanos());
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Connects, looks at what is there, and makes the copy anew if it is of another log. */
    private Begun begin() throws IOException, LogUnusable, InterruptedException {
        Link link = Link.open(log, ++links);
        try {
            StreamInfo stream = premises.ensure(link);
            moves.requireNone(link);
            filling.begin(epochs.source(link, stream, copy));
            leases.begin(link, filling.head(), copy.epoch());
            register.begin(link);
            if (!promised) {
                promised = true;
                LOG.info("{}", Promise.of(link.version(), log.replicas()));
            }
            there = Optional.of(link);
            return new Begun(link, stream.getStreamState().getLastSequence());
        } catch (IOException e) {
            link.close();
            throw new IOException(link.explained(reason(e)), e);
        } catch (RuntimeException e) {
            boolean open = link.isOpen();
            link.close();
            if (open) {
                throw e;
            }
            throw new IOException(link.explained("the connection has ended"), e);
        } catch (LogUnusable | InterruptedException e) {
            link.close();
            throw e;
        }
    }

    /** What the library finds closed under its hands it may throw anything about; with another link all that is done anew. */
    private void followWhileOpen(Begun now) throws IOException, InterruptedException {
        try {
            follow(now);
        } catch (RuntimeException e) {
            if (now.link().isOpen()) {
                throw e;
            }
            LOG.debug("The connection has ended: {}", e.toString());
        }
    }

    private void follow(Begun now) throws IOException, InterruptedException {
        Link link = now.link();
        Arriving arriving = new Arriving(link, places, filling.head(), now.last());
        outage = Optional.of("reading what was said meanwhile");
        names.begin(link);
        letters.begin(link);
        readyIfReached(now);
        while (!closed && link.isOpen()) {
            if (arriving.isLive()) {
                leases.takeIfWanted(link); // one would be long in the stream before it is read there
            }
            List<Message> arrived = arriving.next(filling.head());
            if (!arrived.isEmpty()) {
                filling.fill(arrived, link, this::isToTryAgain);
            }
            filling.keepErased();
            readyIfReached(now);
            resumeIfNew();
        }
    }

    /** What went over earlier links and is not in the copy by now is not in the stream. */
    private void readyIfReached(Begun now) {
        if (!leases.isReady()) {
            ready(Optional.empty());
        } else if (ready.isEmpty() && filling.head() >= now.last() && names.isKnown()) {
            inFlight.refuseLostBefore(now.link());
            ready(Optional.of(now.link()));
            outage = Optional.empty();
            toldAway = false;
            speaking = Optional.empty();
            LOG.info("Messages are kept by the stream {}, {} up to now", places.stream(), filling.head());
        }
    }

    /** Over a new link, and under a new lease, names are looked after: both may come and go between two looks here. */
    private void resumeIfNew() {
        Optional<Lease> now = ready.isEmpty() ? Optional.empty() : leases.own();
        if (now.isPresent() && !now.equals(speaking)) {
            names.resume();
        }
        speaking = now;
    }

    private boolean isToTryAgain(String why) {
        if (ready.isPresent()) {
            LOG.error("The copy can't be written, messages are refused: {}", why);
        }
        ready(Optional.empty());
        outage = Optional.of(why);
        return !closed;
    }

    private void away(String why) {
        if (closed) {
            return;
        }
        ready(Optional.empty());
        if (!toldAway) {
            LOG.warn("The engine is away, messages are refused until it is back: {}", why);
        }
        toldAway = true;
        outage = Optional.of(why);
    }

    /**
     * Looks whether the engine still answers, and is the same; cuts the link if not. On another thread, every few seconds. Blocks, for a few
     * seconds at most.
     */
    void probe() {
        Optional<Link> link = link();
        if (link.isEmpty()) {
            return;
        }
        try {
            long before = filling.head();
            StreamInfo stream = link.get().look(places.stream());
            unanswered = 0;
            if (stream.getStreamState().getLastSequence() < before) {
                link.get().cut("the stream ends before what was read");
            } else if (epochs.agreed(link.get()) != copy.epoch()) {
                link.get().cut("the stream has another epoch");
            }
        } catch (IOException | RuntimeException e) {
            // Whatever it is: after what is thrown here nobody would look again.
            unanswered++;
            if (unanswered == UNANSWERED) {
                unanswered = 0;
                link.get().cut(reason(e));
            }
        }
    }

    /** Renews this node's lease, and looks at the others'. As {@link #probe}. */
    void renew() {
        Optional<Link> link = ready();
        if (link.isEmpty()) {
            leases.forgetLooks();
            return;
        }
        try {
            leases.renew(link.get(), names.roster().leases());
        } catch (IOException | RuntimeException e) { // as there
            LOG.debug("The lease is not renewed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody is here any more: their names are free at once. Blocks, until that has gone out. */
    void giveUpLease() throws InterruptedException {
        Optional<Link> link = ready();
        Optional<Lease> own = leases.own();
        leases.wantNone();
        if (link.isPresent() && own.isPresent()) {
            leases.giveUp(link.get(), own.get());
            try {
                link.get().connection().flush(Link.PATIENCE);
            } catch (TimeoutException | IllegalStateException e) {
                LOG.debug("The lease lapses by itself: {}", e.getMessage());
            }
        }
    }

    /** Ends {@link #run} soon. */
    void close() {
        closed = true;
        there.ifPresent(Link::close);
    }
}
