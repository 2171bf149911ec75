package prosa.dialect;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.Predicate;
import prosa.application.port.Command;

/**
 * The lines of what a client sent last, as far as they were not heard yet: whoever hears them may say that it is enough for now.
 *
 * <p>Owned by the thread that reads for the client.
 */
public final class UnheardLines {
    private Dialect dialect;
    private Iterator<String> lines = Collections.emptyIterator();

    public UnheardLines(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What comes from now on is spoken so. */
    public void speak(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Takes a text, once the one before was heard.
     *
     * @return false if there is no line in it
     */
    public boolean take(String text) {
        lines = dialect.linesOf(text).iterator();
        return lines.hasNext();
    }

    /**
     * Has the lines heard, one by one.
     *
     * @param hearer answers false if this is enough for now: the line itself was heard all the same
     * @return false if there may be more, and this is enough for now
     */
    public boolean hear(Predicate<Command> hearer) {
        while (lines.hasNext()) {
            if (!hearer.test(dialect.read(lines.next()))) {
                return false;
            }
        }
        return true;
    }

    /** Nobody hears the rest any more. */
    public void drop() {
        lines = Collections.emptyIterator();
    }
}
