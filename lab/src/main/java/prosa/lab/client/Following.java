package prosa.lab.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a follower is to follow.
 *
 * @param room its name
 * @param name under which it is there, where a wire wants one (WebSocket, TCP); nobody else in the room may have it
 * @param since the place after which to begin; empty: now
 * @param listener is told what comes
 */
public record Following(String room, String name, Optional<String> since, Listener listener) {
    private static final AtomicLong NAMES = new AtomicLong();

    /** From now on, under a name that no other client of this process has. */
    public static Following now(String room, Listener listener) {
        return new Following(room, "lab-" + NAMES.incrementAndGet(), Optional.empty(), listener);
    }

    /** The feed of several rooms, for the wires that have it: SSE and NDJSON. */
    public static Following ofRooms(List<String> rooms, Listener listener) {
        // Each is a field of the query.
        return now(String.join("&room=", rooms), listener);
    }

    /** The same, beginning after {@code position}, under a new name: the old connection may not be known to be dead yet. */
    public Following since(String position) {
        return new Following(room, "lab-" + NAMES.incrementAndGet(), Optional.of(position), listener);
    }

    /** The query of a request that follows the room, with {@code more} before it. */
    String query(String more) {
        return more + "room=" + room + since.map(place -> "&since=" + place).orElse("");
    }
}
