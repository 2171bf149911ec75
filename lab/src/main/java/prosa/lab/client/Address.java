package prosa.lab.client;

import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * Where clients connect to: a Prosa, or a relay before it.
 *
 * @param http WebSocket, feed and HTTP
 * @param tcp lines
 * @param receiveBuffer how much the client's kernel may keep that the client has not read, in bytes; empty: as the system decides. It
 *     has to be known before connecting, as it bounds the window that TCP agrees on
 */
public record Address(InetSocketAddress http, InetSocketAddress tcp, OptionalInt receiveBuffer) {
    public Address(InetSocketAddress http, InetSocketAddress tcp) {
        this(http, tcp, OptionalInt.empty());
    }

    /** The same places, for clients that let no more than {@code bytes} wait unread. */
    public Address withReceiveBuffer(int bytes) {
        return new Address(http, tcp, OptionalInt.of(bytes));
    }

    /** The value of HTTP's {@code Host}. */
    String host() {
        return Hosts.written(http);
    }
}
