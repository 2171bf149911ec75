package prosa.lab.page;

import java.io.IOException;
import java.net.Socket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import prosa.lab.Wire;
import prosa.lab.relay.Link;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/**
 * One open page: its connections, what happens to them, and a TCP client that stands in for one that a browser can't have.
 *
 * <p>Its own lock owns the connections; reports may come from any thread. They wait here for the page, which is told in order by one
 * thread, and of no more than it reads.
 */
final class Session implements AutoCloseable {
    /** What a page needs is three; the rest is for those that have not been closed yet. */
    private static final int MAX_LINKS = 16;

    private final String token;
    private final String room;
    private final Targets targets;
    private final long begun = System.nanoTime();
    private final Reports reports = new Reports();
    private final Map<Wire, Watch> watches = new EnumMap<>(Wire.class);
    private final Map<Wire, Integer> counts = new EnumMap<>(Wire.class);
    private final Set<Link> links = new HashSet<>();
    private final Probe probe;
    private boolean followed;
    private volatile boolean closed;
    private volatile Runnable whenClosed = () -> {};

    Session(String token, String room, Targets targets) {
        this.token = token;
        this.room = room;
        this.targets = targets;
        this.probe = new Probe(this);
    }

    String token() {
        return token;
    }

    String room() {
        return room;
    }

    Targets targets() {
        return targets;
    }

    Probe probe() {
        return probe;
    }

    /** Milliseconds since the session began, of {@link System#nanoTime()}. */
    double millis(long nanos) {
        return (nanos - begun) / 1_000 / 1_000.0;
    }

    double now() {
        return millis(System.nanoTime());
    }

    /** Whether nobody has followed it for so long after it began that nobody will. */
    boolean isForgotten(long afterMillis) {
        return !isFollowed() && now() > afterMillis;
    }

    private synchronized boolean isFollowed() {
        return followed;
    }

    /** Makes whoever calls the one who reads the reports. Returns false if there is one already, or the session is over. */
    boolean follow(Runnable whenClosed) {
        synchronized (this) {
            if (followed || closed) {
                return false;
            }
            followed = true;
            this.whenClosed = whenClosed;
        }
        probe.start();
        return true;
    }

    /** Something happened. */
    void tell(Report report) {
        if (!closed) {
            reports.add(report);
        }
    }

    /** Something passed: left out before what happened is. */
    void tellOfTraffic(Report report) {
        if (!closed) {
            reports.addTraffic(report);
        }
    }

    /** The next report, or null if there is none within the time. */
    @Nullable
    Report next(long millis) throws InterruptedException {
        long now = System.nanoTime();
        return reports.next(millis, now, millis(now));
    }

    boolean isClosed() {
        return closed;
    }

    /** What a client sends first. */
    @FunctionalInterface
    interface Head {
        byte[] read() throws IOException;
    }

    /** Passes a connection on to the server once its head is here. Closes it if there are too many, or if its head does not come. */
    void admit(Wire wire, Leg client, Head head) {
        Optional<Endpoint> server = wire == Wire.TCP ? targets.tcp() : Optional.of(targets.http());
        if (server.isEmpty()) {
            close(client);
            return;
        }
        Link link = new Link(client, server.get(), this::forget);
        if (!seat(link)) {
            link.close();
            return;
        }
        try {
            byte[] alreadyRead = head.read();
            Watch watch = watch(wire, link);
            watch.opened();
            link.start(watch, alreadyRead);
        } catch (IOException e) {
            link.close();
        }
        if (closed) {
            link.close();
        }
    }

    private static void close(Leg client) {
        try {
            client.drop();
        } catch (IOException e) {
            // gone already
        }
    }

    private synchronized boolean seat(Link link) {
        return !closed && links.size() < MAX_LINKS && links.add(link);
    }

    /** How many connections it has, those whose head is on its way included. */
    synchronized int placesTaken() {
        return links.size();
    }

    private synchronized Watch watch(Wire wire, Link link) {
        Watch watch = new Watch(this, link, wire, wire.id() + "-" + counts.merge(wire, 1, Integer::sum));
        watches.put(wire, watch);
        return watch;
    }

    private synchronized void forget(Link link) {
        links.remove(link);
    }

    /** Does it to the wire's newest connection. Returns false if that is over. */
    boolean befall(Wire wire, FaultName fault) {
        Watch watch;
        synchronized (this) {
            watch = watches.get(wire);
        }
        if (watch == null || watch.link().isOver()) {
            return false;
        }
        watch.befall(fault);
        return true;
    }

    /** Ends it and all its connections. */
    @Override
    public void close() {
        Set<Link> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = Set.copyOf(links);
        }
        probe.close();
        open.forEach(Link::close);
        whenClosed.run();
    }

    /** A connection of this host to itself: the side that came in is watched, the other one is returned. */
    Socket watchedSocket() throws IOException {
        return SelfConnection.open(accepted -> admit(Wire.TCP, Leg.plain(accepted), () -> new byte[0]));
    }
}
