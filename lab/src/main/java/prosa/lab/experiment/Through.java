package prosa.lab.experiment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import prosa.lab.client.Address;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Link;
import prosa.lab.relay.Relay;
import prosa.lab.relay.Tap;

/** A relay before each of a server's ports. Any thread may call it. */
final class Through implements AutoCloseable {
    private final Relay http;
    private final Relay tcp;

    private Through(Relay http, Relay tcp) {
        this.http = http;
        this.tcp = tcp;
    }

    static Through to(Address server) throws IOException {
        return to(server, link -> Tap.NONE);
    }

    static Through to(Address server, Function<Link, Tap> taps) throws IOException {
        // A server on loopback wants to be called by a name of this machine.
        InetSocketAddress here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        Relay http = Relay.start(here, server.http(), taps);
        try {
            return new Through(http, Relay.start(here, server.tcp(), taps));
        } catch (IOException e) {
            http.close();
            throw e;
        }
    }

    /** Where clients connect to. */
    Address address() {
        return new Address(http.listening(), tcp.listening());
    }

    List<Link> links() {
        return Stream.of(http, tcp).flatMap(relay -> relay.links().stream()).toList();
    }

    /** Does this to all connections, also those that will come. */
    void set(Fault fault) {
        http.set(fault);
        tcp.set(fault);
    }

    @Override
    public void close() {
        http.close();
        tcp.close();
    }
}
