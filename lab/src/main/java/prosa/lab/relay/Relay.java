package prosa.lab.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;
import prosa.lab.tls.TlsServer;

/**
 * Listens, and passes each connection on to a target: {@code client ── relay ── target}.
 *
 * <p>All methods may be called on any thread.
 *
 * <pre>{@code
 * try (Relay relay = Relay.to(target)) {
 *     relay.set(new Fault.Delay(Duration.ofMillis(50)));  // for those who are connected and those who come
 *     connectTo(relay.listening());
 *     relay.links().getFirst().set(Direction.DOWN, new Fault.Stall());
 * }
 * }</pre>
 */
public final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final Endpoint target;
    private final Optional<TlsServer> tls;
    private final Function<Link, Tap> taps;
    private static final long PAUSE_NANOS = 200_000_000;

    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;

    private Relay(ServerSocket listener, Endpoint target, Optional<TlsServer> tls, Function<Link, Tap> taps) {
        this.listener = listener;
        this.target = target;
        this.tls = tls;
        this.taps = taps;
    }

    /**
     * Listens on any free port of the loopback, and shows the bytes to nobody.
     *
     * @throws IOException if there is no port
     */
    public static Relay to(InetSocketAddress target) throws IOException {
        return start(new InetSocketAddress(target.getAddress(), 0), Endpoint.plain(target), link -> Tap.NONE);
    }

    /**
     * Listens from now on.
     *
     * @param at port 0 is any free one
     * @param target with TLS, it begins here: the bytes that are shown are those that it hides from others
     * @param taps asked once for each connection, before its first byte is read
     * @throws IOException if it can't listen there
     */
    public static Relay start(InetSocketAddress at, Endpoint target, Function<Link, Tap> taps) throws IOException {
        return start(at, target, Optional.empty(), taps);
    }

    /**
     * The same, and TLS ends here for who comes.
     *
     * @param tls empty: who comes speaks in the clear
     */
    public static Relay start(InetSocketAddress at, Endpoint target, Optional<TlsServer> tls, Function<Link, Tap> taps)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReceiveBufferSize(Link.RECEIVE_BUFFER);
            listener.bind(at);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        Relay relay = new Relay(listener, target, tls, taps);
        // No virtual thread: epoll, which waits for it, may keep a closed socket listening for a moment.
        Thread.ofPlatform().daemon().name("relay-" + listener.getLocalPort()).start(relay::accept);
        return relay;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("relay-link").start(() -> pass(client));
            } catch (IOException e) {
                // Closed; or out of file descriptors, and then the next accept would say so again, at once.
                if (!listener.isClosed()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void pass(Socket client) {
        Link link;
        try {
            Leg leg = tls.isPresent() ? tls.get().accept(client) : Leg.plain(client);
            link = new Link(leg, target, links::remove);
        } catch (IOException e) {
            return; // It has gone already, or could not speak TLS.
        }
        links.add(link);
        link.set(fault);
        link.start(taps.apply(link), new byte[0]);
        if (listener.isClosed()) {
            link.close();
        }
    }

    /** Where it listens. */
    public InetSocketAddress listening() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The open connections, in no order. One whose client has just connected may be missing for a moment. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** Does this to all connections in both directions, those that will come included. {@link Fault.Cut} hits only those that are there. */
    public void set(Fault fault) {
        this.fault = fault instanceof Fault.Cut ? Fault.NONE : fault;
        links.forEach(link -> link.set(fault));
    }

    /** Listens no more and closes all connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::close);
    }
}
