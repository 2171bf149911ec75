package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import prosa.domain.Fault;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The parameters of a request. What somebody wrote there in vain would be lost without a word, or be said in another room: so what can't be
 * decoded is refused, what is given twice, and what means something elsewhere only. Names that nobody knows are ignored.
 */
record Query(Map<String, List<String>> values) {
    /** What any path, or the body of a message, knows. */
    private static final Set<String> KNOWN = Set.of(
            "room",
            "name",
            "since",
            "last",
            "limit",
            "wait",
            "follow",
            "as",
            "after",
            "lastEventId",
            "Last-Event-ID",
            "key",
            "text",
            "to",
            "token",
            "roomKey",
            "claim",
            CredentialFields.TICKET);

    private static final int MAX_NUMBER = 999_999;

    /** @throws Refused {@link Reason#MALFORMED} if it can't be decoded */
    static Query of(Context request) {
        return of(request.req().getQueryString());
    }

    /** @throws Refused {@link Reason#MALFORMED} if it can't be decoded */
    static Query of(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals), "?");
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), name);
                values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            }
        }
        return new Query(values);
    }

    /** As a form is encoded (WHATWG URL §5.1), but for what is wrong, which is not made into something else. */
    private static String decoded(String raw, String part) {
        if (raw.indexOf('%') < 0
                && raw.indexOf('+') < 0
                && StandardCharsets.US_ASCII.newEncoder().canEncode(raw)) {
            return raw;
        }
        byte[] escaped = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] == '%') {
                int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
                int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Refused(new Fault.Undecodable(part));
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put(escaped[i] == '+' ? (byte) ' ' : escaped[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Refused(new Fault.Undecodable(part));
        }
    }

    /**
     * Only these mean something here, each once.
     *
     * @throws Refused {@link Reason#MALFORMED} if there is another that means something elsewhere, or one of these twice
     */
    Query allowing(Set<String> names) {
        return allowing(names, Set.of());
    }

    /** As {@link #allowing(Set)}, for what may follow several rooms. */
    Query allowingRooms(Set<String> names) {
        return allowing(names, Set.of("room"));
    }

    private Query allowing(Set<String> names, Set<String> repeatable) {
        values.forEach((name, given) -> {
            if (!KNOWN.contains(name)) {
                return;
            }
            if (!names.contains(name)) {
                throw new Refused(new Fault.OutOfPlace(name));
            }
            if (given.size() > 1 && !repeatable.contains(name)) {
                throw new Refused(new Fault.TooMany(name, 1));
            }
        });
        return this;
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is given twice */
    Optional<String> one(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new Refused(new Fault.TooMany(name, 1));
        }
        return given.stream().findFirst();
    }

    /** @throws Refused {@link Reason#ROOM_INVALID}, or {@link Reason#MALFORMED} if it is given twice */
    Optional<RoomName> room() {
        return one("room").map(RoomName::new);
    }

    /**
     * The rooms of a feed: {@code room} may be repeated.
     *
     * @throws Refused {@link Reason#ROOM_INVALID}
     */
    Set<RoomName> rooms() {
        Set<RoomName> rooms = values.getOrDefault("room", List.of()).stream()
                .map(RoomName::new)
                .collect(Collectors.toSet());
        return rooms.isEmpty() ? Set.of(RoomName.MAIN) : rooms;
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there and no position */
    Optional<Position> since() {
        return one("since").map(Position::parse);
    }

    /**
     * A switch: to name it is to turn it on.
     *
     * @throws Refused {@link Reason#MALFORMED} if it has a value that is neither yes nor no
     */
    boolean flag(String name) {
        return switch (one(name).orElse("false")) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new Refused(new Fault.NotOneOf(name, List.of("true", "false")));
        };
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there and no whole number between these, which are possible */
    OptionalInt number(String name, int least, int most) {
        Optional<String> value = one(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        int number = value.get().matches("[0-9]{1,6}") ? Integer.parseInt(value.get()) : MAX_NUMBER + 1;
        if (number < least || number > most) {
            throw new Refused(new Fault.NotNumber(name, least, most));
        }
        return OptionalInt.of(number);
    }
}
