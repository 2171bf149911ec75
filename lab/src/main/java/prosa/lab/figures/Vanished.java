package prosa.lab.figures;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a side takes to notice that the other has vanished without a word: packets no longer come through, and no FIN does.
 *
 * @param byServer when the server noticed that the client had; empty if that was not tried
 * @param byClient when the client noticed that the server had; empty if that was not tried
 */
public record Vanished(Optional<Notice> byServer, Optional<Notice> byClient) {
    /** Not tried. */
    public static final Vanished UNTRIED = new Vanished(Optional.empty(), Optional.empty());

    /**
     * @param after how long it took, or, if it was not noticed, how long was waited for it
     * @param noticed if false, this is shown as "&gt; 60 s"
     */
    public record Notice(Duration after, boolean noticed) {
        public Notice {
            Check.atLeast(0, after.toNanos(), "after");
        }
    }
}
