package prosa.dialect;

import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** One line of JSON, being written. Used by one thread. */
final class JsonLine {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    // LS and PS end a line for JavaScript's older parsers and some line readers; a lone surrogate can't be written in
    // UTF-8.
    private static final Pattern UNSAFE = Pattern.compile("[\\u2028\\u2029\\x{d800}-\\x{dfff}]");

    private final StringWriter out = new StringWriter();
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);

    JsonLine object(String type) {
        return object().with("type", type);
    }

    JsonLine object() {
        json.writeStartObject();
        return this;
    }

    JsonLine endObject() {
        json.writeEndObject();
        return this;
    }

    JsonLine with(String field, String value) {
        json.writeStringProperty(field, value);
        return this;
    }

    JsonLine with(String field, int value) {
        json.writeNumberProperty(field, value);
        return this;
    }

    /** Only if it is so: what is left out is not so. */
    JsonLine withIf(String field, boolean is) {
        if (is) {
            json.writeBooleanProperty(field, true);
        }
        return this;
    }

    JsonLine with(String field, Instant at) {
        return with(field, MILLISECONDS.format(at));
    }

    JsonLine with(String field, Position position) {
        return with(field, position.toString());
    }

    JsonLine with(String field, RoomName room) {
        return with(field, room.value());
    }

    JsonLine with(String field, Name name) {
        return with(field, name.value());
    }

    JsonLine with(String field, Text text) {
        return with(field, text.value());
    }

    /** An array, each of whose elements {@code add} writes. */
    <T> JsonLine with(String field, List<T> elements, BiConsumer<T, JsonLine> add) {
        json.writeArrayPropertyStart(field);
        elements.forEach(element -> add.accept(element, this));
        json.writeEndArray();
        return this;
    }

    /** An array that is the whole line, each of whose elements {@code add} writes. */
    <T> JsonLine array(List<T> elements, BiConsumer<T, JsonLine> add) {
        json.writeStartArray();
        elements.forEach(element -> add.accept(element, this));
        json.writeEndArray();
        return this;
    }

    JsonLine withNullable(String field, Optional<String> value) {
        json.writeName(field);
        value.ifPresentOrElse(json::writeString, json::writeNull);
        return this;
    }

    /** The client's own name for its command, as {@link JsonFields#ref()} gave it. */
    JsonLine withRef(Optional<String> ref) {
        ref.ifPresent(value -> {
            json.writeName("ref");
            JsonFields.numberIn(value).ifPresentOrElse(json::writeRawValue, () -> json.writeString(value));
        });
        return this;
    }

    /** The line, without a line end. */
    String end() {
        json.close();
        return UNSAFE.matcher(out.toString())
                .replaceAll(unsafe ->
                        String.format("\\\\u%04x", (int) unsafe.group().charAt(0)));
    }
}
