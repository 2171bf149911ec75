package prosa.lab.experiment;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The rule by which browsers connect over HTTP/1.1: six connections at most to one host and port, for all pages together; whatever
 * else is asked for waits its turn. WebSockets are counted apart, and there may be some hundred of them. Any thread may call it.
 */
final class SixPerHost {
    static final int MOST = 6;

    private final Map<InetSocketAddress, Semaphore> free = new ConcurrentHashMap<>();

    /** A connection's place. Closing it lets the next one in. */
    record Place(Semaphore of) implements AutoCloseable {
        @Override
        public void close() {
            of.release();
        }
    }

    private Semaphore at(InetSocketAddress host) {
        return free.computeIfAbsent(host, key -> new Semaphore(MOST, true));
    }

    /** Waits for a place, behind those who wait already. */
    Place take(InetSocketAddress host) throws InterruptedException {
        Semaphore places = at(host);
        places.acquire();
        return new Place(places);
    }

    /** How many wait. */
    int waiting(InetSocketAddress host) {
        return at(host).getQueueLength();
    }
}
