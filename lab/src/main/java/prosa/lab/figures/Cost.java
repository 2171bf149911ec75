package prosa.lab.figures;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a wire costs the server. Both need to know its process, and are empty where that can't be looked at.
 *
 * @param cpuMicrosPerDelivery processor time, of users and kernel together, for one message to one follower, with its share of what
 *     it took to take the message in, from a WebSocket whatever the wire, and to keep it; on Linux without that of the JVM's compilers
 * @param idle memory for connections that nothing is said to
 */
public record Cost(OptionalDouble cpuMicrosPerDelivery, Optional<Idle> idle) {
    public Cost {
        cpuMicrosPerDelivery.ifPresent(micros -> Check.notNegative(micros, "cpuMicrosPerDelivery"));
    }

    /**
     * What the server's memory grew by as idle connections came.
     *
     * @param connections how many came
     * @param bytesEach for each; may be 0 or below where the system gave back more than they took
     * @param noiseBytesEach how far the samples lay apart, for each connection: a difference below this means nothing
     */
    public record Idle(int connections, long bytesEach, long noiseBytesEach, Source source) {
        public Idle {
            Check.atLeast(1, connections, "connections");
            Check.atLeast(0, noiseBytesEach, "noiseBytesEach");
        }
    }

    /** Which memory it is. */
    public enum Source {
        /** What is left on the JVM's heap after a collection: what the connections need, to some bytes. */
        LIVE_HEAP("live-heap"),
        /** What of the process is resident, garbage and all. A JVM gives little of it back, so this needs many connections. */
        RESIDENT("resident");

        private final String id;

        Source(String id) {
            this.id = id;
        }

        /** What it is called in figures. */
        public String id() {
            return id;
        }
    }
}
