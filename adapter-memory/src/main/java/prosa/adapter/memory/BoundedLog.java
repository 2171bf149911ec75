package prosa.adapter.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Bound;
import prosa.application.port.Page;
import prosa.domain.Message;
import prosa.domain.RoomName;

/**
 * The newest messages of all rooms, by offset. Not thread-safe: {@link MemoryEngine}'s lock owns it.
 *
 * <p>Each message is in two trees, the log's and its room's, so that a read costs O(log n) and what it gives, however little
 * is said in the room and however much elsewhere.
 */
final class BoundedLog {
    private static final Comparator<Message> BY_OFFSET =
            Comparator.comparingLong(message -> message.id().offset());

    /** The objects that make up a message, two tree entries, and the key that it may have come with. */
    private static final int BYTES_PER_MESSAGE = 500;

    private final long maxBytes;
    private final NavigableMap<Long, Message> all = new TreeMap<>();
    private final Map<RoomName, NavigableMap<Long, Message>> byRoom = new HashMap<>();
    private long bytes;
    private long floor;

    BoundedLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the newest message, and forgets the oldest ones if they are too much now. */
    void append(Message message) {
        Long offset = message.id().offset();
        all.put(offset, message);
        byRoom.computeIfAbsent(message.room(), room -> new TreeMap<>()).put(offset, message);
        bytes += weight(message);
        while (bytes > maxBytes && all.size() > 1) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Message oldest = all.pollFirstEntry().getValue();
        byRoom.computeIfPresent(oldest.room(), (room, messages) -> {
            messages.pollFirstEntry();
            return messages.isEmpty() ? null : messages;
        });
        bytes -= weight(oldest);
        floor = oldest.id().offset();
    }

    /** The message at this offset, which must lie above the floor. */
    Message at(long offset) {
        @Nullable Message message = all.get(offset);
        if (message == null) {
            throw new IllegalArgumentException("nothing at " + offset);
        }
        return message;
    }

    /** Messages up to this offset are forgotten; 0 if none is. */
    long floor() {
        return floor;
    }

    Page after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        if (after >= upTo) {
            return new Page(List.of(), false);
        }
        return merged(
                rooms,
                bound,
                BY_OFFSET,
                messages -> messages.subMap(after, false, upTo, true).values());
    }

    Page last(Set<RoomName> rooms, long upTo, Bound bound) {
        Page backwards = merged(
                rooms,
                bound,
                BY_OFFSET.reversed(),
                messages -> messages.headMap(upTo, true).descendingMap().values());
        return new Page(backwards.messages().reversed(), backwards.more());
    }

    private Page merged(
            Set<RoomName> rooms,
            Bound bound,
            Comparator<Message> order,
            Function<NavigableMap<Long, Message>, Collection<Message>> part) {
        PriorityQueue<Walk> walks = new PriorityQueue<>(Comparator.comparing(Walk::next, order));
        for (RoomName room : rooms) {
            NavigableMap<Long, Message> messages = byRoom.get(room);
            if (messages != null) {
                Walk.along(part.apply(messages).iterator()).ifPresent(walks::add);
            }
        }
        List<Message> found = new ArrayList<>();
        long weight = 0;
        while (!walks.isEmpty() && found.size() < bound.messages()) {
            Walk walk = walks.remove();
            weight += Bound.weight(walk.next());
            if (weight > bound.bytes() && !found.isEmpty()) {
                return new Page(found, true);
            }
            found.add(walk.next());
            Walk.along(walk.rest()).ifPresent(walks::add);
        }
        return new Page(found, !walks.isEmpty());
    }

    /** A place in one room's messages. */
    private record Walk(Message next, Iterator<Message> rest) {
        static Optional<Walk> along(Iterator<Message> messages) {
            return messages.hasNext() ? Optional.of(new Walk(messages.next(), messages)) : Optional.empty();
        }
    }

    Set<RoomName> rooms() {
        return Set.copyOf(byRoom.keySet());
    }

    private static long weight(Message message) {
        return BYTES_PER_MESSAGE + 2L * message.text().value().length();
    }
}
