package prosa.checker.run;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Relay;
import prosa.lab.tls.Endpoint;

/**
 * The way to a node, on which connections can be cut.
 *
 * @param behind the node itself
 * @param node the same, by the relays
 */
record Door(Node behind, Node node, Relay http, Optional<Relay> tcp) implements AutoCloseable {
    static Door before(Node behind) throws IOException {
        // What is encrypted passes as it is.
        Relay http = Relay.to(behind.http().at());
        Optional<Relay> tcp = Optional.empty();
        Optional<Endpoint> byTcp = Optional.empty();
        if (behind.tcp().isPresent()) {
            Relay relay = Relay.to(behind.tcp().get().at());
            tcp = Optional.of(relay);
            byTcp = Optional.of(behind.tcp().get().by(relay.listening()));
        }
        Node node = new Node(
                behind.name(), behind.host(), behind.http().by(http.listening()), byTcp, behind.operatorToken());
        return new Door(behind, node, http, tcp);
    }

    /** All connections end abruptly. */
    void reset() {
        set(new Fault.Cut(Fault.Cut.How.RST));
    }

    /** All connections end in order. */
    void end() {
        set(new Fault.Cut(Fault.Cut.How.FIN));
    }

    /** Nothing passes, and nothing is lost. */
    void stall() {
        set(new Fault.Stall());
    }

    /** What is sent vanishes. */
    void vanish() {
        set(new Fault.HalfOpen());
    }

    /** All passes again; connections of which something has vanished are reset. */
    void heal() {
        set(Fault.NONE);
    }

    private void set(Fault fault) {
        relays().forEach(relay -> relay.set(fault));
    }

    private Stream<Relay> relays() {
        return Stream.concat(Stream.of(http), tcp.stream());
    }

    @Override
    public void close() {
        relays().forEach(Relay::close);
    }
}
