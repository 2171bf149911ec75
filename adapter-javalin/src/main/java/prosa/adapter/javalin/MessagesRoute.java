package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import prosa.application.Chat;
import prosa.application.Codec;
import prosa.application.Excerpt;
import prosa.application.Listening;
import prosa.application.MessageHistory;
import prosa.application.Waiting;
import prosa.dialect.JsonDialect;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/** {@code /messages}: say something in passing, read back, and read on. {@code /rooms}: where one could. */
final class MessagesRoute {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final int DEFAULT_LIMIT = 50;

    /** Proxies give up after a minute of silence, if not before. */
    private static final int MOST_SECONDS = 60;

    /** Where to ask from next; an empty answer has no id. */
    private static final String POSITION = "Prosa-Position";

    /** Said of an answer that is not all of what was asked for. */
    private static final String MORE = "Prosa-More";

    private static final Codec FOLLOWED = new NdjsonCodec();

    private final Chat chat;
    private final Executor answerers;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    MessagesRoute(Chat chat, Executor answerers) {
        this.chat = chat;
        this.answerers = answerers;
    }

    void install(RoutesConfig routes) {
        routes.post("/messages", this::post);
        routes.get("/messages", this::get);
        routes.head("/messages", MessagesRoute::head);
        routes.get(
                "/rooms",
                request -> request.future(() -> chat.rooms()
                        .thenAcceptAsync(rooms -> request.contentType(JSON).result(JsonDialect.rooms(rooms)), answerers)
                        .toCompletableFuture()));
    }

    private void post(Context request) {
        RoomName room = Queries.room(request);
        JsonDialect.Post said = said(request);
        Name by = new Name(said.name().orElseThrow(() -> new Refused(Reason.NAME_INVALID)));
        Text text = new Text(said.text());
        Optional<Key> key =
                Optional.ofNullable(request.header("Idempotency-Key")).map(Key::new);
        request.future(() -> chat.post(room, by, text, key)
                .thenAcceptAsync(
                        message -> request.status(HttpStatus.CREATED)
                                .contentType(JSON)
                                .result(JsonDialect.said(message)),
                        answerers)
                .toCompletableFuture());
    }

    /** Anything but JSON is the text itself: {@code curl -d} calls it a form. */
    private static JsonDialect.Post said(Context request) {
        String body = new String(request.bodyAsBytes(), StandardCharsets.UTF_8);
        Optional<String> name = Optional.ofNullable(request.queryParam("name"));
        String type = request.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(JSON)) {
            return new JsonDialect.Post(name, body);
        }
        JsonDialect.Post post = JsonDialect.post(body);
        return new JsonDialect.Post(post.name().or(() -> name), post.text());
    }

    private void get(Context request) throws IOException {
        OptionalInt seconds = Queries.number(request, "wait");
        if (Queries.flag(request, "follow")) {
            follow(request);
        } else if (seconds.isPresent()) {
            wait(request, seconds.getAsInt());
        } else {
            read(request);
        }
    }

    private void follow(Context request) throws IOException {
        Listening listening = chat.fromNow(listening(request));
        FeedStream.writeHead(request, NDJSON);
        FeedStream.takeOver(request, subscriber -> chat.follow(listening, FOLLOWED, subscriber));
    }

    private static Listening listening(Context request) {
        return new Listening(Queries.rooms(request), Queries.since(request), Queries.number(request, "last"));
    }

    private static void head(Context request) {
        if (Queries.flag(request, "follow")) {
            listening(request);
            FeedStream.writeHead(request, NDJSON);
        }
    }

    private void read(Context request) {
        RoomName room = Queries.room(request);
        Optional<Position> since = Queries.since(request);
        int limit = limit(request);
        answer(request, chat.readBack(room, since, limit));
    }

    /** A long poll. Nobody knows when the answer comes, so nothing may keep it for another one. */
    private void wait(Context request, int seconds) {
        RoomName room = Queries.room(request);
        Optional<Position> since = Queries.since(request);
        int limit = limit(request);
        if (seconds > MOST_SECONDS) {
            throw new Refused(Reason.MALFORMED);
        }
        request.header("Cache-Control", "no-store")
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", POSITION + ", " + MORE);
        answer(request, chat.readOn(room, since, limit, Duration.ofSeconds(seconds)));
    }

    private void answer(Context request, Waiting waiting) {
        Departure departure = Departure.watch(request, waiting.enough());
        request.future(() -> waiting.excerpt()
                .whenCompleteAsync((excerpt, failure) -> departure.end(), answerers)
                .thenAccept(excerpt -> show(request, excerpt))
                .toCompletableFuture());
    }

    private static int limit(Context request) {
        int limit = Queries.number(request, "limit").orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MessageHistory.MAX_READ) {
            throw new Refused(Reason.MALFORMED);
        }
        return limit;
    }

    private void show(Context request, Excerpt excerpt) {
        String accept = request.header("Accept");
        boolean lines = accept != null && accept.contains(NDJSON);
        request.contentType(lines ? NDJSON : JSON)
                .header(POSITION, excerpt.position().toString());
        if (excerpt.more()) {
            request.header(MORE, "true");
        }
        excerpt.messages()
                .ifPresentOrElse(
                        messages -> {
                            String body = lines ? ndjson(messages) : JsonDialect.messages(messages);
                            // As bytes: for what it does not know to be UTF-8 the servlet API has ISO 8859-1.
                            request.result(body.getBytes(StandardCharsets.UTF_8));
                        },
                        () -> tell(request, excerpt, lines ? FOLLOWED : new JsonArrayCodec(excerpt.first())));
    }

    /** A long answer goes out as fast as it is read, and is nowhere as a whole. Its end is the connection's. */
    private void tell(Context request, Excerpt excerpt, Codec codec) {
        request.status(HttpStatus.OK).header("Connection", "close");
        try {
            FeedStream.takeOver(request, subscriber -> chat.tell(excerpt, codec, new WholeAnswer(subscriber)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ndjson(List<Message> messages) {
        return messages.stream()
                .map(message -> JsonDialect.said(message) + "\n")
                .collect(Collectors.joining());
    }
}
