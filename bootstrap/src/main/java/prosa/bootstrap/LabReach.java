package prosa.bootstrap;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import prosa.certificate.Identity;
import prosa.lab.page.Spoken;
import prosa.lab.page.Targets;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Tls;
import prosa.lab.tls.TlsServer;
import prosa.lab.tls.Trust;

/**
 * How the lab's relay reaches this server, and how one may speak to the relay. In the clear where that is open, as it is one process; over
 * TLS where nothing else is.
 *
 * <p>Any thread.
 */
final class LabReach {
    private final Options options;
    private final Optional<Identity> identity;
    private final Wires wires;
    private final Supplier<Optional<InetSocketAddress>> entrance;

    /** @param entrance of HTTP's that is the relay's alone, in the clear; empty if it comes where everybody does */
    LabReach(
            Options options, Optional<Identity> identity, Wires wires, Supplier<Optional<InetSocketAddress>> entrance) {
        this.entrance = entrance;
        this.options = options;
        this.identity = identity;
        this.wires = wires;
    }

    private boolean isPlain() {
        return options.httpPort() instanceof HttpPort.Open;
    }

    Spoken spoken() {
        return new Spoken(isPlain(), identity.map(own -> new TlsServer(own.context(), own.parameters())));
    }

    /** Empty while HTTP is not up. */
    Optional<Targets> targets() {
        return entrance.get()
                .map(at -> new Endpoint(at, Optional.empty()))
                .or(() -> endpoint(isPlain() ? "http" : "https"))
                .map(http -> new Targets(http, endpoint(options.tcpPort().isPresent() ? "tcp" : "tcps")));
    }

    private Optional<Endpoint> endpoint(String scheme) {
        Optional<Tls> tls = identity.filter(own -> scheme.endsWith("s"))
                // The relay comes by the loopback, which no certificate has to name.
                .map(own -> new Tls(Trust.onlyThat(own::fingerprint), "localhost"));
        return wires.own(scheme).map(at -> new Endpoint(at, tls));
    }
}
