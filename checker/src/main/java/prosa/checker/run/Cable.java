package prosa.checker.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Relay;

/**
 * What leads from one node to its engines, and can be cut.
 *
 * @param relays one for each engine; none: the node needs none
 */
record Cable(List<Relay> relays) implements AutoCloseable {
    static Cable to(List<Engine> engines) throws IOException {
        List<Relay> relays = new ArrayList<>();
        for (Engine engine : engines) {
            relays.add(Relay.to(engine.at()));
        }
        return new Cable(List.copyOf(relays));
    }

    /** As Prosa is told of them. */
    String urls() {
        return relays.stream()
                .map(relay -> "nats://127.0.0.1:" + relay.listening().getPort())
                .collect(Collectors.joining(","));
    }

    /** What is sent vanishes. */
    void cut() {
        relays.forEach(relay -> relay.set(new Fault.HalfOpen()));
    }

    /** It passes again; connections of which something has vanished are reset. */
    void heal() {
        relays.forEach(relay -> relay.set(Fault.NONE));
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
    }
}
