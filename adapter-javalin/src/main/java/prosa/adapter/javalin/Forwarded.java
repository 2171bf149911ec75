package prosa.adapter.javalin;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;

/**
 * For whom a trusted proxy asks, by {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239). Whoever asked a proxy stands to the right of
 * whatever that one claimed, so it is read from the right, up to the first who is not trusted. Nothing in it can fail: what is no address,
 * such as {@code unknown}, {@code _hidden} or garbage, ends the way there, and nothing is ever looked up.
 *
 * <p>Where both are there, {@code X-Forwarded-For} is believed alone: nearly all proxies write that one, and pass on a {@code Forwarded} that
 * a client made up.
 *
 * @param client the address
 * @param scheme by which that one asked, if a proxy says so
 */
record Forwarded(InetAddress client, Optional<String> scheme) {
    private static final String PORT_BEHIND = "]:";

    /** @param proxy that asks, and is trusted */
    static Forwarded by(InetAddress proxy, HttpFields head, Proxies trusted) {
        List<String> addresses = elements(head, HttpHeader.X_FORWARDED_FOR);
        if (!addresses.isEmpty()) {
            List<Hop> hops = addresses.stream()
                    .map(element -> new Hop(address(element), Optional.empty()))
                    .toList();
            return new Forwarded(client(proxy, hops, trusted).client, scheme(head));
        }
        List<Hop> hops = elements(head, HttpHeader.FORWARDED).stream()
                .map(Forwarded::hop)
                .toList();
        return hops.isEmpty() ? new Forwarded(proxy, scheme(head)) : client(proxy, hops, trusted);
    }

    /** What one proxy says. */
    private record Hop(Optional<InetAddress> from, Optional<String> scheme) {}

    private static Forwarded client(InetAddress proxy, List<Hop> hops, Proxies trusted) {
        Forwarded found = new Forwarded(proxy, Optional.empty());
        for (Hop hop : hops.reversed()) {
            if (hop.from.isEmpty()) {
                return found;
            }
            found = new Forwarded(hop.from.get(), hop.scheme);
            if (!trusted.trusts(found.client)) {
                return found;
            }
        }
        return found;
    }

    /** The nearest proxy's word: what stands before it may be anybody's. */
    private static Optional<String> scheme(HttpFields head) {
        List<String> schemes = elements(head, HttpHeader.X_FORWARDED_PROTO);
        return schemes.isEmpty()
                ? Optional.empty()
                : Optional.of(schemes.getLast().toLowerCase(Locale.ROOT));
    }

    /**
     * At every comma, in quotes or not: no address and no scheme has one, and a quotation mark that a client left open must not swallow
     * what the proxy wrote behind it.
     */
    private static List<String> elements(HttpFields head, HttpHeader name) {
        List<String> elements = new ArrayList<>();
        for (String line : head.getValuesList(name)) {
            for (String element : line.split(",")) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    private static Hop hop(String element) {
        Optional<InetAddress> from = Optional.empty();
        Optional<String> scheme = Optional.empty();
        for (String pair : element.split(";")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "for" -> from = address(pair.substring(equals + 1).strip());
                case "proto" ->
                    scheme = Optional.of(
                            unquoted(pair.substring(equals + 1).strip()).toLowerCase(Locale.ROOT));
                default -> {} // of whom it was asked, and what newer proxies say
            }
        }
        return new Hop(from, scheme);
    }

    /** An address, perhaps with a port: {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code "[2001:db8::1]:4711"}, {@code 2001:db8::1}. */
    private static Optional<InetAddress> address(String node) {
        String plain = unquoted(node);
        if (plain.startsWith("[")) {
            int end = plain.indexOf(']');
            boolean whole = end == plain.length() - 1 || plain.startsWith(PORT_BEHIND, end);
            return end > 0 && whole ? Subnet.address(plain.substring(1, end)) : Optional.empty();
        }
        int colon = plain.indexOf(':');
        boolean port = colon >= 0 && colon == plain.lastIndexOf(':');
        return Subnet.address(port ? plain.substring(0, colon) : plain);
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
