package prosa.adapter.nats;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Bound;
import prosa.application.port.HistoryCopy;
import prosa.application.port.HouseClock;
import prosa.application.port.KeptListener;
import prosa.application.port.LogUnusable;
import prosa.application.port.MessageEngine;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.Page;
import prosa.application.port.Register;
import prosa.application.port.SharedLog;
import prosa.application.port.Stretch;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removal;
import prosa.domain.RoomName;

/**
 * The engine of several machines: a stream of JetStream's orders and keeps what is said, each Prosa follows it ({@link Following}) and reads
 * from its own copy. A message is acknowledged once it was read in the stream, and is in the copy.
 *
 * <p>While the engine is away what is published is refused, and reading goes on. Only {@link #open} and {@link #close} block.
 */
public final class NatsEngine implements MessageEngine {
    private static final long SWEEP = 250;
    private static final long PROBE = 2_000;
    private static final int RUN_BYTES = 8;

    private final HistoryCopy copy;
    private final NatsRegister register;
    private final InFlight inFlight = new InFlight();
    private final Erasing erasing;
    private final Publishing publishing;
    private final Following following;
    private final Leases leases;
    private final NatsNames names;
    private final Letters letters;
    private final long renewal;
    private final ScheduledExecutorService looking = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("prosa-nats-look-", 1).factory());

    // Guarded by this.
    private @Nullable Thread reading;
    private boolean closed;

    private NatsEngine(SharedLog log, HistoryCopy copy, Register facts, HouseClock clock, Duration renewal) {
        this.renewal = renewal.toMillis();
        this.copy = copy;
        Places places = new Places(log.prefix());
        KnownKeys keys = new KnownKeys(clock);
        String run = run();
        ToEngine way = new ToEngine();
        this.erasing = new Erasing(places, way::link);
        this.leases = new Leases(places, run);
        this.names = new NatsNames(places, leases, run, way::ready);
        this.letters = new Letters(places, names.roster(), run, way::link);
        this.register = new NatsRegister(places, facts, way::link);
        this.publishing = new Publishing(inFlight, keys, copy, places, run, way, erasing, names);
        Filling filling = new Filling(places, copy, inFlight, keys, erasing, clock, run, publishing::settle, leases);
        this.following = new Following(
                log, places, new Epochs(places, clock), copy, inFlight, filling, leases, names, letters, register);
    }

    private static String run() {
        byte[] random = new byte[RUN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private final class ToEngine implements Publishing.Way {
        @Override
        public Optional<Link> link() {
            return following.link();
        }

        Optional<Link> ready() {
            return following.ready();
        }

        @Override
        public Optional<Link> await(BooleanSupplier isNeeded) throws InterruptedException {
            return following.awaitReady(isNeeded);
        }
    }

    /**
     * Looks for the engine, for a few seconds at most. If it is not there, this starts without it, and waits.
     *
     * @param copy is filled, and closed with this
     * @param facts a copy of those beside the history, which is filled, too; closed by whoever opened it
     * @throws LogUnusable in one line, if what is there is not to be used: then the copy is left to the caller
     */
    public static NatsEngine open(SharedLog log, HistoryCopy copy, Register facts, HouseClock clock)
            throws LogUnusable {
        return open(log, copy, facts, clock, Leases.RENEWAL);
    }

    /** @param renewal between two renewals of a lease */
    static NatsEngine open(SharedLog log, HistoryCopy copy, Register facts, HouseClock clock, Duration renewal)
            throws LogUnusable {
        NatsEngine engine = new NatsEngine(log, copy, facts, clock, renewal);
        try {
            engine.following.beginIfThere();
        } catch (LogUnusable e) {
            engine.looking.shutdown();
            throw e;
        }
        return engine;
    }

    /** Who is called how, over all nodes: this one has people from now on. To be called before {@link #start}. */
    public Names names() {
        leases.want(names::clear);
        return names;
    }

    /** The others that have people in the same rooms. */
    public Nodes nodes() {
        return letters;
    }

    @Override
    public Register register() {
        return register;
    }

    @Override
    public synchronized void start(KeptListener listener) {
        if (reading != null || closed) {
            throw new IllegalStateException("started or closed already");
        }
        reading = Thread.ofPlatform().daemon().name(Following.THREAD).start(() -> following.run(listener));
        publishing.start();
        erasing.start();
        looking.scheduleWithFixedDelay(
                () -> inFlight.refuseOverdue(System.nanoTime()), SWEEP, SWEEP, TimeUnit.MILLISECONDS);
        looking.scheduleWithFixedDelay(register::refuseOverdue, SWEEP, SWEEP, TimeUnit.MILLISECONDS);
        looking.scheduleWithFixedDelay(register::sweep, 1, 1, TimeUnit.HOURS);
        looking.scheduleWithFixedDelay(following::probe, PROBE, PROBE, TimeUnit.MILLISECONDS);
        looking.scheduleWithFixedDelay(following::renew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Message> publish(Draft draft, long origin) {
        return publishing.say(draft, origin).thenApply(Message.class::cast);
    }

    @Override
    public CompletionStage<List<Entry>> remove(Removal removal) {
        return publishing.remove(removal);
    }

    @Override
    public Optional<String> outage() {
        return following.outage();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long epoch() {
        return copy.epoch();
    }

    @Override
    public long head() {
        return copy.head();
    }

    @Override
    public long floor() {
        return copy.floor();
    }

    @Override
    public CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return copy.after(rooms, after, upTo, bound);
    }

    @Override
    public CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        return copy.entries(rooms, after, upTo, bound);
    }

    @Override
    public CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
        return copy.last(rooms, upTo, bound);
    }

    @Override
    public CompletionStage<Set<RoomName>> rooms() {
        return copy.rooms();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            closeInTurn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            copy.close();
        }
    }

    /** What was published is kept, or refused at its deadline; only then nobody reads the stream any more. */
    private void closeInTurn() throws InterruptedException {
        Thread running = reading;
        register.close();
        if (running == null) {
            following.close();
            following.run(batch -> {});
        } else {
            inFlight.close();
            publishing.close();
            inFlight.close();
            erasing.close();
            names.close();
            letters.close();
            following.giveUpLease();
            following.close();
            running.join();
        }
        looking.shutdown();
    }
}
