package prosa.bootstrap;

/** What a command line comes to. */
sealed interface Parsed {
    /** Start, so. */
    record Run(Options options) implements Parsed {}

    /** Help or version was asked for: print {@code text}, which ends without a line break, to stdout and end with status 0. */
    record Print(String text) implements Parsed {}

    /** An option makes no sense: print {@code line}, which names it, to stderr and end with status 2. */
    record Bad(String line) implements Parsed {}
}
