package prosa.lab.figures;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a wire costs the server. Both need to know its process, and are empty where that can't be looked at.
 *
 * @param cpuMicrosPerDelivery processor time, of users and kernel together, for one message to one follower; on
 *     Linux without that of the JVM's compilers
 * @param idle memory for connections that nothing is said to
 */
public record Cost(OptionalDouble cpuMicrosPerDelivery, Optional<Idle> idle) {
    public Cost {
        cpuMicrosPerDelivery.ifPresent(micros -> Check.notNegative(micros, "cpuMicrosPerDelivery"));
    }

    /**
     * What the server's resident memory grew by as idle connections came.
     *
     * @param connections how many came
     * @param bytesEach of resident memory for each; may be 0 or below, if the collector gave back more than they took
     * @param noiseBytesEach how far the samples lay apart, for each connection: a difference below this means nothing
     */
    public record Idle(int connections, long bytesEach, long noiseBytesEach) {
        public Idle {
            Check.atLeast(1, connections, "connections");
            Check.atLeast(0, noiseBytesEach, "noiseBytesEach");
        }
    }
}
