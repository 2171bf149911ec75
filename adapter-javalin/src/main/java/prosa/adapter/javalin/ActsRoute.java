package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Executor;
import prosa.application.Chat;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Peer;
import prosa.dialect.JsonDialect;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** {@code POST /acts}: an operator keeps order without entering, and shows the token in {@link CredentialFields#OPERATOR}. */
final class ActsRoute {
    /** Bytes: the longest act has a name, an address and a room. */
    private static final int LONGEST = 4_096;

    private static final Set<String> PARAMETERS = Set.of("name", "room");

    private final Chat chat;
    private final Peers peers;
    private final Executor answerers;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    ActsRoute(Chat chat, Peers peers, Executor answerers) {
        this.chat = chat;
        this.peers = peers;
        this.answerers = answerers;
    }

    void install(RoutesConfig routes) {
        routes.before("/acts", request -> request.header("Cache-Control", "no-store"));
        routes.post("/acts", this::act);
    }

    private void act(Context request) {
        Query query = Query.of(request).allowing(PARAMETERS);
        byte[] body = request.bodyAsBytes();
        if (body.length > LONGEST) {
            throw new Refused(Reason.TEXT_TOO_LONG);
        }
        Command.Perform act = JsonDialect.act(ByteOrderMark.skip(new String(body, StandardCharsets.UTF_8)));
        RoomName room = act.room().map(RoomName::new).or(query::room).orElse(RoomName.MAIN);
        Peer peer = peers.speaking(request, query);
        Name by = peer.called(query.one("name").map(Name::new)).orElseThrow(() -> new Refused(Reason.NAME_INVALID));
        request.future(() -> chat.act(peer, room, by, act.act())
                .thenAcceptAsync(answer -> show(request, answer), answerers)
                .toCompletableFuture());
    }

    private static void show(Context request, Event answer) {
        JsonDialect dialect = new JsonDialect(Refusals.language(request));
        request.contentType("application/json").result(String.join("\n", dialect.write(answer)));
    }
}
