package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import prosa.application.Chat;
import prosa.application.PendingExcerpt;
import prosa.application.port.Codec;
import prosa.application.port.Excerpt;
import prosa.application.port.MessageHistory;
import prosa.application.port.Peer;
import prosa.application.port.Subscription;
import prosa.dialect.JsonDialect;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/** {@code /messages}: say something in passing, read back, and read on. */
final class MessagesRoute {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final Set<String> READING =
            Set.of("room", "since", "limit", "wait", "follow", CredentialFields.TICKET);
    private static final Set<String> FOLLOWING = Set.of("room", "since", "last", "follow", CredentialFields.TICKET);
    private static final int DEFAULT_LIMIT = 50;

    /** Proxies give up after a minute of silence, if not before. */
    private static final int MOST_SECONDS = 60;

    /** Where to ask from next; an empty answer has no id. */
    private static final String POSITION = "Prosa-Position";

    /** Said of an answer that is not all of what was asked for. */
    static final String MORE = "Prosa-More";

    /** What pages of other origins may read of an answer's head. */
    static final String EXPOSED = POSITION + ", " + MORE;

    private static final Codec FOLLOWED = new NdjsonCodec();

    private final Chat chat;
    private final Peers peers;
    private final Executor answerers;

    /** @param answerers writes responses: the chat's answers come on threads that must not block */
    MessagesRoute(Chat chat, Peers peers, Executor answerers) {
        this.chat = chat;
        this.peers = peers;
        this.answerers = answerers;
    }

    void install(RoutesConfig routes) {
        // Set first: what is refused is not kept by anybody, either.
        routes.before("/messages", request -> request.header("Cache-Control", "no-store"));
        routes.post("/messages", this::post);
        routes.get("/messages", this::get);
        routes.head("/messages", this::get);
    }

    private void post(Context request) {
        Peer peer = chat.redeem(peers.speaking(request, Query.of(request)));
        Posting.Post post = Posting.of(request).with(request.bodyAsBytes(), peer);
        request.future(() -> chat.post(peer, post.room(), post.by(), post.text(), post.key())
                .thenAcceptAsync(
                        message -> request.status(HttpStatus.CREATED)
                                .contentType(JSON)
                                .result(JsonDialect.said(message)),
                        answerers)
                .toCompletableFuture());
    }

    private void get(Context request) throws IOException {
        Query query = Query.of(request);
        if (query.flag("follow")) {
            follow(request, query.allowingRooms(FOLLOWING));
            return;
        }
        OptionalInt seconds = query.allowing(READING).number("wait", 0, MOST_SECONDS);
        RoomName room = query.room().orElse(RoomName.MAIN);
        Optional<Position> since = query.since();
        int limit = query.number("limit", 1, MessageHistory.MAX_READ).orElse(DEFAULT_LIMIT);
        if (seconds.isPresent()) {
            letOthersRead(request);
            // Who asks for the head alone asks what the answer would be now.
            Duration patience = Duration.ofSeconds(isHead(request) ? 0 : seconds.getAsInt());
            answer(request, chat.readOn(reader(request, query), room, since, limit, patience));
        } else {
            answer(request, chat.readBack(reader(request, query), room, since, limit));
        }
    }

    private void follow(Context request, Query query) throws IOException {
        Peer peer = reader(request, query);
        Subscription listening = chat.admit(
                peer, new Subscription(query.rooms(), query.since(), query.number("last", 0, MessageHistory.MAX_READ)));
        if (!isHead(request)) {
            chat.arrivals().comeToListen(peer.address());
        }
        FeedStream.writeHead(request, NDJSON);
        if (isHead(request)) {
            FeedStream.endAtHead(request);
        } else {
            FeedStream.takeOver(request, subscriber -> chat.follow(peer, listening, FOLLOWED, subscriber));
        }
    }

    private Peer reader(Context request, Query query) {
        return chat.redeem(peers.overHttp(request, query));
    }

    private static boolean isHead(Context request) {
        return request.method() == HandlerType.HEAD;
    }

    private static void letOthersRead(Context request) {
        request.header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", EXPOSED)
                .header(SecurityHeaders.RESOURCE_POLICY, "cross-origin");
    }

    private void answer(Context request, PendingExcerpt waiting) {
        Runnable endOfWatch = Departure.watch(request, waiting.enough());
        request.future(() -> waiting.excerpt()
                .whenCompleteAsync((excerpt, failure) -> endOfWatch.run(), answerers)
                .thenAccept(excerpt -> show(request, excerpt))
                .toCompletableFuture());
    }

    private void show(Context request, Excerpt excerpt) {
        boolean lines = Accept.of(request).prefers(NDJSON, JSON);
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
            if (isHead(request)) {
                FeedStream.endAtHead(request);
            } else {
                FeedStream.takeOver(request, subscriber -> chat.tell(excerpt, codec, new WholeAnswer(subscriber)));
            }
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
