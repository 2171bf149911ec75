package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import prosa.application.Chat;
import prosa.application.Listening;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** {@code GET /feed}: the conversation as Server-sent events, read-only. */
final class FeedRoute {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String CONTENT_TYPE = EVENT_STREAM + ";charset=utf-8";
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS");

    private final Chat chat;

    FeedRoute(Chat chat) {
        this.chat = chat;
    }

    void install(RoutesConfig routes) {
        routes.get("/feed", this::open);
        routes.head("/feed", request -> {
            listening(request);
            FeedStream.writeHead(request, CONTENT_TYPE);
        });
        routes.options("/feed", FeedRoute::allow);
        routes.before("/feed", FeedRoute::requireReading);
    }

    private void open(Context request) throws IOException {
        if (!isAccepted(request.header("Accept"))) {
            Refusals.answer(request, HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "This is a text/event-stream.");
            return;
        }
        Listening listening = chat.fromNow(listening(request));
        EventStreamCodec codec = codec(request);
        FeedStream.writeHead(request, CONTENT_TYPE);
        FeedStream.takeOver(request, subscriber -> chat.follow(listening, codec, subscriber));
    }

    /** Who says nothing, or that anything will do (curl), gets the stream; an EventSource asks for it by name. */
    private static boolean isAccepted(String accept) {
        return accept == null || accept.contains(EVENT_STREAM) || accept.contains("*/*") || accept.contains("text/*");
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

    /** An EventSource that comes back repeats its URL, so its Last-Event-ID is newer than {@code since}. */
    private static Listening listening(Context request) {
        Optional<Position> lastEventId = Optional.ofNullable(request.header("Last-Event-ID"))
                .filter(id -> !id.isEmpty())
                .map(Position::parse);
        Optional<Position> since = lastEventId.isPresent() ? lastEventId : Queries.since(request);
        return new Listening(Queries.rooms(request), since, Queries.number(request, "last"));
    }

    private static EventStreamCodec codec(Context request) {
        String as = request.queryParam("as");
        return switch (as == null ? "json" : as) {
            case "json" -> new EventStreamCodec(new JsonDialect(Refusals.language(request)));
            case "text" -> new EventStreamCodec(new TextDialect(Refusals.language(request)));
            default -> throw new Refused(Reason.MALFORMED);
        };
    }
}
