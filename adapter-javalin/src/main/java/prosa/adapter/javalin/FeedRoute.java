package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import prosa.application.Chat;
import prosa.application.port.MessageHistory;
import prosa.application.port.Peer;
import prosa.application.port.Subscription;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Fault;
import prosa.domain.Position;
import prosa.domain.Refused;
import prosa.language.Language;

/** {@code GET /feed}: the conversation as Server-sent events, read-only. */
final class FeedRoute {
    private static final String EVENT_STREAM = "text/event-stream";
    static final String CONTENT_TYPE = EVENT_STREAM + ";charset=utf-8";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String POLYFILLS_ID = "lastEventId";
    private static final Set<String> PARAMETERS =
            Set.of("room", "since", "last", "as", CredentialFields.TICKET, LAST_EVENT_ID, POLYFILLS_ID);
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS");

    /** A feed says the same of a message whenever it comes: who comes back by its id must not see it differently. */
    private static final ZoneId NO_TIMES = ZoneOffset.UTC;

    private final Chat chat;
    private final Peers peers;

    FeedRoute(Chat chat, Peers peers) {
        this.chat = chat;
        this.peers = peers;
    }

    void install(RoutesConfig routes) {
        routes.get("/feed", this::open);
        routes.head("/feed", this::open);
        routes.options("/feed", FeedRoute::allow);
        routes.before("/feed", FeedRoute::requireReading);
    }

    /** Who wants to hear what, and how it is written. */
    record Wish(Peer peer, Subscription listening, EventStreamCodec codec) {}

    /**
     * Reads what a request wants to hear, whoever has read its head.
     *
     * @throws Refused if there is no such thing, or the peer may not hear it
     * @throws Denied {@link Denial#NOT_ACCEPTABLE}
     */
    static Wish wish(Chat chat, Peer peer, Query query, Handshake.Head head, Accept accept) {
        query.allowingRooms(PARAMETERS);
        Subscription listening = chat.admit(peer, listening(head, query));
        EventStreamCodec codec = codec(head, query);
        if (accept.weight(EVENT_STREAM) == 0) {
            throw new Denied(Denial.NOT_ACCEPTABLE);
        }
        return new Wish(peer, listening, codec);
    }

    private void open(Context request) throws IOException {
        Query query = Query.of(request);
        Wish wish = wish(chat, peers.overEventStream(request, query), query, request::header, Accept.of(request));
        if (request.method() != HandlerType.HEAD) {
            chat.arrivals().comeToListen(wish.peer().address());
        }
        FeedStream.writeHead(request, CONTENT_TYPE);
        if (request.method() == HandlerType.HEAD) {
            FeedStream.endAtHead(request);
        } else {
            FeedStream.takeOver(
                    request, subscriber -> chat.follow(wish.peer(), wish.listening(), wish.codec(), subscriber));
        }
    }

    private static void allow(Context request) {
        request.status(HttpStatus.NO_CONTENT)
                .header("Allow", String.join(", ", METHODS))
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", String.join(", ", METHODS))
                .header("Access-Control-Allow-Headers", "Last-Event-ID, Cache-Control")
                .header("Access-Control-Max-Age", "86400");
    }

    /** In a filter, as there is no end of methods. */
    private static void requireReading(Context request) {
        if (!METHODS.contains(request.req().getMethod())) {
            request.header("Allow", String.join(", ", METHODS));
            throw new MethodNotAllowedResponse();
        }
    }

    /**
     * An EventSource that comes back repeats its URL, so its last id is newer than {@code since}. Where headers can't be set (polyfills), the
     * id comes in the query.
     */
    private static Subscription listening(Handshake.Head head, Query query) {
        Optional<Position> since = id(Optional.ofNullable(head.field(LAST_EVENT_ID)), LAST_EVENT_ID)
                .or(() -> id(query.one(LAST_EVENT_ID), LAST_EVENT_ID))
                .or(() -> id(query.one(POLYFILLS_ID), POLYFILLS_ID))
                .or(query::since);
        return new Subscription(query.rooms(), since, query.number("last", 0, MessageHistory.MAX_READ));
    }

    private static Optional<Position> id(Optional<String> given, String part) {
        return given.filter(id -> !id.isEmpty()).map(id -> Position.parse(part, id));
    }

    private static EventStreamCodec codec(Handshake.Head head, Query query) {
        Language language = Refusals.language(head.field("Accept-Language"));
        return switch (query.one("as").orElse("json")) {
            case "json" -> new EventStreamCodec(new JsonDialect(language));
            case "text" -> new EventStreamCodec(new TextDialect(language, NO_TIMES));
            default -> throw new Refused(new Fault.NotOneOf("as", List.of("json", "text")));
        };
    }
}
