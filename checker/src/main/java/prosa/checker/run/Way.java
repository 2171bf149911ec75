package prosa.checker.run;

import java.util.List;
import java.util.function.Supplier;

/** At which node a client is. Any thread. */
final class Way {
    private static final int PATIENT = 3;

    private final Supplier<List<Node>> nodes;
    private final boolean roams;
    private int at;
    private int failures;

    private Way(Supplier<List<Node>> nodes, boolean roams, int at) {
        this.nodes = nodes;
        this.roams = roams;
        this.at = at;
    }

    /** It comes back at the next node each time. */
    static Way roaming(Supplier<List<Node>> nodes) {
        return new Way(nodes, true, 0);
    }

    /** It stays at one node, as a proxy would have it, and goes to the next once it was not let in there three times in a row. */
    static Way settled(Supplier<List<Node>> nodes, int at) {
        return new Way(nodes, false, at);
    }

    synchronized Node node() {
        List<Node> all = nodes.get();
        return all.get(Math.floorMod(roams ? at++ : at, all.size()));
    }

    synchronized void isLetIn() {
        failures = 0;
    }

    synchronized void isNotLetIn() {
        failures++;
        if (!roams && failures >= PATIENT) {
            failures = 0;
            at++;
        }
    }
}
