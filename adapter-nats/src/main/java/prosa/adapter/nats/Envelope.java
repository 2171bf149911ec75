package prosa.adapter.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.application.port.HistoryCopy.Copied;
import prosa.domain.Cleared;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Refused;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/**
 * How an entry is written down in the stream: the text is the body, all else are headers, in percent-encoding where it may be more than
 * letters and digits. What a later Prosa adds is passed over.
 */
record Envelope(Headers headers, byte[] body) {
    /** JetStream's own: what comes with the same within the duplicate window is kept once. */
    private static final String ID = "Nats-Msg-Id";

    private static final String KIND = "Prosa-Kind";
    private static final String BY = "Prosa-By";
    private static final String VIA = "Prosa-Via";
    private static final String AT = "Prosa-At";
    private static final String KEY = "Prosa-Key";
    private static final String OF = "Prosa-Of";
    private static final String AUTHOR = "Prosa-Author";
    private static final String FROM = "Prosa-From";
    private static final String LEASE = "Prosa-Lease";

    private static final String SAID = "said";
    private static final String REMOVED = "removed";
    private static final String CLEARED = "cleared";
    private static final byte[] NOTHING = {};

    /** By whom a message was published: which run of which Prosa, and its number there. */
    record From(String run, long number) {
        @Override
        public String toString() {
            return run + "." + number;
        }

        static Optional<From> parse(@Nullable String text) {
            int dot = text == null ? -1 : text.lastIndexOf('.');
            if (text == null || dot < 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(new From(text.substring(0, dot), Long.parseLong(text.substring(dot + 1))));
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }
    }

    /**
     * @param id what is kept once
     * @param lease under which it is said
     */
    static Envelope of(Draft draft, String id, From from, Optional<Lease> lease) {
        Headers headers = headers(SAID, draft.by(), draft.at(), id, from)
                .put(VIA, draft.via().word());
        lease.ifPresent(held -> headers.put(LEASE, held.toString()));
        draft.key().ifPresent(key -> headers.put(KEY, encoded(key.value())));
        return new Envelope(headers, draft.text().value().getBytes(StandardCharsets.UTF_8));
    }

    static Envelope ofRemoved(long of, Name author, Name by, Instant at, From from) {
        Headers headers = headers(REMOVED, by, at, from.toString(), from)
                .put(OF, Long.toString(of))
                .put(AUTHOR, encoded(author.value()));
        return new Envelope(headers, NOTHING);
    }

    static Envelope ofCleared(Name by, Instant at, From from) {
        return new Envelope(headers(CLEARED, by, at, from.toString(), from), NOTHING);
    }

    private static Headers headers(String kind, Name by, Instant at, String id, From from) {
        return new Headers()
                .put(ID, id)
                .put(KIND, kind)
                .put(BY, encoded(by.value()))
                .put(AT, Long.toString(at.toEpochMilli()))
                .put(FROM, from.toString());
    }

    /** The lease under which it was said, if there was one. */
    static Optional<Lease> lease(Message message) {
        return message.hasHeaders() ? Lease.parse(message.getHeaders().getFirst(LEASE)) : Optional.empty();
    }

    static Optional<From> from(Message message) {
        return message.hasHeaders() ? From.parse(message.getHeaders().getFirst(FROM)) : Optional.empty();
    }

    /**
     * What a message of the stream says. Empty if it is of a kind that is not known, or none of ours.
     *
     * @param id its place
     */
    static Optional<Copied> read(Message message, RoomName room, Position id) {
        if (!message.hasHeaders()) {
            return Optional.empty();
        }
        Headers headers = message.getHeaders();
        try {
            Instant at = Instant.ofEpochMilli(Long.parseLong(value(headers, AT)));
            Name by = Name.kept(decoded(value(headers, BY)));
            Optional<Key> key = Optional.ofNullable(headers.getFirst(KEY)).map(text -> new Key(decoded(text)));
            Optional<Entry> entry = switch (value(headers, KIND)) {
                case SAID ->
                    Optional.of(new prosa.domain.Message(
                            id, room, by, new Via(value(headers, VIA)), at, Text.kept(text(message))));
                case REMOVED ->
                    Optional.of(new Removed(
                            id,
                            new Position(id.epoch(), Long.parseLong(value(headers, OF))),
                            room,
                            Name.kept(decoded(value(headers, AUTHOR))),
                            by,
                            at));
                case CLEARED -> Optional.of(new Cleared(id, room, by, at));
                default -> Optional.empty();
            };
            return entry.map(known -> new Copied(known, key));
        } catch (Refused | IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The same entry, made at another time. */
    static Entry at(Entry entry, Instant at) {
        return switch (entry) {
            case prosa.domain.Message m -> new prosa.domain.Message(m.id(), m.room(), m.by(), m.via(), at, m.text());
            case Removed r -> new Removed(r.id(), r.of(), r.room(), r.author(), r.by(), at);
            case Cleared c -> new Cleared(c.id(), c.room(), c.by(), at);
        };
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    private static String value(Headers headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
