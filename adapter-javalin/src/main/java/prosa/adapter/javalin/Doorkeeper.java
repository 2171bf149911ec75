package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides from which pages one may speak, and under which names of this host one may come. */
final class Doorkeeper {
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

    /** @throws Denied {@link Denial#CROSS_SITE} */
    void checkHost(Context request) {
        checkHost(request.header("Host"));
    }

    /** @throws Denied {@link Denial#CROSS_SITE} */
    void checkOrigin(Context request) {
        checkOrigin(request.header("Origin"), request.header("Host"), "https".equals(request.scheme()));
    }

    /**
     * Bound to loopback, the Host must be a loopback name: a page of another site whose name was made to resolve to 127.0.0.1 (DNS
     * rebinding) would otherwise be of the same origin as this server.
     */
    void checkHost(@Nullable String host) {
        if (loopback && host != null && !Host.of(host).map(Host::isLoopback).orElse(false)) {
            throw new Denied(Denial.CROSS_SITE);
        }
    }

    /**
     * Browsers let any page open a WebSocket and post a form, and say only where it comes from: from this server, from no server at
     * all (a program; or a page opened from disk, which says {@code null}), or from another site, which is refused.
     *
     * @param secure whether it came over TLS: then a page that came in the clear, and that anybody on the way may have written, is of
     *     another site
     */
    void checkOrigin(@Nullable String origin, @Nullable String host, boolean secure) {
        if (origin == null || loopback && origin.equals("null")) {
            return;
        }
        Optional<Host> own = Optional.ofNullable(host).flatMap(Host::of).map(this::behindRelay);
        boolean clear = !origin.regionMatches(true, 0, "https:", 0, "https:".length());
        if (secure && clear || own.isEmpty() || !hostOf(origin).equals(own)) {
            throw new Denied(Denial.CROSS_SITE);
        }
    }

    /** A page of ours that comes through the relay names the relay's port as its Host, and still comes from our own. */
    private Host behindRelay(Host host) {
        OptionalInt relay = relayPort.get();
        return relay.isPresent() && host.port().equals(relay) ? host.withPort(ownPort.getAsInt()) : host;
    }

    /** A proxy may speak TLS for us, so in the clear the scheme can't be compared, and 80 and 443 may be left out. */
    private static Optional<Host> hostOf(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).flatMap(Host::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
