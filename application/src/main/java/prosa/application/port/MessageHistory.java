package prosa.application.port;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import prosa.domain.RoomName;

/**
 * Port: the log of everything that was said, read back.
 *
 * <p>All methods may be called on any thread and never block: an engine that reads from a disk does so on threads of its own.
 * Stages complete exceptionally with {@link prosa.domain.Refused} {@link prosa.domain.Reason#UNAVAILABLE} if the log can't be
 * read. Entries of a kind that the reader does not know are skipped, and so are those that took something away wherever it is asked what
 * was said.
 */
public interface MessageHistory {
    /** The most messages that one read gives. */
    int MAX_READ = 1_000;

    /**
     * Milliseconds since 1970 when this log was made. It changes when the log is another one ({@link KeptListener#anew}); 0 as long as
     * nobody knows which it is.
     */
    long epoch();

    /** Whether an entry beyond {@link #head()} may be kept already and on its way here, as others publish to this log too. Any thread. */
    default boolean isShared() {
        return false;
    }

    /**
     * The offset of the newest entry, over all rooms and of any kind; 0 if there is none. Reads see everything up to it. It is
     * never behind what the {@link KeptListener} was told, and may be ahead of it: whoever follows both bounds its reads by
     * the last offset that it was told.
     */
    long head();

    /** Entries up to this offset may be gone: a reader who has seen less may have missed something. 0 if all is kept. */
    long floor();

    /**
     * What was said in some rooms after one place and up to another, oldest first.
     *
     * @param after an offset, itself not included
     * @param upTo an offset, itself included; it may lie beyond {@link #head()}
     * @param bound beyond it the newest are left out
     */
    CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound);

    /**
     * What happened in some rooms after one place and up to another, oldest first: what was said and is left, and what took something
     * away. Whoever resumes is told that.
     *
     * @param after an offset, itself not included
     * @param upTo an offset, itself included; it may lie beyond {@link #head()}
     * @param bound beyond it the newest are left out
     */
    CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound);

    /**
     * The last that was said in some rooms, oldest first.
     *
     * @param upTo an offset, itself included; it may lie beyond {@link #head()}
     * @param bound beyond it the oldest are left out
     */
    CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound);

    /** The rooms of which an entry is kept, of any kind: in which something was said, or was taken away. */
    CompletionStage<Set<RoomName>> rooms();
}
