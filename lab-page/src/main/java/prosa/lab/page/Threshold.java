package prosa.lab.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that have not said yet to which session they belong. Whoever comes gets a place, so nobody can keep others out by
 * dawdling here: if all are taken, one of the address that has the most is closed, the one that has been here longest.
 *
 * <p>May be used by any thread; its lock owns the places.
 */
final class Threshold {
    private final int places;
    private final Set<Socket> waiting = new LinkedHashSet<>();

    Threshold(int places) {
        this.places = places;
    }

    /** Takes a connection in, and closes another one if there are too many. */
    void enter(Socket client) {
        put(client).ifPresent(Threshold::close);
    }

    private synchronized Optional<Socket> put(Socket client) {
        waiting.add(client);
        if (waiting.size() <= places) {
            return Optional.empty();
        }
        Map<InetAddress, Integer> counts = new HashMap<>();
        waiting.forEach(each -> counts.merge(each.getInetAddress(), 1, Integer::sum));
        // The first among equals is the one that came first.
        Optional<Socket> dawdler = waiting.stream()
                .filter(each -> !each.equals(client))
                .min(Comparator.comparing(each -> -counts.getOrDefault(each.getInetAddress(), 0)));
        dawdler.ifPresent(waiting::remove);
        return dawdler;
    }

    /** It has said where it belongs, or is gone. */
    synchronized void leave(Socket client) {
        waiting.remove(client);
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone, which was what was wanted.
        }
    }
}
