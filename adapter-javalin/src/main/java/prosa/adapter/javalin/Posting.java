package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import prosa.application.port.Peer;
import prosa.dialect.JsonDialect;
import prosa.domain.Fault;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/**
 * What the head of a {@code POST /messages} says: where, who, and in which form the text comes. Whatever is wrong in it is refused before the
 * body is here.
 */
record Posting(Optional<RoomName> room, Optional<Name> name, Optional<Key> key, Form form, Charset charset) {
    private static final String KEY = "Idempotency-Key";
    private static final String JSON = "application/json";
    private static final Set<String> PARAMETERS = Set.of("room", "name", CredentialFields.TICKET);

    /** How the body is to be read. */
    enum Form {
        TEXT,
        JSON
    }

    /** What is to be said. */
    record Post(RoomName room, Name by, Text text, Optional<Key> key) {}

    /** @throws Refused and {@link Denied}, as {@link #of(Query, Function)} */
    static Posting of(Context request) {
        return of(Query.of(request), name -> Collections.list(request.req().getHeaders(name)));
    }

    /**
     * @param lines of a header, none if it isn't there
     * @throws Refused as what is wrong in it
     * @throws Denied {@link Denial#UNSUPPORTED_MEDIA_TYPE}
     */
    static Posting of(Query query, Function<String, List<String>> lines) {
        String encoding = String.join(",", lines.apply("Content-Encoding")).strip();
        if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw new Denied(Denial.UNSUPPORTED_MEDIA_TYPE);
        }
        Map<String, String> parameters = new HashMap<>();
        String type = Optional.ofNullable(
                        HttpField.getValueParameters(String.join(",", lines.apply("Content-Type")), parameters))
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        query.allowing(PARAMETERS);
        List<String> key = lines.apply(KEY);
        Posting posting = new Posting(
                query.room(),
                query.one("name").map(Name::new),
                key.isEmpty() ? Optional.empty() : Optional.of(key(String.join(",", key))),
                form(type),
                charset(parameters));
        requireShort(lines.apply("Content-Length"));
        return posting;
    }

    /** Jetty has read the length, and lets none through that is no number. A body in chunks tells its length as it comes. */
    private static void requireShort(List<String> length) {
        if (length.stream().anyMatch(bytes -> Long.parseLong(bytes.strip()) > TextMessage.MAX_BYTES)) {
            throw new Refused(Reason.TEXT_TOO_LONG);
        }
    }

    private static Key key(String text) {
        try {
            return new Key(text);
        } catch (Refused e) {
            throw new Refused(new Fault.NotKey(KEY));
        }
    }

    /** {@code curl -d} calls a text a form. */
    private static Form form(String type) {
        if (type.equals(JSON)) {
            return Form.JSON;
        }
        if (type.isEmpty() || type.startsWith("text/") || type.equals("application/x-www-form-urlencoded")) {
            return Form.TEXT;
        }
        throw new Denied(Denial.UNSUPPORTED_MEDIA_TYPE);
    }

    private static Charset charset(Map<String, String> parameters) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (parameter.getKey().equalsIgnoreCase("charset")) {
                try {
                    return Charset.forName(parameter.getValue());
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    throw new Denied(Denial.UNSUPPORTED_MEDIA_TYPE);
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /**
     * @param peer who posts
     * @throws Refused as what is wrong in the body, if it says something else than the head, or if the name is not theirs
     */
    Post with(byte[] body, Peer peer) {
        String text = ByteOrderMark.skip(new String(body, charset));
        return switch (form) {
            case TEXT -> post(room, peer.called(name), text, key);
            case JSON -> {
                JsonDialect.Post post = JsonDialect.post(text);
                yield post(
                        agreed("room", room, post.room().map(RoomName::new)),
                        peer.called(post.name().map(Name::new).or(() -> name)),
                        post.text(),
                        agreed("key", key, post.key().map(Key::new)));
            }
        };
    }

    private static Post post(Optional<RoomName> room, Optional<Name> name, String text, Optional<Key> key) {
        return new Post(
                room.orElse(RoomName.MAIN),
                name.orElseThrow(() -> new Refused(Reason.NAME_INVALID)),
                new Text(text),
                key);
    }

    private static <T> Optional<T> agreed(String part, Optional<T> head, Optional<T> body) {
        if (head.isPresent() && body.isPresent() && !head.equals(body)) {
            throw new Refused(new Fault.Contradicted(part));
        }
        return body.or(() -> head);
    }
}
