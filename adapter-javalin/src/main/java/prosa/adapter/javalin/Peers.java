package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.application.port.UserHeader;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Via;

/**
 * Who asks, as far as HTTP can tell: a trusted proxy is believed whom it asks for, and nobody else. Secrets that can't be read are {@link
 * Refused}. Any thread.
 */
final class Peers {
    private static final Via WEB_SOCKET = new Via("ws");
    private static final Via EVENT_STREAM = new Via("sse");
    private static final Via HTTP = new Via("http");

    /** This host (RFC 1122 §3.2.1.3): who comes through the lab's relay may be anybody, and is no proxy. */
    private static final InetAddress RELAYED = Subnet.address("0.0.0.0").orElseThrow();

    private final Proxies proxies;
    private final Optional<UserHeader> userHeader;
    private final Predicate<Connector> isRelays;

    /** @param isRelays whether only the lab's relay connects there, which passes on what anybody says */
    Peers(Trust trust, Predicate<Connector> isRelays) {
        this.proxies = trust.proxies();
        this.userHeader = trust.userHeader();
        this.isRelays = isRelays;
    }

    /**
     * Somebody who may speak.
     *
     * @throws Denied {@link Denial#UNAUTHORIZED} if a proxy vouches for names, and for none here
     * @throws Refused {@link Reason#NAME_INVALID} if it is none
     */
    Peer overWebSocket(Request request, Query query) {
        return new Peer(WEB_SOCKET, address(request), credentials(request, query), vouched(request));
    }

    /** Somebody who speaks; as {@link #overWebSocket}. */
    Peer speaking(Context context, Query query) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        return new Peer(HTTP, address(request), credentials(request, query), vouched(request));
    }

    Peer overEventStream(Context request, Query query) {
        return overEventStream(ServletContextRequest.getServletContextRequest(request.req()), query);
    }

    Peer overEventStream(Request request, Query query) {
        return new Peer(EVENT_STREAM, address(request), credentials(request, query));
    }

    /** Somebody who reads. */
    Peer overHttp(Context context, Query query) {
        Request request = ServletContextRequest.getServletContextRequest(context.req());
        return new Peer(HTTP, address(request), credentials(request, query));
    }

    private static Credentials credentials(Request request, Query query) {
        return CredentialFields.read(request.getHeaders()::getValuesList, query);
    }

    /** From where it comes. */
    InetAddress address(Context request) {
        return address(ServletContextRequest.getServletContextRequest(request.req()));
    }

    private InetAddress address(Request request) {
        if (isRelays.test(request.getConnectionMetaData().getConnector())) {
            return RELAYED;
        }
        InetAddress next = next(request);
        return proxies.trusts(next)
                ? Forwarded.by(next, request.getHeaders(), proxies).client()
                : next;
    }

    /** Whether it came over TLS, to us or to a trusted proxy. */
    boolean isSecure(Context request) {
        return isSecure(ServletContextRequest.getServletContextRequest(request.req()));
    }

    boolean isSecure(Request request) {
        return isOfProxy(request)
                ? Forwarded.by(next(request), request.getHeaders(), proxies)
                        .scheme()
                        .map("https"::equals)
                        .orElse(request.isSecure())
                : request.isSecure();
    }

    Optional<Name> vouched(Context request) {
        return vouched(ServletContextRequest.getServletContextRequest(request.req()));
    }

    /** Throws what {@link #overWebSocket} would throw. */
    Optional<Name> vouched(Request request) {
        if (userHeader.isEmpty() || !isOfProxy(request)) {
            return Optional.empty();
        }
        Optional<Name> name = VouchedName.in(request.getHeaders(), userHeader.get());
        if (name.isEmpty()) {
            throw new Denied(Denial.UNAUTHORIZED);
        }
        return name;
    }

    private boolean isOfProxy(Request request) {
        return !isRelays.test(request.getConnectionMetaData().getConnector()) && proxies.trusts(next(request));
    }

    /** Who is connected to us. */
    private static InetAddress next(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }
}
