package prosa.lab.experiment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.server.OwnServer;

/** A server of the laboratory's own in a network of its own, on whose one cable packets are really lost. */
final class NamespaceWay implements Way {
    private final NetworkNamespace namespace;
    private final OwnServer server;
    private final Sockets sockets;

    private NamespaceWay(NetworkNamespace namespace, OwnServer server) {
        this.namespace = namespace;
        this.server = server;
        this.sockets = Sockets.of(server.server());
    }

    /**
     * Empty where the system does not let us.
     *
     * @param main the class with the main method of Prosa
     * @param work where its data goes
     */
    static Optional<Way> make(String main, WorkFolder work) throws IOException, InterruptedException {
        Optional<NetworkNamespace> namespace = NetworkNamespace.make();
        if (namespace.isEmpty()) {
            return Optional.empty();
        }
        try {
            OwnServer server = OwnServer.start(main, work, namespace.get().within(), "0.0.0.0");
            return Optional.of(new NamespaceWay(namespace.get(), server));
        } catch (IOException e) {
            namespace.get().close();
            throw e;
        }
    }

    @Override
    public String id() {
        return "network-namespace";
    }

    private Address at(String host) {
        Address listening = server.server().address();
        InetAddress there = InetAddress.ofLiteral(host);
        return Address.plain(
                new InetSocketAddress(there, listening.http().at().getPort()),
                new InetSocketAddress(there, listening.tcp().at().getPort()));
    }

    @Override
    public boolean losesPackets() {
        return true;
    }

    @Override
    public Follower follow(Wire wire, Following following) throws IOException {
        return Clients.follow(wire, at(namespace.losing()), following);
    }

    @Override
    public Address around() {
        return at(namespace.safe());
    }

    @Override
    public void vanish() throws IOException, InterruptedException {
        namespace.vanish();
    }

    @Override
    public boolean serverHolds(Follower follower) {
        Address listening = server.server().address();
        int port = (follower.wire() == Wire.TCP ? listening.tcp() : listening.http())
                .at()
                .getPort();
        return sockets.holds(port, follower.connection()).orElse(true);
    }

    @Override
    public void close() {
        server.close();
        namespace.close();
    }
}
