package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Set;
import java.util.concurrent.Executor;
import prosa.application.Chat;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.dialect.JsonDialect;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Refused;

/** {@code POST /tickets}: who shows secrets in the head gets a ticket, which stands for them in an address. */
final class TicketsRoute {
    private static final Set<String> PARAMETERS = Set.of("name");

    private final Chat chat;
    private final Peers peers;
    private final Executor answerers;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    TicketsRoute(Chat chat, Peers peers, Executor answerers) {
        this.chat = chat;
        this.peers = peers;
        this.answerers = answerers;
    }

    void install(RoutesConfig routes) {
        routes.before("/tickets", request -> request.header("Cache-Control", "no-store"));
        routes.post("/tickets", this::issue);
    }

    private void issue(Context request) {
        Query query = Query.of(request).allowing(PARAMETERS);
        Peer peer = peers.speaking(request, query);
        requireSecret(peer);
        request.future(() -> chat.issueTicket(peer, query.one("name").map(Name::new))
                .thenAcceptAsync(
                        ticket -> request.status(HttpStatus.CREATED)
                                .contentType("application/json")
                                .result(JsonDialect.ticket(ticket)),
                        answerers)
                .toCompletableFuture());
    }

    /** A ticket that stands for nothing would be found out to do so where nobody can say why. */
    private static void requireSecret(Peer peer) {
        Credentials shown = peer.credentials();
        if (shown.roomKeys().isEmpty()
                && shown.claim().isEmpty()
                && peer.vouched().isEmpty()) {
            throw new Refused(new Fault.Missing(CredentialFields.ROOM_KEY));
        }
    }
}
