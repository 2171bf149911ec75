package prosa.bootstrap.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value, read.
 *
 * @param value a map, a list, a string, a number, a boolean, or null
 */
public record Json(@Nullable Object value) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** @throws tools.jackson.core.JacksonException if it is no JSON, or more than one value */
    public static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Json json = new Json(read(parser));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one value: " + text);
            }
            return json;
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        return switch (Objects.requireNonNull(parser.currentToken(), "nothing")) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** An object of string fields, as a client would write it: names and values by turns. */
    public static String object(String... namesAndValues) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.append(i == 0 ? "" : ",")
                    .append(quoted(namesAndValues[i]))
                    .append(':')
                    .append(quoted(namesAndValues[i + 1]));
        }
        return json.append('}').toString();
    }

    /** All but printable ASCII escaped. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    public Set<String> fields() {
        return object().keySet();
    }

    public boolean has(String field) {
        return object().containsKey(field);
    }

    /** A field of an object, which must be there. */
    public Json at(String field) {
        if (!has(field)) {
            throw new AssertionError("no " + field + " in " + value);
        }
        return new Json(object().get(field));
    }

    /** A field that is a string. */
    public String text(String field) {
        return at(field).text();
    }

    public String text() {
        return (String) Objects.requireNonNull(value, "null is no string");
    }

    /** A field that is a whole number. */
    public long number(String field) {
        return (Long) Objects.requireNonNull(at(field).value(), field);
    }

    /** The elements of an array. */
    public List<Json> list() {
        return ((List<?>) Objects.requireNonNull(value, "null is no array"))
                .stream().map(Json::new).toList();
    }

    /** A field that is an array. */
    public List<Json> list(String field) {
        return at(field).list();
    }

    /** Whether it is what the server says of that type. */
    public boolean is(String type) {
        return value instanceof Map<?, ?> fields && type.equals(fields.get("type"));
    }

    private Map<?, ?> asMap() {
        return (Map<?, ?>) Objects.requireNonNull(value, "null is no object");
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> object() {
        return (Map<String, @Nullable Object>) asMap();
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
