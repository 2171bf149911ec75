package prosa.lab.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.figures.Experiment;
import prosa.lab.tls.Endpoint;
import prosa.language.Language;

/**
 * What is to be compared, and how.
 *
 * @param running the server to measure; empty: one of the laboratory's own
 * @param wires at least one
 * @param experiments none, or some
 * @param duration for how long each wire's messages count; empty: as usual
 * @param warmUp for how long each server is made to work before that; empty: as usual, and the experiments' not at all
 * @param from a file with the figures of an earlier run, to show those instead of measuring
 * @param json where the figures go, if anywhere
 * @param html where the report goes, if anywhere
 * @param docs the folder of the documents that get the figures, if any
 * @param work where the laboratory's own servers and browsers keep what is theirs meanwhile
 */
record CompareOptions(
        Optional<Running> running,
        Set<Wire> wires,
        Set<Experiment.Kind> experiments,
        Optional<Duration> duration,
        Optional<Duration> warmUp,
        Optional<Path> from,
        Optional<Path> json,
        Optional<Path> html,
        Optional<Path> docs,
        WorkFolder work,
        Language language) {
    CompareOptions {
        wires = Set.copyOf(wires);
        experiments = Set.copyOf(experiments);
    }

    /**
     * A server that runs already.
     *
     * @param pid its process, to look at what it spends; empty if that is not to be measured
     */
    record Running(Endpoint http, Endpoint tcp, OptionalLong pid) {}

    /** What a command line comes to. */
    sealed interface Parsed {
        record Run(CompareOptions options) implements Parsed {}

        /** Help was asked for. */
        record Print(String text) implements Parsed {}

        /** An option makes no sense: {@code line} names it. */
        record Bad(String line) implements Parsed {}
    }
}
