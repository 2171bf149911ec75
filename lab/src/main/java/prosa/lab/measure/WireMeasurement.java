package prosa.lab.measure;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import prosa.lab.Wire;
import prosa.lab.figures.Connect;
import prosa.lab.figures.Cost;
import prosa.lab.figures.Cost.Idle;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Saying;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Vanished;
import prosa.lab.figures.WireFigures;
import prosa.lab.server.Server;

/**
 * All that is measured of one wire.
 *
 * @param figures what was found; who vanishes is not tried here
 * @param disturbances what the machine did besides
 */
public record WireMeasurement(WireFigures figures, List<Disturbance> disturbances) {
    public WireMeasurement {
        disturbances = List.copyOf(disturbances);
    }

    /** What is being done. */
    public enum Step {
        WARM_UP,
        LOAD,
        SAYING,
        MEMORY
    }

    /** Is told what begins. */
    @FunctionalInterface
    public interface Steps {
        void begin(Step step);
    }

    /**
     * Measures, on the calling thread.
     *
     * @param own whether the server is the laboratory's own
     * @throws IOException if the wire can't be connected, or ends in the middle
     */
    public static WireMeasurement take(Wire wire, Server server, boolean own, Settings settings, Steps steps)
            throws IOException, InterruptedException {
        try (Load load = Load.open(wire, server, settings)) {
            steps.begin(Step.WARM_UP);
            load.warmUp();
            steps.begin(Step.LOAD);
            Load.Found found = load.measure();
            Connect connect = load.connect();
            steps.begin(Step.SAYING);
            Saying saying = saying(wire, server, settings);
            steps.begin(Step.MEMORY);
            // The load's connections stay: what they need must not become free while others are counted.
            Optional<Idle> idle = IdleMemory.measure(wire, server, own, settings.idleConnections());
            Cost cost = new Cost(found.cpuMicrosPerDelivery(), idle);
            return new WireMeasurement(
                    new WireFigures(wire, connect, found.down(), found.latency(), saying, cost, Vanished.UNTRIED),
                    found.disturbances());
        }
    }

    /**
     * Makes a server work over a wire for the time of the warm-up, without measuring: compilers count calls.
     *
     * @throws IOException if the wire can't be connected, or ends in the middle
     */
    public static void warmUp(Wire wire, Server server, Settings settings) throws IOException, InterruptedException {
        try (Load load = Load.open(wire, server, settings)) {
            load.warmUp();
        }
    }

    private static Saying saying(Wire wire, Server server, Settings settings) throws IOException, InterruptedException {
        try (Monologue monologue = new Monologue(wire, server, settings)) {
            monologue.warmUp();
            return monologue.measure();
        }
    }
}
