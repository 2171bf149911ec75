package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.OptionalInt;
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
