package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides from which pages one may speak, and under which names of this host one may come. */
final class Doorkeeper {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|[a-z0-9.-]+\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]*)?");

    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");

    private final boolean loopback;
    private final Supplier<OptionalInt> relayPort;
    private final IntSupplier ownPort;

    /** @param addresses where the server listens: if all are of the loopback, only this machine can reach it */
    Doorkeeper(List<InetAddress> addresses) {
        this(addresses, OptionalInt::empty, () -> 0);
    }

    /**
     * @param addresses where the server listens
     * @param relayPort a port of this host's from which requests are passed on to this server as they are
     * @param ownPort the server's own
     */
    Doorkeeper(List<InetAddress> addresses, Supplier<OptionalInt> relayPort, IntSupplier ownPort) {
        this.loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        this.relayPort = relayPort;
        this.ownPort = ownPort;
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
        Optional<String> own = Optional.ofNullable(request.header("Host"))
                .map(this::behindRelay)
                .map(Doorkeeper::withoutDefaultPort);
        if (own.isEmpty() || !authority(origin).equals(own)) {
            throw new Forbidden("cross-site", "Pages of other sites can't speak here.");
        }
    }

    /** A page of ours that comes through the relay names the relay's port as its Host, and still comes from our own. */
    private String behindRelay(String host) {
        OptionalInt relay = relayPort.get();
        Matcher port = PORT.matcher(host);
        return relay.isPresent() && port.find() && port.group(1).equals(String.valueOf(relay.getAsInt()))
                ? port.replaceFirst(":" + ownPort.getAsInt())
                : host;
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
