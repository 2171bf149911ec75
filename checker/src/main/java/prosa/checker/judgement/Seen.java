package prosa.checker.judgement;

import java.util.Optional;

/** One thing that an observer was shown. */
public sealed interface Seen {
    /** A message. */
    record Said(Entry entry) implements Seen {}

    /**
     * It was told that something may be missing.
     *
     * @param next the first message after that, if there was one
     */
    record Gap(Optional<Position> next) implements Seen {}

    /** A whisper, to this observer alone. */
    record Whisper(String text) implements Seen {}

    /**
     * Anything else that all are told: who came, who is called what.
     *
     * @param line as it came
     */
    record Other(String line) implements Seen {}
}
