package prosa.doctor;

import java.io.StringWriter;
import java.util.List;
import prosa.doctor.check.Finding;
import prosa.language.Catalogue;
import prosa.language.Language;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Findings for programs: an array, in which what could not be tried is neither right nor wrong. */
final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {}

    /** In one line, without its end. */
    static String of(List<Finding> findings, Language language) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            findings.forEach(finding -> write(json, finding, Words.in(language)));
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Finding finding, Catalogue words) {
        Told told = new Told(finding, words);
        json.writeStartObject();
        json.writeStringProperty("check", finding.check());
        switch (finding.verdict()) {
            case RIGHT -> json.writeBooleanProperty("right", true);
            case WRONG -> json.writeBooleanProperty("right", false);
            case NOT_TRIED -> json.writeNullProperty("right");
        }
        json.writeStringProperty("says", told.says());
        json.writeObjectPropertyStart("change");
        for (Proxy proxy : Proxy.values()) {
            json.writeStringProperty(proxy.id(), told.change(proxy));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
