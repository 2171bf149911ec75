package prosa.adapter.javalin;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.util.WebSocketUtils;
import prosa.application.Chat;
import prosa.application.port.Command;
import prosa.application.port.Peer;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Refused;
import prosa.language.Language;

/**
 * {@code /chat}: WebSocket. Whoever may come in is answered here (RFC 6455 §4.2.2), before servlets and Javalin: when 9,000 came back at
 * once, their part was 45 % of what Java did (decision 35). Who may not goes on to {@link ChatRoute}, which says why.
 *
 * <p>No extension is agreed on: a shared log of frames can't be compressed with each client's own window.
 */
final class ChatDoor implements ShortWay {
    /** As Javalin finds it. */
    static final Set<String> PATHS = Set.of("/chat", "/chat/");

    private static final Set<String> PARAMETERS = Set.of("room", "name", "since", CredentialFields.TICKET);

    private final Chat chat;
    private final ZoneId zone;
    private final Function<Request, Optional<Guest>> admission;
    private final WebSocketComponents components;

    /**
     * @param zone in which people are told the time
     * @param components started and stopped by the server
     * @param admission who wants a WebSocket by a request, and may have one; of others nothing
     */
    ChatDoor(Chat chat, ZoneId zone, WebSocketComponents components, Function<Request, Optional<Guest>> admission) {
        this.chat = chat;
        this.zone = zone;
        this.admission = admission;
        this.components = components;
    }

    /** Who may come in, and what they ask for. */
    record Guest(Peer peer, Query query) {}

    @Override
    public boolean lets(Request request, Response response, Callback callback) {
        Optional<Guest> admitted = isHandshake(request) ? admission.apply(request) : Optional.empty();
        if (admitted.isEmpty()) {
            return false;
        }
        boolean json = offersJson(request);
        takeOver(request, admitted.get(), json);
        HttpFields.Mutable head = response.getHeaders();
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        head.put(HttpHeader.UPGRADE, "websocket");
        head.put(HttpHeader.CONNECTION, HttpHeader.UPGRADE.asString());
        head.put(
                HttpHeader.SEC_WEBSOCKET_ACCEPT,
                WebSocketUtils.hashKey(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY)));
        if (json) {
            head.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, JsonDialect.NAME);
        }
        response.write(true, null, callback);
        return true;
    }

    /** A request without a body that can become a WebSocket (RFC 6455 §4.2.1); what the admission looks at is left to it. */
    private static boolean isHandshake(Request request) {
        HttpFields head = request.getHeaders();
        return head.contains(HttpHeader.UPGRADE)
                && head.contains(HttpHeader.CONNECTION, "upgrade")
                && ShortWay.isPlainGet(request)
                && !FeedOnHttp2.carries(request)
                && PATHS.contains(Request.getPathInContext(request));
    }

    private static boolean offersJson(Request request) {
        return request.getHeaders()
                .getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false)
                .contains(JsonDialect.NAME);
    }

    private void takeOver(Request request, Guest guest, boolean json) {
        Upgrade upgrade = Upgrade.of(request, components);
        Language language = Refusals.language(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE));
        Dialect dialect = json ? new JsonDialect(language) : new TextDialect(language, zone);
        FrameCodec codec = new FrameCodec(dialect);
        Peer peer = guest.peer();
        // A person would only be asked for the name that is known.
        Optional<? extends Command> opening = opening(guest.query())
                .or(() -> peer.vouched().filter(name -> !json).map(name -> Command.Join.MAIN));
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
    private static Optional<Command> opening(Query query) {
        try {
            query.allowing(PARAMETERS);
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
