package prosa.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Codec;
import prosa.application.port.MessageHistory;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/**
 * The pieces of the past that somebody is being told, read and encoded once for all who read there, off the delivery thread. A
 * reader holds none of them: what its socket does not take is looked up again when it is writable, and read again if the page is
 * gone by then. So thousands of readers, slow ones too, cost {@link #BOUND} together.
 */
@OwnedByTurn
final class EncodedPages {
    /** In bytes: some 200 full pages. With what is under way all who read take 16 MiB at most. */
    private static final long BOUND = 12L << 20;

    /** Nobody has read there for so long: the memory is given back. */
    private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MessageHistory history;
    private final Reads reads;
    private final Map<Shelf, TreeMap<Long, EncodedPage>> shelves = new HashMap<>();

    /** In the order of their last use. */
    private final LinkedHashMap<Place, Long> used = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Place, List<Replay>> underWay = new HashMap<>();
    private long bytes;

    /** What is being read of another log when it arrives is let go. */
    private int log;

    private record Shelf(Set<RoomName> rooms, Codec codec) {}

    private record Place(Shelf shelf, long start) {}

    EncodedPages(MessageHistory history, Reads reads) {
        this.history = history;
        this.reads = reads;
    }

    /** The page that goes on after a place, if it is here. */
    Optional<EncodedPage> find(Set<RoomName> rooms, Codec codec, long after) {
        assert DeliveryThread.hasTurn();
        Shelf shelf = new Shelf(rooms, codec);
        TreeMap<Long, EncodedPage> pages = shelves.get(shelf);
        Map.Entry<Long, EncodedPage> page = pages == null ? null : pages.floorEntry(after);
        if (page == null || page.getValue().end() <= after) {
            return Optional.empty();
        }
        used.put(new Place(shelf, page.getKey()), System.nanoTime());
        return Optional.of(page.getValue());
    }

    /**
     * Has a page read for somebody who is told later that it is here ({@link Replay#arrived}), or that it can't be read.
     *
     * @param after the place after which the reader goes on
     * @param upTo how far it wants to read
     */
    void load(Set<RoomName> rooms, Codec codec, long after, long upTo, Replay reader) {
        assert DeliveryThread.hasTurn();
        Shelf shelf = new Shelf(rooms, codec);
        long start = startFor(shelf, after);
        Place place = new Place(shelf, start);
        List<Replay> readers = underWay.get(place);
        if (readers != null) {
            readers.add(reader);
            return;
        }
        List<Replay> waiting = new ArrayList<>(List.of(reader));
        underWay.put(place, waiting);
        int asked = log;
        reads.ask(
                () -> Reads.Wanted.yesIf(isWanted(place, waiting)),
                () -> history.entries(rooms, start, upTo, EncodedPage.BOUND)
                        .thenApply(page -> EncodedPage.of(page, start, upTo, history.floor(), codec)),
                (page, reason) -> {
                    if (asked == log) {
                        arrived(place, page, reason);
                    }
                });
    }

    /** Rounded down, or behind the pages that are known to end before that place is reached: long texts make short pages. */
    private long startFor(Shelf shelf, long after) {
        long start = EncodedPage.startFor(after);
        if (start < history.floor()) {
            return after;
        }
        TreeMap<Long, EncodedPage> pages = shelves.getOrDefault(shelf, new TreeMap<>());
        for (EncodedPage known = pages.get(start); known != null && known.end() <= after; known = pages.get(start)) {
            start = known.end();
        }
        return start;
    }

    private boolean isWanted(Place place, List<Replay> waiting) {
        waiting.removeIf(reader -> !reader.isWanted());
        if (waiting.isEmpty()) {
            underWay.remove(place);
        }
        return !waiting.isEmpty();
    }

    private void arrived(Place place, @Nullable EncodedPage page, @Nullable Reason reason) {
        List<Replay> readers = underWay.remove(place);
        if (page != null) {
            keep(place, page);
        }
        if (readers != null) {
            readers.forEach(reader -> reader.arrived(Optional.ofNullable(reason)));
        }
    }

    private void keep(Place place, EncodedPage page) {
        EncodedPage before =
                shelves.computeIfAbsent(place.shelf(), shelf -> new TreeMap<>()).put(place.start(), page);
        bytes += page.size() - (before == null ? 0 : before.size());
        used.put(place, System.nanoTime());
        Iterator<Place> oldest = used.keySet().iterator();
        while (bytes > BOUND && used.size() > 1) {
            Place least = oldest.next();
            oldest.remove();
            drop(least);
        }
    }

    private void drop(Place place) {
        shelves.computeIfPresent(place.shelf(), (shelf, pages) -> {
            EncodedPage page = pages.remove(place.start());
            bytes -= page == null ? 0 : page.size();
            return pages.isEmpty() ? null : pages;
        });
    }

    /** Something was taken away: pages that may have it are read again. */
    void forget(Entry entry) {
        assert DeliveryThread.hasTurn();
        used.keySet().removeIf(place -> {
            boolean outdated = place.shelf().rooms().contains(entry.room()) && mayHold(place, entry);
            if (outdated) {
                drop(place);
            }
            return outdated;
        });
    }

    /** The log is another one: no page is of it. */
    void forgetAll() {
        assert DeliveryThread.hasTurn();
        shelves.clear();
        used.clear();
        underWay.clear();
        bytes = 0;
        log++;
    }

    private boolean mayHold(Place place, Entry taker) {
        TreeMap<Long, EncodedPage> pages = shelves.get(place.shelf());
        EncodedPage page = pages == null ? null : pages.get(place.start());
        return page != null
                && switch (taker) {
                    case Message message -> false;
                    case Removed removed ->
                        page.start() < removed.of().offset() && removed.of().offset() <= page.end();
                    case Cleared cleared -> page.start() < cleared.id().offset();
                };
    }

    /** The look once a second. */
    void inspect(long now) {
        assert DeliveryThread.hasTurn();
        Iterator<Map.Entry<Place, Long>> oldest = used.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Place, Long> least = oldest.next();
            if (now - least.getValue() < UNUSED_NANOS) {
                return;
            }
            Place place = least.getKey();
            oldest.remove();
            drop(place);
        }
    }

    /** How much memory the pages take, in bytes. */
    long bytes() {
        assert DeliveryThread.hasTurn();
        return bytes;
    }
}
