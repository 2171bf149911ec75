package prosa.application;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import prosa.application.port.Bound;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.application.port.Stretch;
import prosa.domain.Entry;
import prosa.domain.Message;

/**
 * A piece of the past in one codec's bytes, which all who read there share. Never changed: any thread may make one.
 *
 * <p>Where a page ends is chosen so that readers who began at different places soon read the same pages: at the roundest number
 * (the one that ends in most zero bits) among the offsets that the read reached. Two readers on their way agree on it as soon as
 * both can see it.
 */
final class EncodedPage {
    /** A client is told so many messages of the past at once... */
    static final int MESSAGES = 128;

    /** ... or so many bytes. */
    static final int BYTES = 64 << 10;

    /** Starts are rounded down to a multiple of this: clients that were cut off together had not all read to the same place. */
    private static final int ALIGNMENT = 16;

    static final Bound BOUND = new Bound(MESSAGES, BYTES);

    /** Where it ends, its offset, whether something was said, and a reference to its day. */
    private static final int PER_MESSAGE = Integer.BYTES + Long.BYTES + 1 + Integer.BYTES;

    /** The head of an array. */
    private static final int PER_DAY = 16;

    private final long start;
    private final long end;
    private final long floor;
    private final byte[] bytes;
    private final int[] ends;
    private final long[] offsets;

    /** Which entries are messages; the others took some away. */
    private final boolean[] said;

    /** What is told before a message that was said on another day than the one before it: messages of one day share it. */
    private final byte[][] days;

    private EncodedPage(
            long start, long end, long floor, byte[] bytes, int[] ends, long[] offsets, boolean[] said, byte[][] days) {
        this.start = start;
        this.end = end;
        this.floor = floor;
        this.bytes = bytes;
        this.ends = ends;
        this.offsets = offsets;
        this.said = said;
        this.days = days;
    }

    /** Where to begin to read for a reader who has read everything up to there. */
    static long startFor(long after) {
        return after - after % ALIGNMENT;
    }

    /**
     * Writes down what was read.
     *
     * @param start the place after which was read
     * @param upTo the place up to which was read, if the page is whole
     * @param floor the history's, after it was read: what was up to there may be missing
     */
    static EncodedPage of(Stretch page, long start, long upTo, long floor, Codec codec) {
        long end = page.more()
                ? roundest(
                        offset(page.entries().getFirst()), offset(page.entries().getLast()))
                : upTo;
        List<Entry> entries =
                page.entries().stream().takeWhile(entry -> offset(entry) <= end).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES / 4);
        int[] ends = new int[entries.size()];
        long[] offsets = new long[entries.size()];
        boolean[] said = new boolean[entries.size()];
        byte[][] days = new byte[entries.size()][];
        for (int i = 0; i < ends.length; i++) {
            bytes.writeBytes(codec.encode(Event.of(entries.get(i))));
            ends[i] = bytes.size();
            offsets[i] = offset(entries.get(i));
            said[i] = entries.get(i) instanceof Message;
            byte[] day = codec.encode(new Event.Day(entries.get(i).at()));
            days[i] = i > 0 && Arrays.equals(day, days[i - 1]) ? days[i - 1] : day;
        }
        return new EncodedPage(start, end, floor, bytes.toByteArray(), ends, offsets, said, days);
    }

    private static long offset(Entry entry) {
        return entry.id().offset();
    }

    /** The number behind the first, up to the last, that ends in most zero bits: both agree in the bits above it. */
    static long roundest(long first, long last) {
        return first == last ? last : last & -Long.highestOneBit(first ^ last);
    }

    /** The place after which it begins. */
    long start() {
        return start;
    }

    /** The place up to which it goes. */
    long end() {
        return end;
    }

    /** What was up to there may be missing in it. */
    long floor() {
        return floor;
    }

    /** How much memory it takes, in bytes. */
    int size() {
        int size = bytes.length + ends.length * PER_MESSAGE + 200;
        for (int i = 0; i < days.length; i++) {
            size += i > 0 && days[i] == days[i - 1] ? 0 : days[i].length + PER_DAY;
        }
        return size;
    }

    int count() {
        return ends.length;
    }

    /** The first message after a place; {@link #count} if there is none. */
    int firstAfter(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** A message's place in the history. */
    long offset(int message) {
        return offsets[message];
    }

    /** Whether somebody said something there; else something was taken away, which only those are told who resume. */
    boolean isMessage(int message) {
        return said[message];
    }

    /** What tells the day of a message, for a reader who was told another one; empty if this codec tells none. */
    byte[] day(int message) {
        return days[message];
    }

    /** The bytes of some messages, from one up to another, itself included. */
    ByteBuffer slice(int from, int to) {
        int begin = from == 0 ? 0 : ends[from - 1];
        return ByteBuffer.wrap(bytes, begin, ends[to] - begin);
    }

    /** The message of which the byte at this place is a part. */
    int messageAt(int place) {
        int found = Arrays.binarySearch(ends, place);
        if (found < 0) {
            return -found - 1;
        }
        while (found < ends.length && ends[found] <= place) {
            found++; // some may have no bytes
        }
        return found;
    }

    /** Where a message's bytes end. */
    int endOf(int message) {
        return ends[message];
    }
}
