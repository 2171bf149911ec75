package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Host;
import prosa.application.port.Origin;

/** Decides from which pages one may speak, and under which names of this host one may come. Any thread. */
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    /** The log tells of no more origins that were refused: any page can make up some. */
    private static final int MOST_TOLD = 16;

    private final boolean loopback;
    private final Set<Origin> others;
    private final Set<String> othersHosts;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Supplier<OptionalInt> relayPort;
    private final IntSupplier ownPort;

    /** @param addresses where the server listens: if all are of the loopback, only this machine can reach it */
    Doorkeeper(List<InetAddress> addresses) {
        this(addresses, Set.of(), OptionalInt::empty, () -> 0);
    }

    /**
     * @param addresses where the server listens
     * @param others of pages that may speak beside our own; their hosts are names of this server's, too
     * @param relayPort a port of this host's from which requests are passed on to this server as they are
     * @param ownPort the server's own
     */
    Doorkeeper(List<InetAddress> addresses, Set<Origin> others, Supplier<OptionalInt> relayPort, IntSupplier ownPort) {
        this.loopback = addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        this.others = Set.copyOf(others);
        this.othersHosts =
                others.stream().flatMap(origin -> origin.host().stream()).collect(Collectors.toUnmodifiableSet());
        this.relayPort = relayPort;
        this.ownPort = ownPort;
    }

    /** @throws Denied {@link Denial#CROSS_SITE} */
    void checkHost(Context request) {
        checkHost(request.header("Host"));
    }

    /**
     * Bound to loopback, the Host must be a loopback name: a page of another site whose name was made to resolve to 127.0.0.1 (DNS
     * rebinding) would otherwise be of the same origin as this server.
     */
    void checkHost(@Nullable String host) {
        if (!loopback || host == null) {
            return;
        }
        Optional<Host> named = Host.of(host);
        boolean ours = named.isPresent()
                && (named.get().isLoopback() || othersHosts.contains(named.get().name()));
        if (!ours) {
            throw refused("A request for {} was refused: {} lets it in", Origin.parse("https://" + host));
        }
    }

    /** Whether pages from there were let in by name, beside our own. */
    boolean isNamed(@Nullable String origin) {
        return origin != null
                && !others.isEmpty()
                && Origin.parse(origin).filter(others::contains).isPresent();
    }

    private Denied refused(String line, Optional<Origin> origin) {
        if (origin.isEmpty()) {
            return new Denied(Denial.CROSS_SITE);
        }
        String option = "--allow-origin " + origin.get();
        if (told.size() < MOST_TOLD && told.add(line + option)) {
            LOG.warn(line, origin.get(), option);
        }
        return new Denied(Denial.CROSS_SITE, Optional.of(option));
    }

    /**
     * Browsers let any page open a WebSocket and post a form, and say only where it comes from: from this server, from no server at
     * all (a program; or a page opened from disk, which says {@code null}), or from another site, which is refused unless it was named.
     *
     * @param secure whether it came over TLS: then a page that came in the clear, and that anybody on the way may have written, is of
     *     another site
     */
    void checkOrigin(@Nullable String origin, @Nullable String host, boolean secure) {
        if (origin == null || loopback && origin.equals(Origin.NONE.serialized()) || isNamed(origin)) {
            return;
        }
        Optional<Host> own = Optional.ofNullable(host).flatMap(Host::of).map(this::behindRelay);
        boolean clear = !origin.regionMatches(true, 0, "https:", 0, "https:".length());
        if (secure && clear || own.isEmpty() || !hostOf(origin).equals(own)) {
            throw refused("A page of {} was refused: {} lets it speak", Origin.parse(origin));
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
