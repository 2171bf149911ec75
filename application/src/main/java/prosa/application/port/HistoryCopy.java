package prosa.application.port;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Removal;

/**
 * Port: a log that is ordered and kept elsewhere, copied here so that it is read without asking there. It can be made anew at any time, and
 * is never what a message is acknowledged by.
 *
 * <p>One thread at a time fills it; only those methods block. Any thread reads.
 */
public interface HistoryCopy extends MessageHistory, AutoCloseable {
    /**
     * Which log is copied.
     *
     * @param stream what it is called where it is kept
     */
    record Source(String stream, long epoch) {}

    /**
     * An entry to be copied.
     *
     * @param key with which a message was said; of other entries there is none
     */
    record Copied(Entry entry, Optional<Key> key) {}

    /** A message that a removal is about. */
    record Target(long offset, Name author) {}

    /** What it is a copy of; empty as long as it is one of nothing. Any thread. */
    Optional<Source> source();

    /**
     * From now on it is a copy of that log. What it has of another log goes, and is refused to those who read meanwhile. Blocks.
     *
     * @throws IOException if the disk does not let it
     */
    void begin(Source source) throws IOException;

    /**
     * Copies what comes next: all of it, or nothing. Removals take away what they are about; one that finds nothing left of that does not
     * count. Blocks, but waits for no disk.
     *
     * @param next in the log's order, behind the head
     * @param upTo the offset up to which that is all; the head from now on
     * @return those that count, in their order
     * @throws IOException if the disk does not let it: the same may be tried again
     */
    List<Entry> copy(List<Copied> next, long upTo) throws IOException;

    /** When the newest entry was made; the beginning of time if there is none. Blocks. */
    Instant lastAt() throws IOException;

    /**
     * The keys of the last 10 minutes. Blocks.
     *
     * @param nanoTime now, on the clock by which keys are over
     */
    RecentKeys recentKeys(Instant now, long nanoTime) throws IOException;

    /** The offset up to which what was taken away here was overwritten in the log, too, as far as {@link #erasedUpTo(long)} was told. */
    long erasedUpTo() throws IOException;

    /** That is so up to there. Blocks. */
    void erasedUpTo(long offset) throws IOException;

    /** The message at an offset, if there is one. */
    CompletionStage<Optional<Message>> find(long offset);

    /** What a removal would take away now, oldest first; of all that was said in a room only the newest. */
    CompletionStage<List<Target>> targets(Removal removal);

    /** The newest entries of any kind that it knows, over all rooms, oldest first. */
    CompletionStage<List<Entry>> newest(int count);

    /** What took messages away and lies behind a place, in the log's order. */
    CompletionStage<List<Entry>> removals(long after);

    /** Lets go of everything. What is read afterwards is refused. Closing twice is closing once. Blocks. */
    @Override
    void close();
}
