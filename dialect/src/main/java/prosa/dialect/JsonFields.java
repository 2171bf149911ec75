package prosa.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Secret;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of a client's line, as far as it could be read. Fields that no command knows are skipped, whatever is in them; a
 * field that is null counts as left out. Used by one thread.
 */
final class JsonFields {
    /** The most characters of a {@code ref}. */
    static final int MAX_REF = 256;

    private static final Set<String> KNOWN = Set.of(
            "type", "name", "room", "since", "token", "text", "ref", "key", "to", "roomKey", "claim", "time", "address",
            "id", "count");
    private static final int MAX_DEPTH = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            // Clients choose the names: a table of all that were ever seen would be theirs to fill.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    // A ref that came as a number is kept with this mark before it. A string can't slip through as something else than
    // a
    // number: numberIn looks at all of it.
    private static final char NUMBER_MARK = '\u0001';
    private static final Pattern NUMBER =
            Pattern.compile(NUMBER_MARK + "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private final Map<String, String> strings = new HashMap<>();
    private final Set<String> wrong = new HashSet<>();
    private boolean broken;
    private boolean refIsWrong;
    private @Nullable String repeated;

    private JsonFields() {}

    static JsonFields read(String line) {
        JsonFields fields = new JsonFields();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            fields.readObject(parser);
        } catch (JacksonException e) {
            fields.broken = true;
        }
        return fields;
    }

    private void readObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            broken = true;
            return;
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!KNOWN.contains(name)) {
                parser.skipChildren();
            } else if (!seen.add(name)) {
                repeated = name;
                return;
            } else {
                readKnown(name, value, parser);
            }
        }
        broken |= parser.nextToken() != null;
    }

    private void readKnown(String name, JsonToken value, JsonParser parser) {
        if (value == JsonToken.VALUE_STRING) {
            strings.put(name, parser.getString());
        } else if (name.equals("ref") && value.isNumeric()) {
            strings.put(name, NUMBER_MARK + parser.getString());
        } else if (name.equals("count") && value == JsonToken.VALUE_NUMBER_INT) {
            strings.put(name, parser.getString());
        } else if (value != JsonToken.VALUE_NULL) {
            wrong.add(name);
            parser.skipChildren();
        }
        if (name.equals("ref")
                && (wrong.contains(name) || strings.getOrDefault(name, "").length() > MAX_REF)) {
            strings.remove(name);
            refIsWrong = true;
        }
    }

    /** @throws Refused {@link Reason#MALFORMED} if the line is not one whole JSON object */
    void requireWhole() {
        if (repeated != null) {
            throw new Refused(new Fault.TooMany(repeated, 1));
        }
        if (broken) {
            throw new Refused(new Fault.NotObject());
        }
    }

    /** @throws Refused {@link Reason#MALFORMED} if there is a ref that can't be given back */
    void requireRef() {
        if (refIsWrong) {
            throw new Refused(new Fault.TooLong("ref", MAX_REF));
        }
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there but no string */
    Optional<String> optional(String name) {
        if (wrong.contains(name)) {
            throw new Refused(new Fault.NotText(name));
        }
        return Optional.ofNullable(strings.get(name));
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there but can't be a secret */
    Optional<Secret> secret(String name) {
        return optional(name).map(value -> Secret.shown(name, value));
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is left out or no string */
    String required(String name) {
        return optional(name).orElseThrow(() -> new Refused(new Fault.Missing(name)));
    }

    /** @throws Refused {@link Reason#MALFORMED} if it is there */
    void forbid(String name) {
        if (strings.containsKey(name) || wrong.contains(name)) {
            throw new Refused(new Fault.OutOfPlace(name));
        }
    }

    /** The client's own name for its command, to be given to {@link JsonLine#withRef}; also of a line that is broken behind it. */
    Optional<String> ref() {
        return Optional.ofNullable(strings.get("ref"));
    }

    /** The number that a ref came as, in JSON; empty if it came as a string. */
    static Optional<String> numberIn(String ref) {
        return NUMBER.matcher(ref).matches() ? Optional.of(ref.substring(1)) : Optional.empty();
    }
}
