package prosa.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * What was told in a feed, encoded: bytes that many followers read, each from a cursor of its own. Bounded: what has gone out
 * of it must be had from the past ({@link CatchUp}).
 *
 * <p>Places in it are byte counts since it was made, and never go back. The bytes lie in direct memory, so that a slice goes to
 * a socket without being copied on the way.
 */
@OwnedByTurn
final class FeedLog {
    /** How much is kept for followers that are behind; the same on every wire. */
    static final int BOUND = 1 << 20;

    private final LogMemory memory;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private long head;
    private long offset;
    private boolean sealed;

    /** @param offset the offset up to which everything is older than this log */
    FeedLog(long offset, LogMemory memory) {
        this.offset = offset;
        this.memory = memory;
    }

    /** Entries that lie behind each other in memory. An entry never straddles two chunks. */
    static final class Chunk {
        private final FeedLog log;
        final ByteBuffer bytes;
        long base;
        long offsetBefore;
        int filled;
        int entries;
        int[] ends = new int[16];
        long[] offsets = new long[16];
        long[] origins = new long[16];

        Chunk(FeedLog log, ByteBuffer bytes) {
            this.log = log;
            this.bytes = bytes;
        }

        FeedLog log() {
            return log;
        }

        ByteBuffer memory() {
            return bytes;
        }

        int capacity() {
            return bytes.capacity();
        }

        Chunk startAt(long base, long offsetBefore) {
            this.base = base;
            this.offsetBefore = offsetBefore;
            filled = 0;
            entries = 0;
            return this;
        }

        long end() {
            return base + filled;
        }

        boolean takes(int length) {
            return bytes.capacity() - filled >= length;
        }

        void append(byte[] unit, long offset, long origin) {
            if (entries == ends.length) {
                ends = Arrays.copyOf(ends, entries * 2);
                offsets = Arrays.copyOf(offsets, entries * 2);
                origins = Arrays.copyOf(origins, entries * 2);
            }
            bytes.clear().put(filled, unit);
            filled += unit.length;
            ends[entries] = filled;
            offsets[entries] = offset;
            origins[entries++] = origin;
        }

        /** The entry in which a place lies. */
        int entryAt(long place) {
            int found = Arrays.binarySearch(ends, 0, entries, (int) (place - base));
            return found >= 0 ? found + 1 : -found - 1;
        }

        int startOf(int entry) {
            return entry == 0 ? 0 : ends[entry - 1];
        }
    }

    /** Where the next entry will begin. */
    long head() {
        assert DeliveryThread.hasTurn();
        return head;
    }

    /** Where the oldest entry that is still here begins. */
    long tail() {
        assert DeliveryThread.hasTurn();
        Chunk oldest = chunks.peekFirst();
        return oldest == null ? head : oldest.base;
    }

    /** The offset up to which everything was appended, or is older than this log. */
    long offset() {
        assert DeliveryThread.hasTurn();
        return offset;
    }

    /**
     * Adds an entry.
     *
     * @param unit whole wire units
     * @param offset where it stands in the order of what is kept; or {@link Feed#NOT_KEPT}
     * @param origin the connection that must not read it, or {@link Feed#NOBODY}
     */
    void append(byte[] unit, long offset, long origin) {
        assert DeliveryThread.hasTurn();
        Chunk last = chunks.peekLast();
        if (last == null || sealed || !last.takes(unit.length)) {
            sealed = false;
            last = memory.take(this, chunks.isEmpty(), unit.length).startAt(head, this.offset);
            chunks.addLast(last);
        }
        if (offset != Feed.NOT_KEPT) {
            this.offset = offset;
        }
        last.append(unit, this.offset, origin);
        head += unit.length;
        while (head - tail() > BOUND && chunks.size() > 1) {
            memory.giveBack(chunks.removeFirst());
        }
    }

    /** Its oldest chunk is needed elsewhere. Whoever has not read it catches up on the past. */
    void letGo(Chunk oldest) {
        assert DeliveryThread.hasTurn();
        if (chunks.peekFirst() != oldest) {
            throw new IllegalStateException("not the oldest chunk of this log");
        }
        memory.giveBack(chunks.removeFirst());
    }

    /**
     * What comes next lies apart from what is here.
     *
     * @return the place between them, for {@link #letGoUpTo}
     */
    long seal() {
        assert DeliveryThread.hasTurn();
        sealed = !chunks.isEmpty();
        return head;
    }

    /** Nobody is told from here what lies before a place. Whoever has not read it catches up on the past. */
    void letGoUpTo(long sealedAt) {
        assert DeliveryThread.hasTurn();
        while (!chunks.isEmpty() && chunks.getFirst().end() <= sealedAt) {
            memory.giveBack(chunks.removeFirst());
        }
    }

    /**
     * The bytes from one place up to another, as far as they lie together.
     *
     * @return at least one entry's; a view that is good until the next call
     */
    ByteBuffer slice(long from, long to) {
        assert DeliveryThread.hasTurn();
        Chunk chunk = chunkAt(from);
        return chunk.bytes.limit((int) (Math.min(to, chunk.end()) - chunk.base)).position((int) (from - chunk.base));
    }

    /** The first place from here on that is not in an entry of that reader's own. */
    long afterOwn(long from, long reader) {
        assert DeliveryThread.hasTurn();
        long place = from;
        while (place < head) {
            Chunk chunk = chunkAt(place);
            for (int entry = chunk.entryAt(place); entry < chunk.entries; entry++) {
                if (chunk.origins[entry] != reader) {
                    return Math.max(place, chunk.base + chunk.startOf(entry));
                }
            }
            place = chunk.end();
        }
        return place;
    }

    /** Where the next entry of that reader's own begins; the head if there is none. */
    long nextOwn(long from, long reader) {
        assert DeliveryThread.hasTurn();
        long place = from;
        while (place < head) {
            Chunk chunk = chunkAt(place);
            for (int entry = chunk.entryAt(place); entry < chunk.entries; entry++) {
                if (chunk.origins[entry] == reader) {
                    return chunk.base + chunk.startOf(entry);
                }
            }
            place = chunk.end();
        }
        return head;
    }

    /**
     * The rest of the entry in which a place before the head lies. It is a copy, so that the log's memory is only ever touched by whoever
     * has the turn.
     */
    ByteBuffer restOfEntry(long place) {
        assert DeliveryThread.hasTurn();
        ByteBuffer slice = slice(place, endOfEntry(place));
        return ByteBuffer.allocate(slice.remaining()).put(slice).flip();
    }

    /** The offset of the entry in which a place before the head lies; of one that is not kept, that of the last before it. */
    long offsetAt(long place) {
        assert DeliveryThread.hasTurn();
        Chunk chunk = chunkAt(place);
        return chunk.offsets[chunk.entryAt(place)];
    }

    /** The first place after this one, in the memory that lies together, where an entry begins that comes after an offset. */
    long firstAfter(long place, long offset) {
        assert DeliveryThread.hasTurn();
        Chunk chunk = chunkAt(place);
        int entry = chunk.entryAt(place) + 1;
        while (entry < chunk.entries && chunk.offsets[entry] <= offset) {
            entry++;
        }
        return chunk.base + chunk.startOf(entry);
    }

    /** Where the entry ends in which a place before the head lies. */
    long endOfEntry(long place) {
        assert DeliveryThread.hasTurn();
        Chunk chunk = chunkAt(place);
        return chunk.base + chunk.ends[chunk.entryAt(place)];
    }

    /** The offset that a reader has seen who has read everything before the entry that begins or goes on here. */
    long offsetBefore(long place) {
        assert DeliveryThread.hasTurn();
        if (place >= head) {
            return offset;
        }
        Chunk chunk = chunkAt(place);
        int entry = chunk.entryAt(place);
        return entry == 0 ? chunk.offsetBefore : chunk.offsets[entry - 1];
    }

    /** Everybody has read everything: the memory may be used again. */
    void forget() {
        assert DeliveryThread.hasTurn();
        Chunk last = chunks.peekLast();
        if (last == null) {
            return;
        }
        while (chunks.size() > 1) {
            memory.giveBack(chunks.removeFirst());
        }
        last.startAt(head, offset);
    }

    /** Gives the memory back. Everybody must have read everything. */
    void release() {
        assert DeliveryThread.hasTurn();
        while (!chunks.isEmpty()) {
            memory.giveBack(chunks.removeFirst());
        }
    }

    boolean holdsMemory() {
        assert DeliveryThread.hasTurn();
        return !chunks.isEmpty();
    }

    private Chunk chunkAt(long place) {
        Chunk last = chunks.getLast();
        if (place >= last.base) {
            return last;
        }
        for (Chunk chunk : chunks) {
            if (place < chunk.end()) {
                return chunk;
            }
        }
        throw new IllegalArgumentException("place " + place + " is past the head " + head);
    }
}
