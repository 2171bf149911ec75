package prosa.bootstrap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import prosa.bootstrap.Choices.Given;
import prosa.lab.client.Hosts;
import prosa.lab.compare.BadOption;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Trust;
import prosa.language.Catalogue;

/** Where a server is asked how it is: at {@code /ready}, or where it has no HTTP at the port for lines. */
sealed interface HealthPlace {
    /** What is asked. */
    String READY = "/ready";

    /** How people write it. */
    String shown();

    /** @param path within the host, with that of {@code /ready} */
    record OfHttp(Endpoint endpoint, String host, String path) implements HealthPlace {
        @Override
        public String shown() {
            return host;
        }
    }

    /** Where only lines are spoken. */
    record OfLines(Endpoint endpoint) implements HealthPlace {
        @Override
        public String shown() {
            return Hosts.written(endpoint.at());
        }
    }

    /** An address that somebody gave. */
    static HealthPlace at(String typed, Catalogue words) throws BadOption {
        try {
            URI url = URI.create(typed);
            boolean secure = "https".equalsIgnoreCase(url.getScheme());
            if (url.getHost() == null || !secure && !"http".equalsIgnoreCase(url.getScheme())) {
                throw new BadOption("URL", typed, words.get("bad.url"));
            }
            int port = url.getPort() < 0 ? secure ? 443 : 80 : url.getPort();
            String base = Optional.ofNullable(url.getRawPath()).orElse("").replaceFirst("/+$", "");
            InetSocketAddress at = new InetSocketAddress(url.getHost(), port);
            if (at.isUnresolved()) {
                throw new BadOption("URL", typed, words.get("bad.bind.unknown"));
            }
            return new OfHttp(endpoint(at, secure), url.getRawAuthority(), base + READY);
        } catch (IllegalArgumentException e) {
            throw new BadOption("URL", typed, words.get("bad.url"));
        }
    }

    /** Where a server listens that was started with these choices. */
    static HealthPlace of(Choices choices) throws BadOption {
        PortValues ports = new PortValues(choices, (given, complaint) -> Path.of(given.value()));
        Optional<Tls> tls = ports.tls();
        HttpPort http = ports.http(tls);
        OptionalInt tcp = ports.tcp(http, tls);
        InetAddress address = own(choices);
        if (http instanceof HttpPort.Open(int port)) {
            return ofHttp(choices, Option.HTTP_PORT, address, port, false);
        }
        OptionalInt https = tls.map(Tls::httpsPort).orElse(OptionalInt.empty());
        if (https.isPresent()) {
            return ofHttp(choices, Option.HTTPS_PORT, address, https.getAsInt(), true);
        }
        if (tcp.isPresent()) {
            return new OfLines(endpoint(known(choices, Option.TCP_PORT, address, tcp.getAsInt()), false));
        }
        int lines = tls.map(Tls::tcpPort).orElse(OptionalInt.empty()).orElseThrow();
        return new OfLines(endpoint(known(choices, Option.TCP_TLS_PORT, address, lines), true));
    }

    private static HealthPlace ofHttp(Choices choices, Option option, InetAddress address, int port, boolean secure)
            throws BadOption {
        InetSocketAddress at = known(choices, option, address, port);
        return new OfHttp(endpoint(at, secure), Hosts.written(at), READY);
    }

    private static Endpoint endpoint(InetSocketAddress at, boolean secure) {
        return new Endpoint(
                at,
                secure ? Optional.of(new prosa.lab.tls.Tls(Trust.anybody(), at.getHostString())) : Optional.empty());
    }

    /** A server that took any free port can't be found by that. */
    private static InetSocketAddress known(Choices choices, Option option, InetAddress address, int port)
            throws BadOption {
        if (port == 0) {
            throw choices.alone(choices.given(option), "health.any-port");
        }
        return new InetSocketAddress(address, port);
    }

    /** The first that it is bound to; of all, this machine's own. */
    private static InetAddress own(Choices choices) throws BadOption {
        Given given = choices.given(Option.BIND);
        InetAddress first = OptionValues.bind(choices, given).addresses().getFirst();
        if (!first.isAnyLocalAddress()) {
            return first;
        }
        return InetAddress.ofLiteral(first instanceof Inet4Address ? "127.0.0.1" : "::1");
    }
}
