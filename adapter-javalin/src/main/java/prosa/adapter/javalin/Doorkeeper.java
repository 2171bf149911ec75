package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides from which pages one may speak, and under which names of this host one may come. */
final class Doorkeeper {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|[a-z0-9.-]+\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]*)?");

    private final boolean loopback;

    /** @param addresses where the server listens: if all are of the loopback, only this machine can reach it */
    Doorkeeper(List<InetAddress> addresses) {
        this.loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }

    /**
     * Bound to loopback, the Host must be a loopback name: a page of another site whose name was made to resolve to 127.0.0.1 (DNS
     * rebinding) would otherwise be of the same origin as this server.
     */
    void checkHost(Context request) {
        String host = request.header("Host");
        if (loopback
                && host != null
                && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            throw new Forbidden("cross-site", "This server answers to the names of this machine only.");
        }
    }

    /**
     * Browsers let any page open a WebSocket and post a form, and say only where it comes from: from this server, from no server at
     * all (a program; or a page opened from disk, which says {@code null}), or from another site, which is refused.
     */
    void checkOrigin(Context request) {
        String origin = request.header("Origin");
        if (origin == null || loopback && origin.equals("null")) {
            return;
        }
        Optional<String> own = Optional.ofNullable(request.header("Host")).map(Doorkeeper::withoutDefaultPort);
        if (own.isEmpty() || !authority(origin).equals(own)) {
            throw new Forbidden("cross-site", "Pages of other sites can't speak here.");
        }
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).map(Doorkeeper::withoutDefaultPort);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A proxy may speak TLS for us, so the scheme can't be compared, and 80 and 443 may be left out. */
    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(?:80|443)$", "");
    }
}
