package prosa.lab.client;

import java.net.InetSocketAddress;
import java.util.OptionalInt;
import prosa.lab.tls.Endpoint;

/**
 * Where clients connect to: a Prosa, or a relay before it.
 *
 * @param http WebSocket, feed and HTTP
 * @param tcp lines
 * @param receiveBuffer how much the client's kernel may keep that the client has not read, in bytes; empty: as the system decides. It
 *     has to be known before connecting, as it bounds the window that TCP agrees on
 */
public record Address(Endpoint http, Endpoint tcp, OptionalInt receiveBuffer) {
    public Address(Endpoint http, Endpoint tcp) {
        this(http, tcp, OptionalInt.empty());
    }

    /** Where nothing is encrypted. */
    public static Address plain(InetSocketAddress http, InetSocketAddress tcp) {
        return new Address(Endpoint.plain(http), Endpoint.plain(tcp));
    }

    /** The same places, for clients that let no more than {@code bytes} wait unread. */
    public Address withReceiveBuffer(int bytes) {
        return new Address(http, tcp, OptionalInt.of(bytes));
    }

    /** The address of HTTP, as a browser writes it. */
    public String url() {
        return (http.tls().isPresent() ? "https://" : "http://") + host();
    }

    /** The value of HTTP's {@code Host}. */
    String host() {
        return Hosts.written(http.at());
    }
}
