package prosa.lab.experiment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Link;
import prosa.lab.relay.Relay;
import prosa.lab.relay.Tap;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.SelfSigned;
import prosa.lab.tls.Tls;
import prosa.lab.tls.TlsServer;

/** A relay before each of a server's ports. Any thread may call it. */
final class Through implements AutoCloseable {
    private final Relay http;
    private final Relay tcp;
    private final Address address;

    private Through(Relay http, Relay tcp, Address address) {
        this.http = http;
        this.tcp = tcp;
        this.address = address;
    }

    /** As routers are: what is encrypted stays so. */
    static Through to(Address server) throws IOException {
        return to(server, link -> Tap.NONE);
    }

    /** The same. */
    static Through to(Address server, Function<Link, Tap> taps) throws IOException {
        Address sealed = Address.plain(server.http().at(), server.tcp().at());
        return start(
                sealed,
                Optional.empty(),
                taps,
                (http, tcp) -> new Address(server.http().by(http), server.tcp().by(tcp)));
    }

    /** As proxies are that look at what passes: TLS ends there, with a certificate of theirs, and begins anew towards the server. */
    static Through opening(Address server, Function<Link, Tap> taps, WorkFolder work)
            throws IOException, InterruptedException {
        if (server.http().tls().isEmpty() && server.tcp().tls().isEmpty()) {
            return to(server, taps);
        }
        SelfSigned certificate = SelfSigned.passing(work);
        Optional<Tls> tls = Optional.of(certificate.tls("127.0.0.1"));
        return start(
                server,
                Optional.of(certificate.server()),
                taps,
                (http, tcp) -> new Address(new Endpoint(http, tls), new Endpoint(tcp, tls)));
    }

    private static Through start(
            Address targets,
            Optional<TlsServer> tls,
            Function<Link, Tap> taps,
            BiFunction<InetSocketAddress, InetSocketAddress, Address> address)
            throws IOException {
        // A server on loopback wants to be called by a name of this machine.
        InetSocketAddress here = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        Relay http = Relay.start(here, targets.http(), tls, taps);
        try {
            Relay tcp = Relay.start(here, targets.tcp(), tls, taps);
            return new Through(http, tcp, address.apply(http.listening(), tcp.listening()));
        } catch (IOException e) {
            http.close();
            throw e;
        }
    }

    /** Where clients connect to. */
    Address address() {
        return address;
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
