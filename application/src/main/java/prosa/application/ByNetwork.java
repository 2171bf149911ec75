package prosa.application;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import prosa.application.port.Network;

/**
 * What is remembered of those who come from each network, no longer than it says something, and of so many at most. Not thread-safe:
 * whoever made it owns it.
 */
final class ByNetwork<T> {
    /** Beyond it who was not looked at for the longest time begins anew. */
    static final int MOST = 65_536;

    private final LinkedHashMap<Network, T> all = new LinkedHashMap<>();
    private final Supplier<T> fresh;
    private final Predicate<T> saysNothing;

    /**
     * @param fresh of a network that was not heard of
     * @param saysNothing whether that would be as good as what is remembered
     */
    ByNetwork(Supplier<T> fresh, Predicate<T> saysNothing) {
        this.fresh = fresh;
        this.saysNothing = saysNothing;
    }

    T of(InetAddress address) {
        Network network = new Network(address);
        T known = all.get(network);
        if (known == null) {
            known = fresh.get();
            all.put(network, known);
            if (all.size() > MOST) {
                all.pollFirstEntry();
            }
        }
        return known;
    }

    /** Looks at some, by turns, and forgets what says nothing any more. */
    void forget(int some) {
        for (int i = Math.min(some, all.size()); i > 0; i--) {
            Map.Entry<Network, T> eldest = all.pollFirstEntry();
            if (!saysNothing.test(eldest.getValue())) {
                all.put(eldest.getKey(), eldest.getValue());
            }
        }
    }

    int size() {
        return all.size();
    }
}
