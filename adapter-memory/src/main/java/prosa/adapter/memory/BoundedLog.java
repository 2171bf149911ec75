package prosa.adapter.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    List<Message> after(Set<RoomName> rooms, long after, long upTo, int limit) {
        if (after >= upTo) {
            return List.of();
        }
        return merged(
                rooms,
                limit,
                BY_OFFSET,
                messages -> messages.subMap(after, false, upTo, true).values());
    }

    List<Message> last(Set<RoomName> rooms, long upTo, int limit) {
        return merged(
                        rooms,
                        limit,
                        BY_OFFSET.reversed(),
                        messages -> messages.headMap(upTo, true).descendingMap().values())
                .reversed();
    }

    private List<Message> merged(
            Set<RoomName> rooms,
            int limit,
            Comparator<Message> order,
            Function<NavigableMap<Long, Message>, Collection<Message>> part) {
        List<Message> found = new ArrayList<>();
        for (RoomName room : rooms) {
            NavigableMap<Long, Message> messages = byRoom.get(room);
            if (messages != null) {
                part.apply(messages).stream().limit(limit).forEach(found::add);
            }
        }
        return found.stream().sorted(order).limit(limit).toList();
    }

    Set<RoomName> rooms() {
        return Set.copyOf(byRoom.keySet());
    }

    private static long weight(Message message) {
        return BYTES_PER_MESSAGE + 2L * message.text().value().length();
    }
}
