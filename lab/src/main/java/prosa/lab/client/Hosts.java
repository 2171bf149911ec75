package prosa.lab.client;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** How an address is written in a URL and in HTTP's {@code Host} (RFC 3986 §3.2.2: IPv6 in brackets). */
public final class Hosts {
    private Hosts() {}

    public static String written(InetSocketAddress address) {
        String host = address.getHostString();
        boolean bare = address.getAddress() instanceof Inet6Address && host.contains(":") && !host.startsWith("[");
        return (bare ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
