package prosa.lab.report;

import java.util.List;

/** What the page's script draws, in one language. */
sealed interface Plot {
    String title();

    /** Whether a reader would see axes and nothing else. */
    boolean tellsNothing();

    /**
     * A bar for each label, of one part or of several on top of each other.
     *
     * @param parts one or more, the lowest first
     * @param totals what is written over each bar; it may tell that there is nothing to draw
     */
    record Bars(String kind, String title, String unit, List<String> labels, List<Part> parts, List<String> totals)
            implements Plot {
        Bars(String title, String unit, List<String> labels, List<Part> parts, List<String> totals) {
            this("bars", title, unit, labels, parts, totals);
        }

        @Override
        public boolean tellsNothing() {
            return parts.stream().flatMap(part -> part.values().stream()).allMatch(value -> value == 0);
        }
    }

    /** @param values as many as there are bars, 0 where there is none */
    record Part(String name, List<Double> values) {}

    /** A latency at each percentile, for each wire. */
    record Curves(String kind, String title, String unit, String across, List<Curve> curves) implements Plot {
        Curves(String title, String unit, String across, List<Curve> curves) {
            this("curves", title, unit, across, curves);
        }

        @Override
        public boolean tellsNothing() {
            return curves.isEmpty();
        }
    }

    /**
     * @param wire its id, by which it has its colour
     * @param count of how many arrivals
     * @param percentiles 0 to 100, rising
     * @param millis what so many of a hundred did not exceed
     */
    record Curve(String wire, String name, long count, List<Double> percentiles, List<Double> millis) {}
}
