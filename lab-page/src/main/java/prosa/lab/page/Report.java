package prosa.lab.page;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import prosa.lab.bytes.Span;
import prosa.lab.relay.Direction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Something that happened, as the page is told of it: the name of an event, and JSON. Written by one thread. */
final class Report {
    private static final JsonFactory JSON = new JsonFactory();

    private final String name;
    private final StringWriter out = new StringWriter();
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);

    /** @param at milliseconds since the session began */
    Report(String name, double at) {
        this(name);
        json.writeNumberProperty("at", at);
    }

    Report(String name) {
        this.name = name;
        json.writeStartObject();
    }

    Report with(String field, String value) {
        json.writeStringProperty(field, value);
        return this;
    }

    Report with(String field, long value) {
        json.writeNumberProperty(field, value);
        return this;
    }

    Report with(String field, boolean value) {
        json.writeBooleanProperty(field, value);
        return this;
    }

    Report with(Direction direction) {
        return with("direction", direction.name().toLowerCase(Locale.ROOT));
    }

    /** As pairs of a kind and a length. */
    Report with(List<Span> spans) {
        json.writeArrayPropertyStart("spans");
        for (Span span : spans) {
            json.writeStartArray();
            json.writeString(span.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumber(span.length());
            json.writeEndArray();
        }
        json.writeEndArray();
        return this;
    }

    String name() {
        return name;
    }

    /** Ends it; nothing can be added any more. */
    String json() {
        if (!json.isClosed()) {
            json.writeEndObject();
            json.close();
        }
        return out.toString();
    }
}
