package prosa.application;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import prosa.domain.ChatRoom;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/**
 * The rooms that are open, their feeds, and how far the log has been delivered.
 *
 * <p>Owned by the delivery thread, but for {@link #offset} and {@link #position}, which any may ask.
 */
@OwnedByTurn
final class Rooms {
    private final DeliveryThread deliveryThread;
    private final Connections connections;
    private final MessageHistory history;
    private final Volley volley;
    private final LogMemory logMemory = new LogMemory();
    private final Map<RoomName, OpenRoom> open = new HashMap<>();
    private final Map<Audience, Feed> feeds = new HashMap<>();

    /** Read by any thread: whoever comes is told what is delivered after that. */
    private volatile long offset;

    private record Audience(Set<RoomName> rooms, Codec codec) {}

    Rooms(DeliveryThread deliveryThread, Connections connections, MessageHistory history) {
        this.deliveryThread = deliveryThread;
        this.connections = connections;
        this.history = history;
        this.volley = new Volley(connections.batchWriter());
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

    /** A room, opened if need be. Whoever opens one and does not stay calls {@link #closeDeserted}. */
    OpenRoom open(RoomName name) {
        assert DeliveryThread.hasTurn();
        return open.computeIfAbsent(
                name, n -> new OpenRoom(new ChatRoom(n), new Recent(n, history, connections.reads()), deliveryThread));
    }

    Optional<OpenRoom> find(RoomName name) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(open.get(name));
    }

    void closeDeserted(RoomName name) {
        assert DeliveryThread.hasTurn();
        open.computeIfPresent(name, (n, room) -> room.isDeserted() ? null : room);
    }

    /** The feed of some rooms in a codec. */
    Feed feed(Set<RoomName> rooms, Codec codec) {
        assert DeliveryThread.hasTurn();
        return feeds.computeIfAbsent(new Audience(rooms, codec), audience -> {
            Feed feed = new Feed(rooms, codec, offset, logMemory, deliveryThread, volley, this::close);
            rooms.forEach(room -> open(room).add(feed));
            return feed;
        });
    }

    private void close(Feed feed) {
        feed.log().release();
        feeds.remove(new Audience(feed.rooms(), feed.codec()));
        for (RoomName name : feed.rooms()) {
            open(name).remove(feed);
            closeDeserted(name);
        }
    }

    /** Delivers what was kept. */
    void deliver(Kept kept) {
        assert DeliveryThread.hasTurn();
        Message message = kept.message();
        offset = message.id().offset();
        OpenRoom room = open.get(message.room());
        if (room != null) {
            room.recent().add(message);
            room.tell(new Event.Said(message), offset, kept.origin());
            connections
                    .find(kept.origin())
                    .ifPresent(sender -> sender.said(message.id().offset()));
        }
    }

    /** The look once a second. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        feeds.values().forEach(feed -> feed.inspect(now));
        logMemory.inspect(now);
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
