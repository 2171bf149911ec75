package prosa.bootstrap;

/** What a command line comes to. */
sealed interface Parsed {
    /** Start, so. */
    record Run(Options options) implements Parsed {}

    /** Start nothing. */
    sealed interface Told extends Parsed {}

    /** Print {@code text}, which ends without a line break, to stdout and end with {@link Status#FINE}. */
    record Print(String text) implements Told {}

    /** An option makes no sense: print {@code line}, which names it, to stderr and end with {@link Status#REFUSED}. */
    record Bad(String line) implements Told {}
}
