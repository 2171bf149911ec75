package prosa.lab.figures;

import java.util.List;

/**
 * All that one run of the comparison found.
 *
 * @param environment where it was measured
 * @param settings how
 * @param wires one each, in the order of {@link prosa.lab.Wire}; those that were not asked for are left out
 * @param experiments those that were asked for, in the order of {@link Experiment.Kind}
 * @param disturbances what the machine did besides, in the order in which it was noticed; if there is any, the latencies may tell
 *     more of the machine than of the wires
 */
public record Comparison(
        Environment environment,
        Settings settings,
        List<WireFigures> wires,
        List<Experiment> experiments,
        List<Disturbance> disturbances) {
    public Comparison {
        wires = List.copyOf(wires);
        experiments = List.copyOf(experiments);
        disturbances = List.copyOf(disturbances);
        if (wires.stream().map(WireFigures::wire).distinct().count() != wires.size()) {
            throw new IllegalArgumentException("a wire has its figures twice");
        }
        if (experiments.stream().map(Experiment::kind).distinct().count() != experiments.size()) {
            throw new IllegalArgumentException("an experiment is there twice");
        }
    }
}
