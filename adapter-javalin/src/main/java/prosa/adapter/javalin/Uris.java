package prosa.adapter.javalin;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Where a server listens, written as in a browser's address bar. */
final class Uris {
    private Uris() {}

    static List<URI> of(String scheme, List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> URI.create(scheme + "://" + host(address) + ":" + address.getPort()))
                .toList();
    }

    private static String host(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        if (!(address.getAddress() instanceof Inet6Address)) {
            return host;
        }
        return address.getAddress().isLoopbackAddress() ? "[::1]" : "[" + host.replaceFirst("%.*", "") + "]";
    }
}
