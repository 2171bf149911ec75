package prosa.checker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import prosa.checker.run.Fault;
import prosa.checker.run.Node;

/**
 * What a command line asks for.
 *
 * @param rounds with each fault
 * @param nodes that run already; none: Prosas of one's own
 * @param engines which keep the history; 0: a file does
 * @param prosa what starts a Prosa
 * @param next what starts one after an upgrade
 * @param folder for all that is kept and logged
 */
record CheckOptions(
        List<Fault> faults,
        int rounds,
        List<Node> nodes,
        int engines,
        long seed,
        Duration calm,
        Duration patience,
        OptionalInt rate,
        List<String> prosa,
        List<String> next,
        Path folder) {
    CheckOptions {
        faults = List.copyOf(faults);
        nodes = List.copyOf(nodes);
        prosa = List.copyOf(prosa);
        next = List.copyOf(next);
    }

    /** What a command line comes to. */
    sealed interface Parsed {
        /** Rounds. */
        record Run(CheckOptions options) implements Parsed {}

        /** The help. */
        record Print(String text) implements Parsed {}

        /** It can't be done. */
        record Bad(String why) implements Parsed {}
    }
}
