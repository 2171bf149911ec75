package prosa.lab.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The sessions that there are, 32 at most. One address may have many of them while there are plenty of places; once 24 are taken, 4.
 *
 * <p>May be used by any thread; its lock owns them.
 */
final class Sessions {
    static final int MOST = 32;
    static final int PLENTY = 24;
    static final int EACH = 4;

    private final Map<String, Begun> byToken = new HashMap<>();

    private record Begun(Session session, String address) {}

    /** Begins one for somebody at that address. Empty if there is no place for them. */
    synchronized Optional<Session> begin(String address, Supplier<Session> making) {
        if (byToken.size() >= MOST || byToken.size() >= PLENTY && countOf(address) >= EACH) {
            return Optional.empty();
        }
        Session session = making.get();
        byToken.put(session.token(), new Begun(session, address));
        return Optional.of(session);
    }

    private long countOf(String address) {
        return byToken.values().stream()
                .filter(begun -> begun.address().equals(address))
                .count();
    }

    synchronized Optional<Session> find(String token) {
        return Optional.ofNullable(byToken.get(token)).map(Begun::session);
    }

    synchronized void remove(Session session) {
        byToken.remove(session.token());
    }

    synchronized List<Session> all() {
        return byToken.values().stream().map(Begun::session).toList();
    }
}
