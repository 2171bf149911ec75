package prosa.lab.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Where somebody listens, and how to speak there.
 *
 * @param tls empty: in the clear
 */
public record Endpoint(InetSocketAddress at, Optional<Tls> tls) {
    public static Endpoint plain(InetSocketAddress at) {
        return new Endpoint(at, Optional.empty());
    }

    /** What is spoken on a socket that leads there. With TLS it makes the handshake, within 5 s for each read, and closes the socket if it fails. */
    public Leg join(Socket connected) throws IOException {
        return tls.isPresent() ? tls.get().join(connected) : Leg.plain(connected);
    }

    /** Another address that leads to the same server, whose certificate names that one and not the way to it. */
    public Endpoint by(InetSocketAddress way) {
        return new Endpoint(way, tls);
    }
}
