package prosa.application;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Act;
import prosa.application.port.Bound;
import prosa.application.port.Codec;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Excerpt;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.Limits;
import prosa.application.port.MessageEngine;
import prosa.application.port.MessagePublisher;
import prosa.application.port.Names;
import prosa.application.port.Nodes;
import prosa.application.port.Peer;
import prosa.application.port.Register;
import prosa.application.port.Subscription;
import prosa.application.port.Ticket;
import prosa.delivery.BatchWriter;
import prosa.delivery.Cadence;
import prosa.delivery.CloseReason;
import prosa.delivery.Collapse;
import prosa.delivery.Connections;
import prosa.delivery.DeliveryThread;
import prosa.delivery.FeedSubscriber;
import prosa.delivery.Feeds;
import prosa.delivery.Follower;
import prosa.delivery.HeapTrimmer;
import prosa.domain.ChatRoom;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/**
 * What one can do with the chat, for all wires: visit it, follow it, post to it, read it back, and on.
 *
 * <p>All methods but {@link #close} may be called on any thread and never block. The stages that they return complete on a thread
 * of the house, which must not be blocked either.
 */
public final class Chat {
    /** Longer no turn takes: then the house is closing. */
    private static final Duration ANEW = Duration.ofSeconds(10);

    private final DeliveryThread deliveryThread = new DeliveryThread();
    private final HeapTrimmer trimmer = new HeapTrimmer();
    private final MessageEngine engine;
    private final Connections connections;
    private final Feeds feeds;
    private final EncodedPages pages;
    private final Measure measure;
    private final Replays replays;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Claims claims;
    private final Tickets tickets;
    private final Conversations conversations;
    private final HouseClock clock;
    private final Names names;
    private final Nodes nodes;
    private final Neighbours neighbours;
    private final Allowances allowances;
    private final NewRooms newRooms;
    private final Arrivals arrivals;
    private final LongPolls waiters;
    private final RoomList directory;
    private final Operators operators;
    private final Authorization authorization;
    private final Moderation moderation;
    private final Listeners listeners = new Listeners();
    private final RegisterChanges changes;
    private final CountDownLatch empty = new CountDownLatch(1);
    /** Any thread: who asks when the delivery thread has ended, or was about to, would wait for good. */
    private final Set<CompletableFuture<?>> unanswered = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;
    /** Owned by the delivery thread. */
    private boolean closing;

    /**
     * @param engine opened, and not started yet
     * @param batchWriter closed by whoever made it, after this
     */
    public Chat(MessageEngine engine, BatchWriter batchWriter, Names names, HouseClock clock) {
        this(engine, batchWriter, names, Nodes.NONE, clock, Cadence.LONGEST, Access.OPEN, Limits.NONE);
    }

    /**
     * @param nodes that have people in the same rooms
     * @param longestPause between two rounds of a feed: less costs more, and delays less (docs/performance.md)
     * @param access by which secrets one gets in
     * @param limits of what people and addresses may do
     */
    public Chat(
            MessageEngine engine,
            BatchWriter batchWriter,
            Names names,
            Nodes nodes,
            HouseClock clock,
            Duration longestPause,
            Access access,
            Limits limits) {
        this.engine = engine;
        engine.register().watch((kind, key, value) -> deliveryThread.execute(() -> changed(kind, key, value)));
        this.connections = new Connections(deliveryThread, batchWriter, trimmer);
        this.feeds = new Feeds(deliveryThread, batchWriter, longestPause);
        Reads reads = new Reads(deliveryThread);
        this.pages = new EncodedPages(engine, reads);
        Measure measure = new Measure(engine, reads);
        Replays replays = new Replays(engine.epoch(), pages, measure, deliveryThread);
        Elsewhere elsewhere = new Elsewhere(nodes);
        Rooms rooms = new Rooms(deliveryThread, connections, feeds, engine, reads, replays, elsewhere, limits.rooms());
        this.waiters = new LongPolls(rooms, measure, deliveryThread);
        this.sessions = new Sessions(clock);
        this.allowances = new Allowances(limits, clock);
        this.arrivals = new Arrivals(limits, clock);
        this.replays = replays;
        this.measure = measure;
        this.rooms = rooms;
        this.newRooms = new NewRooms(rooms, allowances);
        this.clock = clock;
        this.names = names;
        Guesses guesses = new Guesses(clock);
        ClosedRooms closedRooms = new ClosedRooms(access.roomKeys(), engine.register(), guesses, deliveryThread);
        Bans bans = new Bans(engine.register(), clock, deliveryThread);
        Silence silence = new Silence(engine.register(), clock, deliveryThread);
        Operators operators = new Operators(access.operators(), guesses);
        this.operators = operators;
        this.authorization = new Authorization(operators, closedRooms, bans, silence);
        this.tickets = new Tickets(clock, closedRooms, limits.exempt());
        this.claims = new Claims(
                new ClaimedNames(engine.register(), clock, access.claimLapse()),
                rooms,
                names,
                tickets,
                guesses,
                clock,
                new SecureRandom(),
                deliveryThread);
        Deeds deeds = new Deeds(engine.register(), deliveryThread);
        this.moderation = new Moderation(
                operators,
                engine,
                rooms,
                closedRooms,
                bans,
                silence,
                claims,
                elsewhere,
                deeds,
                listeners,
                waiters,
                clock,
                deliveryThread);
        this.changes = new RegisterChanges(rooms, closedRooms, bans, silence, claims, deeds, listeners, waiters, clock);
        this.conversations = new Conversations(
                rooms,
                new Admission(deliveryThread, rooms, sessions, names, authorization, newRooms, claims, elsewhere),
                claims,
                new Speech(engine, deliveryThread, clock, authorization, allowances, elsewhere),
                new LookBacks(rooms, measure, replays),
                moderation,
                authorization);
        this.nodes = nodes;
        this.neighbours = new Neighbours(deliveryThread, rooms, elsewhere, moderation);
        this.directory = new RoomList(rooms, reads, engine, room -> room.isListed() && !authorization.isSecret(room));
    }

    private void changed(Register.Kind kind, String key, Optional<String> value) {
        changes.changed(kind, key, value);
    }

    /** Opens the house. Call once. */
    public void start() {
        deliveryThread.start();
        trimmer.start();
        nodes.start(neighbours);
        engine.start(new KeptListener() {
            @Override
            public void kept(List<Kept> batch) {
                deliveryThread.lend(() -> {
                    batch.forEach(rooms::deliver);
                    waiters.deliver(batch);
                });
                // Only now: who is told of that place and follows has its turn behind the delivery.
                rooms.kept(batch.getLast().entry().id());
            }

            @Override
            public void anew() {
                beginAnew();
            }
        });
        deliveryThread.execute(() -> deliveryThread.every(Connections.INSPECTION, this::inspect));
    }

    /**
     * The log is another one. What is in memory of the one before goes; whoever is connected is sent away, comes back with a place in that
     * one, and is told of a gap. Blocks until that is done, so that nothing of the new log is read before.
     */
    private void beginAnew() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        deliveryThread.lend(() -> {
            rooms.anew();
            replays.anew(engine.epoch());
            waiters.anew();
            connections.sendAllAway();
            done.complete(null);
        });
        done.completeOnTimeout(null, ANEW.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** The look once a second. On the delivery thread. */
    void inspect() {
        long now = System.nanoTime();
        connections.inspect(now);
        pages.inspect(now);
        feeds.inspect(now);
        sessions.inspect();
        allowances.inspect();
        claims.inspect();
        tickets.inspect();
    }

    /** Whom wires ask before they let somebody in. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /**
     * Somebody connects over a wire on which they can speak. Without an opening they are asked for a name. As with {@link Visitor#hear},
     * the caller holds no lock that a delivery could need; the subscriber may be called before this returns.
     *
     * @param opening what they asked for while connecting
     */
    public Visitor visit(Peer peer, Codec codec, FeedSubscriber subscriber, Optional<? extends Command> opening) {
        Tickets.Use use = tickets.use(peer);
        Runnable whenOver = whenOver(arrivals.visiting(peer.address()), use);
        Peer known = tickets.redeem(peer);
        Visitor visitor = new Visitor(known, codec, subscriber, connections, deliveryThread, conversations, whenOver);
        deliveryThread.lend(() -> {
            opened(visitor.follower());
            use.begin(visitor::replaced);
            visitor.greet(opening);
        });
        return visitor;
    }

    /**
     * What somebody wants to hear who has just come, with the place at which the house stands now if they want to hear from now on. To
     * be asked before the wire lets them know that they are connected: what they see said from then on is after that place, however
     * long it takes until they {@link #follow}, and what was acknowledged to them before is not.
     *
     * @throws Refused {@link Reason#ROOM_CLOSED} or {@link Reason#TOO_FAST} unless they show the key of each closed room
     */
    public Subscription admit(Peer peer, Subscription asked) {
        authorization.requireReading(tickets.redeem(peer), asked.rooms());
        boolean now = asked.since().isEmpty() && asked.last().orElse(0) == 0;
        return now ? new Subscription(asked.rooms(), Optional.of(rooms.end()), asked.last()) : asked;
    }

    /**
     * Somebody connects who only listens. If too many rooms are open already, the connection ends at once. The caller, and who calls {@link
     * OpenFeed#gone}, holds no lock that a delivery could need; the subscriber may be called before this returns.
     */
    public OpenFeed follow(Peer peer, Subscription listening, Codec codec, FeedSubscriber subscriber) {
        Tickets.Use use = tickets.use(peer);
        Runnable whenOver = whenOver(arrivals.waiting(peer.address()), use);
        Peer known = tickets.redeem(peer);
        Listener listener = new Listener(known, listening, codec, subscriber, connections, listeners, whenOver);
        deliveryThread.lend(() -> {
            opened(listener.follower());
            use.begin(listener::replaced);
            listener.begin(authorization, rooms);
        });
        return () -> deliveryThread.lend(() -> listener.follower().closeNow(CloseReason.GONE));
    }

    private static Runnable whenOver(Arrivals.Place place, Tickets.Use use) {
        return () -> {
            place.leave();
            use.end();
        };
    }

    private void opened(Follower follower) {
        connections.opened(follower);
        if (closing) {
            follower.close(CloseReason.SHUTDOWN);
        }
    }

    /**
     * Somebody says something in passing, without entering the room.
     *
     * @return completes with the kept message, or with {@link Refused}: {@link prosa.domain.Reason#TOO_FAST} beyond what an address may say,
     *     {@link prosa.domain.Reason#NAME_TAKEN} if somebody present is called so, {@link prosa.domain.Reason#NAME_CLAIMED} if the name is
     *     another's, {@link prosa.domain.Reason#UNAVAILABLE} if it can't be kept
     */
    public CompletionStage<Message> post(Peer peer, RoomName room, Name by, Text text, Optional<Key> key) {
        return ask(() -> {
                    authorization.requirePost(peer, room, by);
                    allowances.post(peer, text);
                    boolean own = claims.requireOwn(peer, by, peer.credentials().claim());
                    if (!own && names.isTakenElsewhere(room, by)) {
                        throw new Refused(Reason.NAME_TAKEN);
                    }
                    return newRooms.open(peer, room).thenCompose(open -> {
                        ChatRoom chat = open.chat();
                        Draft draft = own
                                ? chat.sayAsOwner(by, peer.via(), text, key, clock.instant())
                                : chat.sayInPassing(by, peer.via(), text, key, clock.instant());
                        return engine.publish(draft, MessagePublisher.NO_CONNECTION);
                    });
                })
                .thenCompose(published -> published)
                .whenComplete((message, failure) -> deliveryThread.execute(() -> {
                    if (failure == null) {
                        allowances.know(room);
                    }
                    rooms.closeDeserted(room);
                }));
    }

    /**
     * Reads the history of a room: a megabyte at most.
     *
     * @param since gives the first messages after that place (all that are kept, if it is of another log), else the last
     * @param limit 1 to {@link MessageHistory#MAX_READ}
     */
    public PendingExcerpt readBack(Peer peer, RoomName room, Optional<Position> since, int limit) {
        CompletableFuture<Excerpt> excerpt = new CompletableFuture<>();
        AtomicReference<Reads.Wanted> wanted = new AtomicReference<>(Reads.Wanted.YES);
        deliveryThread.execute(() -> {
            if (mayRead(peer, room, excerpt)) {
                Bound bound = new Bound(limit, Excerpt.BYTES);
                rooms.whenReached(since, () -> find(room, since, bound, wanted::get, excerpt));
            }
        });
        return new PendingExcerpt(answerable(excerpt), () -> wanted.set(Reads.Wanted.PERHAPS));
    }

    private boolean mayRead(Peer peer, RoomName room, CompletableFuture<Excerpt> excerpt) {
        try {
            authorization.requireReading(peer, List.of(room));
            return true;
        } catch (Refused refused) {
            excerpt.completeExceptionally(refused);
            return false;
        }
    }

    private void find(
            RoomName room,
            Optional<Position> since,
            Bound bound,
            Supplier<Reads.Wanted> wanted,
            CompletableFuture<Excerpt> excerpt) {
        Position head = rooms.position();
        BiConsumer<Measure.@Nullable Extent, @Nullable Reason> then = (extent, failure) -> {
            if (extent == null) {
                excerpt.completeExceptionally(new Refused(Objects.requireNonNull(failure)));
            } else {
                excerpt.complete(extent.of(room, new Position(head.epoch(), extent.upTo())));
            }
        };
        if (since.isPresent()) {
            Backlog.After backlog = rooms.resume(since.get()).backlog();
            measure.after(Set.of(room), backlog.after(), backlog.upTo(), bound, wanted, then);
        } else {
            measure.last(Set.of(room), head.offset(), bound, wanted, then);
        }
    }

    /**
     * Tells an excerpt that is too long to be held, as fast as it is read, and then ends the connection ({@link CloseReason#QUIT}; any
     * other end says that it is not whole).
     */
    public OpenFeed tell(Excerpt excerpt, Codec codec, FeedSubscriber subscriber) {
        Recipient reader = new Recipient(connections.connect(subscriber, codec.heartbeat(), () -> {}), codec);
        deliveryThread.execute(() -> {
            opened(reader.follower());
            reader.tell(new Event.LookBack(excerpt.room(), excerpt.count(), excerpt.more()));
            Backlog.After piece = new Backlog.After(excerpt.after(), excerpt.upTo(), Optional.empty());
            replays.lookBack(reader, excerpt.room(), piece, failure -> {
                if (failure.isEmpty()) {
                    reader.tell(new Event.LookedBack(excerpt.room()));
                }
                reader.close(failure.isEmpty() ? CloseReason.QUIT : CloseReason.UNAVAILABLE);
            });
        });
        return () -> deliveryThread.execute(() -> reader.follower().closeNow(CloseReason.GONE));
    }

    /**
     * Reads what is said next in a room: what was said already after a place, or else the first that comes.
     *
     * @param since where to read from, as in {@link #readBack}; empty for now
     * @param limit 1 to {@link MessageHistory#MAX_READ}
     * @param patience without anything said for so long, the answer is empty
     */
    public PendingExcerpt readOn(Peer peer, RoomName room, Optional<Position> since, int limit, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        CompletableFuture<Excerpt> excerpt = new CompletableFuture<>();
        Arrivals.Place place;
        try {
            place = arrivals.polling(peer.address());
        } catch (Refused refused) {
            return new PendingExcerpt(CompletableFuture.failedStage(refused), () -> {});
        }
        CompletionStage<LongPoll> waiter = CompletableFuture.supplyAsync(
                () -> {
                    authorization.requireReading(peer, List.of(room));
                    return waiters.admit(room, since, limit, deadline, excerpt);
                },
                deliveryThread);
        waiter.exceptionally(refused -> {
            excerpt.completeExceptionally(new Refused(reasonOf(refused)));
            return null;
        });
        CompletionStage<Excerpt> answer = answerable(excerpt).whenComplete((told, failure) -> place.leave());
        return new PendingExcerpt(answer, () -> waiter.thenAcceptAsync(waiters::dismiss, deliveryThread));
    }

    /**
     * An operator keeps order in a room.
     *
     * @param by as whom they do so
     * @return completes with what they are told; exceptionally with {@link Refused}: {@link Reason#NOT_OPERATOR} unless the peer shows the
     *     operators' token, {@link Reason#NAME_CLAIMED} if the name is another's, or why it can't be done
     */
    public CompletionStage<? extends Event.Private> act(Peer peer, RoomName room, Name by, Act act) {
        return ask(() -> {
                    operators.require(peer, peer.credentials().operator());
                    claims.requireOwn(peer, by, peer.credentials().claim());
                    return moderation.perform(new Moderation.Order(room, by, Optional.empty()), act);
                })
                .thenCompose(answer -> answer);
    }

    /**
     * Somebody with all that their ticket stands for, and without it: whoever posts or reads by a request of its own is no connection, and
     * takes nobody's place. Whoever {@linkplain #visit visits} or {@linkplain #follow follows} by a ticket shows it there. Any thread.
     */
    public Peer redeem(Peer peer) {
        return tickets.redeem(peer);
    }

    /**
     * Makes a ticket, which stands for the room keys and the claim that somebody shows.
     *
     * @param name that they say is theirs
     * @return completes exceptionally with {@link Refused}: {@link Reason#ROOM_CLOSED} or {@link Reason#NAME_CLAIMED} if one of their secrets
     *     is wrong, {@link Reason#TOO_FAST} if they have shown too many that were, or have too many tickets
     */
    public CompletionStage<Ticket> issueTicket(Peer peer, Optional<Name> name) {
        return ask(() -> {
            authorization.requireReading(peer, peer.credentials().roomKeys().keySet());
            Optional<Name> own = peer.called(name)
                    .filter(asked ->
                            claims.requireOwn(peer, asked, peer.credentials().claim()));
            return tickets.issue(peer, own);
        });
    }

    /** The {@linkplain RoomName#isListed() listed} rooms in which something was said or somebody is, and how many are in each. */
    public CompletionStage<NavigableMap<RoomName, Integer>> rooms(Peer peer) {
        CompletableFuture<NavigableMap<RoomName, Integer>> counted = new CompletableFuture<>();
        deliveryThread.execute(() -> directory.ask(counted));
        return answerable(counted);
    }

    /** The place up to which everything was delivered. */
    public CompletionStage<Position> position() {
        return ask(rooms::position);
    }

    /** The same, without asking the delivery thread: it may be further by now. */
    public Position lastPosition() {
        return rooms.position();
    }

    /** How long ago the delivery thread last looked up from its work. Idle it does so once a second. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(deliveryThread.nanosSinceLastTurn());
    }

    /** Why messages can't be kept at the moment, in words for an operator; empty if they can, as far as is known. */
    public Optional<String> outage() {
        return engine.outage();
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        return answerable(CompletableFuture.supplyAsync(question, deliveryThread));
    }

    /** Sees to it that it is answered, if by nobody else then when the house has closed. */
    private <T> CompletionStage<T> answerable(CompletableFuture<T> answer) {
        unanswered.add(answer);
        if (closed) {
            refuseUnanswered();
        }
        return answer.whenComplete((given, failure) -> unanswered.remove(answer));
    }

    private void refuseUnanswered() {
        unanswered.forEach(answer -> answer.completeExceptionally(new Refused(Reason.UNAVAILABLE)));
    }

    /**
     * Keeps what was said, tells everybody what is due, and ends all connections. Blocks. What is asked afterwards is refused as
     * {@link Reason#UNAVAILABLE}.
     *
     * @param grace those who have not read what is due by then are cut off
     */
    public void close(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        // Beside us, as a disk that hangs would hold up the good-byes for as long as it hangs.
        Thread keeping = Thread.ofPlatform().daemon().name("prosa-keeping").start(engine::close);
        keeping.join(grace.dividedBy(2));
        deliveryThread.execute(() -> {
            closing = true;
            connections.whenEmpty(empty::countDown);
            connections.closeAll(CloseReason.SHUTDOWN);
            waiters.close();
        });
        if (!empty.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            deliveryThread.execute(() -> connections.closeAllNow(CloseReason.SHUTDOWN));
        }
        deliveryThread.stop();
        trimmer.stop();
        closed = true;
        refuseUnanswered();
        keeping.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /** Runs a task on the delivery thread, and waits for it and for what is written after it: for tests. */
    void run(Runnable task) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        deliveryThread.execute(() -> {
            try {
                task.run();
                deliveryThread.soon(() -> written.complete(null));
            } catch (RuntimeException | AssertionError e) {
                written.completeExceptionally(e);
            }
        });
        written.join();
    }

    /** What a stage of this class was refused by; empty if it failed otherwise. */
    public static Optional<Refused> refusalOf(Throwable failure) {
        return switch (failure) {
            case Refused refused -> Optional.of(refused);
            case CompletionException wrapped when wrapped.getCause() != null -> refusalOf(wrapped.getCause());
            default -> Optional.empty();
        };
    }

    /** Why a stage of this class failed. If it was for want of memory, this is the end ({@link Collapse}). */
    public static Reason reasonOf(Throwable failure) {
        Collapse.ifOutOfMemory(failure);
        return switch (failure) {
            case Refused refused -> refused.reason();
            case CompletionException wrapped when wrapped.getCause() != null -> reasonOf(wrapped.getCause());
            default -> Reason.UNAVAILABLE;
        };
    }
}
