package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import prosa.application.Chat;
import prosa.application.port.Command;
import prosa.application.port.Peer;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Refused;

/**
 * {@code /chat}: WebSocket.
 *
 * <p>Javalin and Jetty do the handshake; then a connection of ours takes Jetty's place ({@link Upgrade}), so that slices of the feed's
 * log go to the socket by one system call.
 */
final class ChatRoute {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
    private static final Set<String> PARAMETERS = Set.of("room", "name", "since");
    private static final String CHOSEN = "prosa.dialect";

    private final Chat chat;
    private final ZoneId zone;

    /** @param zone in which people are told the time */
    ChatRoute(Chat chat, ZoneId zone) {
        this.chat = chat;
        this.zone = zone;
    }

    void install(RoutesConfig routes) {
        routes.wsBeforeUpgrade(ChatRoute::chooseSubprotocol);
        routes.get("/chat", Handshake::refuse);
        routes.head("/chat", Handshake::refuse);
        routes.ws("/chat", socket -> {});
        routes.wsAfterUpgrade("/chat", this::takeOver);
    }

    /** Javalin would echo the client's first offer, whatever it is. */
    private static void chooseSubprotocol(Context request) {
        boolean json = request.path().equals("/chat")
                && Optional.ofNullable(request.req().getHeaders(SUBPROTOCOL)).stream()
                        .flatMap(offers -> Collections.list(offers).stream())
                        .flatMap(offers -> Arrays.stream(offers.split(",")))
                        .anyMatch(offer -> offer.strip().equals(JsonDialect.NAME));
        request.res().setHeader(SUBPROTOCOL, json ? JsonDialect.NAME : null);
        request.req().setAttribute(CHOSEN, json);
    }

    private void takeOver(Context context) {
        Upgrade.of(context).ifPresent(upgrade -> takeOver(context, upgrade));
    }

    private void takeOver(Context context, Upgrade upgrade) {
        boolean json = Boolean.TRUE.equals(context.req().getAttribute(CHOSEN));
        Dialect dialect =
                json ? new JsonDialect(Refusals.language(context)) : new TextDialect(Refusals.language(context), zone);
        FrameCodec codec = new FrameCodec(dialect);
        Optional<? extends Command> opening = opening(context);
        Peer peer = Peers.overWebSocket(context);
        ChatSocket socket = new ChatSocket(
                dialect,
                upgrade.endPoint(),
                upgrade.connector().getExecutor(),
                subscriber -> chat.visit(peer, codec, subscriber, opening));
        upgrade.to(new ChatConnection(
                upgrade.endPoint(),
                upgrade.connector(),
                upgrade.session(socket, json ? JsonDialect.NAME : null),
                socket));
    }

    /** What the query asks for, if anything: a name in it joins at once. A browser's script learns only what comes after the upgrade. */
    private static Optional<? extends Command> opening(Context request) {
        try {
            Query query = Query.of(request).allowing(PARAMETERS);
            Optional<String> name = query.one("name");
            Optional<String> room = query.one("room");
            Optional<String> since = query.one("since");
            return name.isEmpty() && room.isEmpty() && since.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Command.Join(name, room, since, Optional.empty(), Optional.empty()));
        } catch (Refused refused) {
            return Optional.of(new Command.Unreadable(refused.reason(), refused.fault(), Optional.empty()));
        }
    }
}
