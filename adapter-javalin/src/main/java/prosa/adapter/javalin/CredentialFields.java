package prosa.adapter.javalin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import prosa.application.port.Credentials;
import prosa.application.port.Secret;
import prosa.application.port.Subscription;
import prosa.domain.Fault;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The fields of a request's head in which secrets come. A query stands in logs and histories, so of all secrets it can have a ticket alone,
 * which is made for that.
 */
final class CredentialFields {
    static final String ROOM_KEY = "Prosa-Room-Key";
    static final String CLAIM = "Prosa-Claim";
    static final String OPERATOR = "Prosa-Operator";

    /** A parameter. */
    static final String TICKET = "ticket";

    /** Browsers and proxies may join lines of a field by commas (RFC 9110 §5.3). A key may have commas, too: but not before a room's. */
    private static final Pattern BETWEEN_KEYS = Pattern.compile("\\s*,\\s*(?=[a-z0-9-]{1,32}=)");

    private CredentialFields() {}

    /**
     * @param lines of a field, none if it isn't there
     * @throws Refused {@link prosa.domain.Reason#MALFORMED}
     */
    static Credentials read(Function<String, List<String>> lines, Query query) {
        List<String> keys = lines.apply(ROOM_KEY);
        Optional<Secret> claim = one(CLAIM, lines);
        Optional<Secret> operator = one(OPERATOR, lines);
        Optional<Secret> ticket = query.one(TICKET).map(value -> Secret.shown(TICKET, value));
        return keys.isEmpty() && claim.isEmpty() && operator.isEmpty() && ticket.isEmpty()
                ? Credentials.NONE
                : new Credentials(roomKeys(keys), claim, operator, ticket);
    }

    private static Optional<Secret> one(String field, Function<String, List<String>> lines) {
        List<String> given = lines.apply(field);
        if (given.size() > 1) {
            throw new Refused(new Fault.TooMany(field, 1));
        }
        return given.stream().findFirst().map(value -> Secret.shown(field, value.strip()));
    }

    private static Map<RoomName, Secret> roomKeys(List<String> fieldLines) {
        List<String> lines =
                fieldLines.stream().flatMap(BETWEEN_KEYS::splitAsStream).toList();
        if (lines.size() > Subscription.MAX_ROOMS) {
            throw new Refused(new Fault.TooMany(ROOM_KEY, Subscription.MAX_ROOMS));
        }
        Map<RoomName, Secret> keys = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new Refused(new Fault.NotRoomKey(ROOM_KEY));
            }
            keys.put(
                    new RoomName(line.substring(0, equals).strip()),
                    Secret.shown(ROOM_KEY, line.substring(equals + 1).strip()));
        }
        return keys;
    }
}
