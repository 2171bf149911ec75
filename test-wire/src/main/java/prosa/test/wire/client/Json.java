package prosa.test.wire.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON value, read.
 *
 * @param value a map, a list, a string, a number, a boolean, or null
 */
public record Json(@Nullable Object value) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** @throws tools.jackson.core.JacksonException if it is no JSON, or more than one value */
    public static Json parse(String text) {
        return new Json(MAPPER.readValue(text, Object.class));
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
        return object().keySet().stream().map(String.class::cast).collect(Collectors.toSet());
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
        return ((Number) Objects.requireNonNull(at(field).value(), field)).longValue();
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

    private Map<?, ?> object() {
        return (Map<?, ?>) Objects.requireNonNull(value, "null is no object");
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
