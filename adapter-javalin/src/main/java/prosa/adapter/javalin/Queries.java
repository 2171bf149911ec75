package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** What stands in a request's query. */
final class Queries {
    private Queries() {}

    /** @throws Refused {@link Reason#ROOM_INVALID} */
    static RoomName room(Context request) {
        String room = request.queryParam("room");
        return room == null ? RoomName.MAIN : new RoomName(room);
    }

    /**
     * The rooms of a feed: {@code room} may be repeated.
     *
     * @throws Refused {@link Reason#ROOM_INVALID}
     */
    static Set<RoomName> rooms(Context request) {
        Set<RoomName> rooms =
                request.queryParams("room").stream().map(RoomName::new).collect(Collectors.toSet());
        return rooms.isEmpty() ? Set.of(RoomName.MAIN) : rooms;
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there and no position */
    static Optional<Position> since(Context request) {
        return Optional.ofNullable(request.queryParam("since")).map(Position::parse);
    }

    /**
     * A switch: to name it is to turn it on.
     *
     * @throws Refused {@link Reason#MALFORMED} if it has a value that is neither yes nor no
     */
    static boolean flag(Context request, String name) {
        String value = request.queryParam(name);
        return switch (value == null ? "false" : value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new Refused(Reason.MALFORMED);
        };
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there and no number from 0 to 999,999 */
    static OptionalInt number(Context request, String name) {
        String value = request.queryParam(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("[0-9]{1,6}")) {
            throw new Refused(Reason.MALFORMED);
        }
        return OptionalInt.of(Integer.parseInt(value));
    }
}
