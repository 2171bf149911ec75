package prosa.bootstrap;

import java.io.PrintStream;
import java.time.Duration;
import prosa.application.port.HouseClock;
import prosa.application.port.Tally;
import prosa.language.Catalogue;

/** Tells how far a move is. Owned by the thread that moves. */
final class MoveReport {
    private static final long BETWEEN = Duration.ofSeconds(2).toNanos();

    private final PrintStream err;
    private final Catalogue words;
    private final HouseClock clock;
    private long last;
    private long all;
    private long done;

    MoveReport(PrintStream err, Catalogue words, HouseClock clock) {
        this.err = err;
        this.words = words;
        this.clock = clock;
        this.last = clock.nanoTime();
    }

    /**
     * @param resumed whether a move before has left something
     * @param all how many entries there are to move
     */
    void begin(boolean resumed, long all) {
        this.all = all;
        if (resumed) {
            err.println(words.get("move.again"));
        }
    }

    /** So many more are; now and then it says so in a line. */
    void moved(int more) {
        done += more;
        long now = clock.nanoTime();
        if (now - last >= BETWEEN) {
            last = now;
            err.println(words.get("move.progress", done, all));
        }
    }

    void compares() {
        err.println(words.get("move.compares"));
    }

    void differs(Tally was, Tally is) {
        err.println("prosa: " + words.get("move.differs", is.messages(), is.facts(), was.messages(), was.facts()));
    }

    /** The last line. */
    String done(Tally moved, Object from, Object to) {
        return words.get("move.done", moved.messages(), moved.rooms(), moved.facts(), to, from);
    }
}
