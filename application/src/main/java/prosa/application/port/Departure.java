package prosa.application.port;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.Register.Kind;

/** Port: a history that is moved from here, and what stands beside it. It stays as it is, and nobody has it meanwhile. All of it blocks. */
public interface Departure extends AutoCloseable {
    /** Hears what comes next. */
    @FunctionalInterface
    interface Ear {
        /**
         * @param next in the log's order
         * @param upTo the offset up to which that is all
         */
        void hear(List<Copied> next, long upTo) throws IOException, InterruptedException;
    }

    /** Of the log. */
    long epoch();

    /** How many entries are told, at the most. */
    long count() throws IOException, InterruptedException;

    /**
     * Tells what there is, in the log's order: messages, and where some may stand that were taken away, also what took them away.
     *
     * @throws IOException if it can't be read, or whoever hears it can't go on
     */
    void tell(Ear ear) throws IOException, InterruptedException;

    /** What is kept beside the messages, of each kind that is known and of which there is any. */
    SortedMap<Kind, SortedMap<String, String>> facts() throws IOException, InterruptedException;

    /** Reads all of it once more, after {@link #tell}: what there is, and was not taken away. */
    Tally tally() throws IOException, InterruptedException;

    @Override
    void close();
}
