package prosa.application.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An address as people read it, and as a URI has it (RFC 3986 §3.2): IPv6 in brackets, and as short as RFC 5952 §4.2 wants it. */
public final class Authority {
    /** Two groups or more; one alone is not shortened. */
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(?::0)+(?![0-9a-f])");

    private Authority() {}

    /** {@code tcp://[::1]:2323} */
    public static URI uri(String scheme, InetSocketAddress address) {
        return URI.create(scheme + "://" + host(address.getAddress()) + ":" + address.getPort());
    }

    /** {@code 127.0.0.1}, {@code [fe80::1]}. The zone of an IPv6 address means something on this machine alone, and is left out. */
    public static String host(InetAddress address) {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + shortened(host.replaceFirst("%.*", "")) + "]" : host;
    }

    /** The longest run of zeros, the first of several, becomes {@code ::} (RFC 5952 §4.2.3). */
    private static String shortened(String groups) {
        MatchResult longest = ZEROS.matcher(groups)
                .results()
                .reduce((a, b) -> b.group().length() > a.group().length() ? b : a)
                .orElse(null);
        if (longest == null) {
            return groups;
        }
        String before = groups.substring(0, longest.start());
        String after = groups.substring(longest.end());
        return (before.isEmpty() ? ":" : before) + (after.isEmpty() ? ":" : after);
    }
}
