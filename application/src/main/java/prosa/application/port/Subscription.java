package prosa.application.port;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import prosa.domain.Fault;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * What somebody who only listens wants to hear.
 *
 * @param rooms 1 to {@link #MAX_ROOMS}
 * @param since where they were before; wins over {@code last}
 * @param last how many messages of the past they want, 0 to {@link MessageHistory#MAX_READ}
 */
public record Subscription(Set<RoomName> rooms, Optional<Position> since, OptionalInt last) {
    /** The most rooms on one feed: a browser has six connections a host to share among all its pages. */
    public static final int MAX_ROOMS = 32;

    /** @throws Refused {@link Reason#MALFORMED} */
    public Subscription {
        if (rooms.isEmpty()) {
            throw new Refused(new Fault.Missing("room"));
        }
        if (rooms.size() > MAX_ROOMS) {
            throw new Refused(new Fault.TooMany("room", MAX_ROOMS));
        }
        if (last.isPresent() && (last.getAsInt() < 0 || last.getAsInt() > MessageHistory.MAX_READ)) {
            throw new Refused(new Fault.NotNumber("last", 0, MessageHistory.MAX_READ));
        }
        rooms = Set.copyOf(rooms);
    }
}
