package prosa.checker.judgement;

import java.util.List;
import java.util.Optional;

/**
 * Who was shown a room: a feed, a WebSocket, a TCP connection, pages of the history, with all connections that they had one after the other,
 * each resumed where the one before had ended.
 *
 * @param name for people to read
 * @param person who says something on the same connections, and is not shown that live; empty: nobody
 * @param from after which place it was to be shown all
 * @param seen in the order in which it came
 * @param present whether it was there to the end, when all had been given time to arrive
 */
public record Observer(
        String name, Optional<String> person, String room, Position from, List<Seen> seen, boolean present) {
    public Observer {
        seen = List.copyOf(seen);
    }
}
