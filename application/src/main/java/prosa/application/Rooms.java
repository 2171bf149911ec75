package prosa.application;

import java.time.Duration;
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

    private final DeliveryThread deliveryThread;
    private final Connections connections;
    private final MessageHistory history;
    private final Feeds feeds;
    private final Reads reads;
    private final Replays replays;
    private final int most;
    private final Map<RoomName, OpenRoom> open = new HashMap<>();

    /** Read by any thread: whoever comes is told what is delivered after that. */
    private volatile long offset;

    /** @param most that may be open at a time */
    Rooms(
            DeliveryThread deliveryThread,
            Connections connections,
            Feeds feeds,
            MessageHistory history,
            Reads reads,
            Replays replays,
            int most) {
        this.most = most;
        this.deliveryThread = deliveryThread;
        this.connections = connections;
        this.history = history;
        this.feeds = feeds;
        this.reads = reads;
        this.replays = replays;
        this.offset = history.head();
    }

    /** The history's offset up to which everything was delivered. */
    @OwnedByTurn.AnyThread
    long offset() {
        return offset;
    }

    @OwnedByTurn.AnyThread
    Position position() {
        return position(offset);
    }

    @OwnedByTurn.AnyThread
    Position position(long offset) {
        return new Position(history.epoch(), offset);
    }

    /** Where a client goes on that says where it was. */
    @OwnedByTurn.AnyThread
    Resume resume(Position asked) {
        return Resume.at(asked, history, offset);
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
                name, n -> new OpenRoom(new ChatRoom(n), new Recent(n, history, reads), deliveryThread));
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

    /** Whether somebody is called so, in any room, of those whom {@code counts} lets count. */
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
            Feed feed = feeds.open(offset, () -> {
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
        offset = entry.id().offset();
        if (entry instanceof Message message) {
            deliver(message, kept.origin());
        } else {
            takeAway(entry);
        }
    }

    private void deliver(Message message, long origin) {
        OpenRoom room = open.get(message.room());
        if (room != null) {
            room.recent().add(message);
            room.tell(new Event.Said(message), offset, origin);
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
            room.tell(Event.of(entry), offset, Feed.NOBODY);
        }
    }

    /** How many people are in each room that has any. */
    Map<RoomName, Integer> headCounts() {
        assert DeliveryThread.hasTurn();
        Map<RoomName, Integer> counts = new TreeMap<>();
        open.forEach((name, room) -> {
            if (room.chat().count() > 0) {
                counts.put(name, room.chat().count());
            }
        });
        return counts;
    }
}
