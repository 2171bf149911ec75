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
import prosa.application.port.Stretch;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * The newest entries of all rooms, by offset. Not thread-safe: {@link MemoryEngine}'s lock owns it.
 *
 * <p>Each entry is in two trees, the log's and its room's, so that a read costs O(log n) and what it gives, however little
 * is said in the room and however much elsewhere.
 */
final class BoundedLog {
    private static final Comparator<Entry> BY_OFFSET =
            Comparator.comparingLong(entry -> entry.id().offset());

    /** The objects that make up an entry, two tree entries, and the key that it may have come with. */
    private static final int BYTES_PER_ENTRY = 500;

    private final long maxBytes;
    private final NavigableMap<Long, Entry> all = new TreeMap<>();
    private final Map<RoomName, NavigableMap<Long, Entry>> byRoom = new HashMap<>();
    private long bytes;
    private long floor;

    BoundedLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the newest entry, and forgets the oldest ones if they are too much now. */
    void append(Entry entry) {
        Long offset = entry.id().offset();
        all.put(offset, entry);
        byRoom.computeIfAbsent(entry.room(), room -> new TreeMap<>()).put(offset, entry);
        bytes += weight(entry);
        while (bytes > maxBytes && all.size() > 1) {
            floor = all.firstKey();
            drop(all.firstEntry().getValue());
        }
    }

    /** There is nothing at its offset any more. */
    void drop(Entry entry) {
        Long offset = entry.id().offset();
        if (all.remove(offset, entry)) {
            byRoom.computeIfPresent(entry.room(), (room, entries) -> {
                entries.remove(offset);
                return entries.isEmpty() ? null : entries;
            });
            bytes -= weight(entry);
        }
    }

    /** The message at this offset; null if it was taken away, or is forgotten. */
    @Nullable
    Message at(long offset) {
        return all.get(offset) instanceof Message message ? message : null;
    }

    /** The messages that are to be taken away, in the log's order: some of them, or all that were said in the room. */
    List<Message> targets(Removal removal) {
        return switch (removal) {
            case Removal.One one ->
                Optional.ofNullable(at(one.of().offset()))
                        .filter(message ->
                                message.id().equals(one.of()) && message.room().equals(one.room()))
                        .stream()
                        .toList();
            case Removal.LastOf last -> lastOf(last);
            case Removal.All room ->
                entriesOf(room.room()).values().stream()
                        .filter(Message.class::isInstance)
                        .map(Message.class::cast)
                        .toList();
        };
    }

    private List<Message> lastOf(Removal.LastOf last) {
        String author = last.author().key();
        return entriesOf(last.room()).descendingMap().values().stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .limit(Removal.LastOf.WITHIN)
                .filter(message -> message.by().key().equals(author))
                .limit(last.count())
                .toList()
                .reversed();
    }

    /** Drops all entries of a room, of whatever kind. */
    void clear(RoomName room) {
        List.copyOf(entriesOf(room).values()).forEach(this::drop);
    }

    private NavigableMap<Long, Entry> entriesOf(RoomName room) {
        return byRoom.getOrDefault(room, new TreeMap<>());
    }

    /** Entries up to this offset are forgotten; 0 if none is. */
    long floor() {
        return floor;
    }

    Page after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        Found<Message> found = between(rooms, after, upTo, bound, Message.class);
        return new Page(found.entries(), found.more());
    }

    Stretch entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
        Found<Entry> found = between(rooms, after, upTo, bound, Entry.class);
        return new Stretch(found.entries(), found.more());
    }

    private <E extends Entry> Found<E> between(Set<RoomName> rooms, long after, long upTo, Bound bound, Class<E> kind) {
        if (after >= upTo) {
            return new Found<>(List.of(), false);
        }
        return merged(
                rooms,
                bound,
                BY_OFFSET,
                kind,
                entries -> entries.subMap(after, false, upTo, true).values());
    }

    Page last(Set<RoomName> rooms, long upTo, Bound bound) {
        Found<Message> backwards = merged(
                rooms,
                bound,
                BY_OFFSET.reversed(),
                Message.class,
                entries -> entries.headMap(upTo, true).descendingMap().values());
        return new Page(backwards.entries().reversed(), backwards.more());
    }

    private record Found<E extends Entry>(List<E> entries, boolean more) {}

    private <E extends Entry> Found<E> merged(
            Set<RoomName> rooms,
            Bound bound,
            Comparator<Entry> order,
            Class<E> kind,
            Function<NavigableMap<Long, Entry>, Collection<Entry>> part) {
        PriorityQueue<Walk<E>> walks = new PriorityQueue<>(Comparator.comparing(Walk::next, order));
        for (RoomName room : rooms) {
            NavigableMap<Long, Entry> entries = byRoom.get(room);
            if (entries != null) {
                Walk.along(part.apply(entries).iterator(), kind).ifPresent(walks::add);
            }
        }
        List<E> found = new ArrayList<>();
        long weight = 0;
        while (!walks.isEmpty() && found.size() < bound.messages()) {
            Walk<E> walk = walks.remove();
            weight += Bound.weight(walk.next());
            if (weight > bound.bytes() && !found.isEmpty()) {
                return new Found<>(found, true);
            }
            found.add(walk.next());
            Walk.along(walk.rest(), kind).ifPresent(walks::add);
        }
        return new Found<>(found, !walks.isEmpty());
    }

    /** A place in one room's entries of one kind. */
    private record Walk<E extends Entry>(E next, Iterator<Entry> rest) {
        static <E extends Entry> Optional<Walk<E>> along(Iterator<Entry> entries, Class<E> kind) {
            while (entries.hasNext()) {
                Entry next = entries.next();
                if (kind.isInstance(next)) {
                    return Optional.of(new Walk<>(kind.cast(next), entries));
                }
            }
            return Optional.empty();
        }
    }

    Set<RoomName> rooms() {
        return Set.copyOf(byRoom.keySet());
    }

    private static long weight(Entry entry) {
        return switch (entry) {
            case Message message ->
                BYTES_PER_ENTRY + 2L * message.text().value().length();
            case Removed removed -> BYTES_PER_ENTRY;
            case Cleared cleared -> BYTES_PER_ENTRY;
        };
    }
}
