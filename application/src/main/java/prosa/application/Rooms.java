package prosa.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.application.port.Kept;
import prosa.application.port.MessageHistory;
import prosa.delivery.Connections;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.Feeds;
import prosa.delivery.OwnedByTurn;
import prosa.domain.ChatRoom;
import prosa.domain.Entry;
import prosa.domain.Fault;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The rooms that are open, their feeds, and how far the log has been delivered.
 *
 * <p>Owned by the delivery thread, but for {@link #offset} and {@link #position}, which any may ask.
 */
@OwnedByTurn
final class Rooms {
    /** Who finds too many rooms open may find fewer when some are deserted. */
    private static final Duration LATER = Duration.ofSeconds(10);

    /** Another node is hardly ever behind by more than that. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DeliveryThread deliveryThread;
    private final Connections connections;
    private final MessageHistory history;
    private final Elsewhere elsewhere;
    private final Feeds feeds;
    private final Reads reads;
    private final Replays replays;
    private final int most;
    private final Map<RoomName, OpenRoom> open = new HashMap<>();

    /** Who has seen more than is delivered here, on another node, and waits for that, by how far they have seen. */
    private final TreeMap<Long, List<Runnable>> ahead = new TreeMap<>();

    /** Everything up to there was delivered. Read by any thread. */
    private volatile Position position;

    /** Whoever comes is told what was kept after that. Read by any thread. */
    private volatile Position end;

    /** @param most that may be open at a time */
    Rooms(
            DeliveryThread deliveryThread,
            Connections connections,
            Feeds feeds,
            MessageHistory history,
            Reads reads,
            Replays replays,
            Elsewhere elsewhere,
            int most) {
        this.most = most;
        this.elsewhere = elsewhere;
        this.deliveryThread = deliveryThread;
        this.connections = connections;
        this.history = history;
        this.feeds = feeds;
        this.reads = reads;
        this.replays = replays;
        this.position = new Position(history.epoch(), history.head());
        this.end = position;
    }

    /** The history's offset up to which everything was delivered. */
    @OwnedByTurn.AnyThread
    long offset() {
        return position.offset();
    }

    @OwnedByTurn.AnyThread
    Position position() {
        return position;
    }

    /** The place behind all that was acknowledged by now: some of it may not be delivered yet. */
    @OwnedByTurn.AnyThread
    Position end() {
        return end;
    }

    /** All up to there is on its way to be delivered, and is acknowledged from now on. To be called by one thread at a time. */
    @OwnedByTurn.AnyThread
    void kept(Position upTo) {
        end = upTo;
    }

    @OwnedByTurn.AnyThread
    Position position(long offset) {
        return new Position(position.epoch(), offset);
    }

    /** Where a client goes on that says where it was. */
    @OwnedByTurn.AnyThread
    Resume resume(Position asked) {
        return Resume.at(asked, position, history.floor());
    }

    /**
     * Sees to it that these can be opened.
     *
     * @throws Refused {@link Reason#BUSY} if that would be too many at a time
     */
    void requireSpace(Set<RoomName> names) {
        assert DeliveryThread.hasTurn();
        if (open.size() + names.size() > most
                && open.size()
                                + names.stream()
                                        .filter(name -> !open.containsKey(name))
                                        .count()
                        > most) {
            throw new Refused(Reason.BUSY, Optional.of(new Fault.TooSoon(LATER)));
        }
    }

    /** A room, opened if need be. Whoever opens one and does not stay calls {@link #closeDeserted}. */
    OpenRoom open(RoomName name) {
        assert DeliveryThread.hasTurn();
        return open.computeIfAbsent(
                name, n -> new OpenRoom(new ChatRoom(n), elsewhere, new Recent(n, history, reads), deliveryThread));
    }

    Optional<OpenRoom> find(RoomName name) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(open.get(name));
    }

    /** All that are open. */
    List<OpenRoom> all() {
        assert DeliveryThread.hasTurn();
        return List.copyOf(open.values());
    }

    /** How many are in a room, at whichever node. */
    int count(RoomName name) {
        assert DeliveryThread.hasTurn();
        return find(name).map(OpenRoom::count).orElseGet(() -> elsewhere.count(name));
    }

    /** Who is in a room, at whichever node, at most {@code limit} of them. */
    List<Participant> present(RoomName name, int limit) {
        assert DeliveryThread.hasTurn();
        return find(name).map(room -> room.present(limit)).orElseGet(() -> elsewhere.present(name, limit));
    }

    /** Whether somebody is called so at this node, in any room, of those whom {@code counts} lets count. */
    boolean isCalled(Name name, Predicate<Person> counts) {
        assert DeliveryThread.hasTurn();
        return open.values().stream().flatMap(room -> room.find(name).stream()).anyMatch(counts);
    }

    void closeDeserted(RoomName name) {
        assert DeliveryThread.hasTurn();
        open.computeIfPresent(name, (n, room) -> room.isDeserted() ? null : room);
    }

    /**
     * Somebody follows these rooms from now on, and no others.
     *
     * @param first what has to be told first
     */
    void follow(Recipient reader, Set<RoomName> names, Optional<Backlog> first) {
        assert DeliveryThread.hasTurn();
        Codec codec = reader.codec();
        List<Feed> followed = names.stream().map(name -> feed(name, codec)).toList();
        reader.follower()
                .follow(
                        followed,
                        (follower, after, upTo) -> replays.missed(
                                follower, names, codec, new Backlog.After(after, upTo, Optional.empty())),
                        first.map(backlog -> replays.missed(reader.follower(), names, codec, backlog)));
    }

    /** Whether somebody follows this room already, and no other. */
    boolean follows(Recipient reader, RoomName name) {
        assert DeliveryThread.hasTurn();
        return find(name)
                .flatMap(room -> room.feed(reader.codec()))
                .filter(feed -> reader.follower().follows(List.of(feed)))
                .isPresent();
    }

    private Feed feed(RoomName name, Codec codec) {
        OpenRoom room = open(name);
        return room.feed(codec).orElseGet(() -> {
            Feed feed = feeds.open(offset(), () -> {
                room.remove(codec);
                closeDeserted(name);
            });
            room.add(codec, feed);
            return feed;
        });
    }

    /** Delivers what was kept. */
    void deliver(Kept kept) {
        assert DeliveryThread.hasTurn();
        Entry entry = kept.entry();
        position = entry.id();
        if (entry instanceof Message message) {
            deliver(message, kept.origin());
        } else {
            takeAway(entry);
        }
        if (!ahead.isEmpty()) {
            runReached(ahead.headMap(position.offset(), true));
        }
    }

    /** Whether somebody has seen more than is delivered here, which may be on its way. */
    boolean isAhead(Position seen) {
        assert DeliveryThread.hasTurn();
        return seen.epoch() == position.epoch() && seen.offset() > position.offset() && history.isShared();
    }

    /**
     * Runs something once all that a client has seen is here: at once, but for who comes from a node that is ahead of this one. If it does
     * not come, it is run all the same after a while, and a gap is told.
     *
     * @param seen up to where the client has seen all, if it says so
     */
    void whenReached(Optional<Position> seen, Runnable then) {
        assert DeliveryThread.hasTurn();
        if (seen.filter(this::isAhead).isEmpty()) {
            then.run();
            return;
        }
        long offset = seen.get().offset();
        List<Runnable> waiting = ahead.computeIfAbsent(offset, at -> new ArrayList<>());
        waiting.add(then);
        deliveryThread.at(System.nanoTime() + PATIENCE.toNanos(), () -> {
            if (waiting.remove(then)) {
                ahead.computeIfPresent(offset, (at, left) -> left.isEmpty() ? null : left);
                then.run();
            }
        });
    }

    private static void runReached(Map<Long, List<Runnable>> reached) {
        List<Runnable> due = reached.values().stream().flatMap(List::stream).toList();
        reached.values().forEach(List::clear);
        reached.clear();
        due.forEach(Runnable::run);
    }

    /** The log is another one, and nothing of it is delivered yet. */
    void anew() {
        assert DeliveryThread.hasTurn();
        position = new Position(history.epoch(), 0);
        end = position;
        reads.outdate();
        open.values().forEach(room -> room.recent().beginAnew());
        runReached(ahead);
    }

    private void deliver(Message message, long origin) {
        OpenRoom room = open.get(message.room());
        if (room != null) {
            room.recent().add(message);
            room.tell(new Event.Said(message), message.id().offset(), origin);
            connections
                    .find(origin)
                    .ifPresent(sender -> sender.said(message.id().offset()));
        }
    }

    /** Nothing in memory tells anybody any more what is gone; a feed's log does for a second, to those who are behind in it. */
    private void takeAway(Entry entry) {
        reads.outdate();
        replays.forget(entry);
        OpenRoom room = open.get(entry.room());
        if (room != null) {
            room.recent().forget(entry);
            room.letGoSoon();
            room.tell(Event.of(entry), entry.id().offset(), Feed.NOBODY);
        }
    }

    /** How many people are in each room that has any, at whichever node. */
    Map<RoomName, Integer> headCounts() {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Integer> counts = new TreeMap<>(elsewhere.headCounts());
        open.forEach((name, room) -> {
            if (room.chat().count() > 0) {
                counts.put(name, room.count());
            }
        });
        return counts;
    }
}
