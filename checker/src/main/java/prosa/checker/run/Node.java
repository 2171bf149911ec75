package prosa.checker.run;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import prosa.lab.client.Hosts;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Tls;
import prosa.lab.tls.Trust;

/**
 * Where a Prosa is reached: it, or a relay before it.
 *
 * @param name for people to read
 * @param host the value of HTTP's {@code Host}, which is that of the Prosa, whatever leads there
 * @param tcp empty: not at all
 * @param operatorToken empty: nobody knows it
 */
public record Node(String name, String host, Endpoint http, Optional<Endpoint> tcp, Optional<String> operatorToken) {

    /** One of this machine's, in the clear. */
    static Node local(String name, InetSocketAddress http, InetSocketAddress tcp, Optional<String> operatorToken) {
        return new Node(
                name, Hosts.written(http), Endpoint.plain(http), Optional.of(Endpoint.plain(tcp)), operatorToken);
    }

    /**
     * One that runs somewhere, with a certificate that this Java trusts if it has one.
     *
     * @param urls one of {@code http} or {@code https} without a path, and perhaps one of {@code tcp} or {@code tcps}, as Prosa prints them
     * @throws IllegalArgumentException if they are not
     */
    public static Node at(List<URI> urls) {
        URI http = urls.stream()
                .filter(url -> is(url, "http"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no address of HTTP: " + urls));
        Optional<URI> tcp = urls.stream().filter(url -> is(url, "tcp")).findFirst();
        if (urls.size() != 1 + tcp.stream().count() || urls.stream().anyMatch(url -> !isPlain(url))) {
            throw new IllegalArgumentException("not the addresses of one node: " + urls);
        }
        return new Node(
                http.getAuthority(),
                http.getAuthority(),
                endpoint(http, http.getScheme().endsWith("s") ? 443 : 80),
                tcp.map(url -> endpoint(url, url.getScheme().endsWith("s") ? 2324 : 2323)),
                Optional.empty());
    }

    private static boolean is(URI url, String scheme) {
        return scheme.equals(url.getScheme()) || (scheme + "s").equals(url.getScheme());
    }

    private static boolean isPlain(URI url) {
        return url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && (url.getPath().isEmpty() || url.getPath().equals("/"));
    }

    private static Endpoint endpoint(URI url, int usual) {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        InetSocketAddress at = new InetSocketAddress(host, url.getPort() < 0 ? usual : url.getPort());
        if (at.isUnresolved()) {
            throw new IllegalArgumentException("unknown: " + host);
        }
        return new Endpoint(
                at, url.getScheme().endsWith("s") ? Optional.of(new Tls(Trust.usual(), host)) : Optional.empty());
    }
}
