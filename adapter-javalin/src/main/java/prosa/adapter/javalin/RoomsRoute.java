package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import prosa.application.Chat;
import prosa.dialect.JsonDialect;
import prosa.domain.RoomName;

/** {@code /rooms}: where something was said, or somebody is. */
final class RoomsRoute {
    private static final int MOST = 1_000;
    private static final Set<String> PARAMETERS = Set.of("limit", "after");

    private final Chat chat;
    private final Peers peers;
    private final Executor answerers;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    RoomsRoute(Chat chat, Peers peers, Executor answerers) {
        this.chat = chat;
        this.peers = peers;
        this.answerers = answerers;
    }

    void install(RoutesConfig routes) {
        routes.get("/rooms", this::list);
        routes.head("/rooms", this::list);
    }

    private void list(Context request) {
        request.header("Cache-Control", "no-store");
        Query query = Query.of(request).allowing(PARAMETERS);
        int limit = query.number("limit", 1, MOST).orElse(MOST);
        Optional<RoomName> after = query.one("after").map(RoomName::new);
        request.future(() -> chat.rooms(peers.overHttp(request, query))
                .thenAcceptAsync(
                        rooms -> show(
                                request,
                                after.map(room -> rooms.tailMap(room, false)).orElse(rooms),
                                limit),
                        answerers)
                .toCompletableFuture());
    }

    private static void show(Context request, NavigableMap<RoomName, Integer> rooms, int limit) {
        Map<RoomName, Integer> shown = new TreeMap<>();
        for (Map.Entry<RoomName, Integer> room : rooms.entrySet()) {
            if (shown.size() == limit) {
                request.header(MessagesRoute.MORE, "true");
                break;
            }
            shown.put(room.getKey(), room.getValue());
        }
        request.contentType("application/json").result(JsonDialect.rooms(shown));
    }
}
