package prosa.application.port;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.Register.Kind;

/**
 * Port: where a history is moved to. Until {@link #finish} it is marked: nobody begins with it, and the next move to it takes away what is
 * there. All of it blocks.
 */
public interface Arrival extends AutoCloseable {
    /** Whether a move before has left something, which was taken away. */
    boolean isResumed();

    /**
     * Copies what comes next; waits while too much is on its way.
     *
     * @param next behind all that came before
     * @param upTo the offset up to which that is all, where it comes from
     * @throws IOException if this, or what came before, could not be kept
     */
    void copy(List<Copied> next, long upTo) throws IOException, InterruptedException;

    /** Keeps what stands beside the messages, of which there is nothing yet. */
    void keep(SortedMap<Kind, SortedMap<String, String>> facts) throws IOException, InterruptedException;

    /**
     * All has come: waits until it is kept, in an epoch of its own, and reads it from the beginning.
     *
     * @param before the epoch of what was moved
     * @return what there is
     */
    Tally settle(long before) throws IOException, InterruptedException;

    /** From now on it is a history as any other. */
    void finish() throws IOException;

    /** If it is not finished, what is there stays, marked as that. */
    @Override
    void close();
}
