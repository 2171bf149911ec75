package prosa.lab.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import prosa.lab.Wire;
import prosa.lab.figures.Comparison;
import prosa.lab.figures.Connect;
import prosa.lab.figures.Cost;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Environment;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Saying;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.Trial;
import prosa.lab.figures.Vanished;
import prosa.lab.figures.WireFigures;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A comparison as a JSON file, for other programs and for a later look.
 *
 * <p>The file is an object of {@code format} ({@code "prosa-compare"}), {@code version}, {@code environment}, {@code settings}, {@code
 * wires} (an object with a key for each wire, as {@code "websocket"}), {@code experiments} (an object with a list of trials for each, as
 * {@code "cut"}) and {@code disturbances} (a list). The rest is named as the components of the records of {@link prosa.lab.figures},
 * which tell what each is and in which unit. Durations are numbers of seconds, instants are ISO-8601 in UTC. What was not measured is
 * {@code null}; no key is left out. What comes to be added doesn't change the version; what changes its meaning or goes does.
 */
public final class FiguresFile {
    /** The version of the shape that is written, and the only one that is read. */
    public static final int VERSION = 2;

    private static final String FORMAT = "prosa-compare";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .addMixIn(Wire.class, Id.class)
            .addMixIn(Experiment.Kind.class, Id.class)
            .addMixIn(Disturbance.Kind.class, Id.class)
            .addMixIn(Traffic.Source.class, Id.class)
            .addMixIn(Cost.Source.class, Id.class)
            .addModule(new SimpleModule()
                    .addSerializer(new ToSeconds())
                    .addDeserializer(Duration.class, new FromSeconds()))
            .build();

    private FiguresFile() {}

    /** What is named by its id. */
    private interface Id {
        @JsonValue
        String id();
    }

    private record Head(String format, int version) {}

    private record Shape(
            String format,
            int version,
            Environment environment,
            Settings settings,
            Map<Wire, Figures> wires,
            Map<Experiment.Kind, List<Trial>> experiments,
            List<Disturbance> disturbances) {}

    /** {@link WireFigures} without the wire, which is their key. */
    private record Figures(
            Connect connect, Traffic down, Latency latency, Saying saying, Cost cost, Vanished vanished) {
        WireFigures of(Wire wire) {
            return new WireFigures(wire, connect, down, latency, saying, cost, vanished);
        }
    }

    /** Replaces what is there. */
    public static void write(Comparison comparison, Path file) throws IOException {
        Files.writeString(file, text(comparison));
    }

    static String text(Comparison comparison) {
        Map<Wire, Figures> wires = new LinkedHashMap<>();
        comparison.wires().forEach(one -> wires.put(one.wire(), figures(one)));
        Map<Experiment.Kind, List<Trial>> experiments = new LinkedHashMap<>();
        comparison.experiments().forEach(one -> experiments.put(one.kind(), one.trials()));
        Shape shape = new Shape(
                FORMAT,
                VERSION,
                comparison.environment(),
                comparison.settings(),
                wires,
                experiments,
                comparison.disturbances());
        return JSON.writeValueAsString(shape) + "\n";
    }

    private static Figures figures(WireFigures of) {
        return new Figures(of.connect(), of.down(), of.latency(), of.saying(), of.cost(), of.vanished());
    }

    /** A file of another format, or of another version of ours. */
    public static final class OtherFormat extends IOException {
        private static final long serialVersionUID = 1;

        private final String found;

        private OtherFormat(String found) {
            super(found);
            this.found = found;
        }

        public String found() {
            return found;
        }

        public String expected() {
            return FORMAT + " " + VERSION;
        }
    }

    /**
     * @throws OtherFormat if it is a file of another format
     * @throws IOException also if the file is none that {@link #write} makes
     */
    public static Comparison read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            Head head = JSON.readerFor(Head.class)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(text);
            if (!head.format().equals(FORMAT) || head.version() != VERSION) {
                throw new OtherFormat(head.format() + " " + head.version());
            }
            JsonNode shape = JSON.readTree(text);
            shape.path("wires").forEach(FiguresFile::complete);
            return comparison(JSON.treeToValue(shape, Shape.class));
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }

    /** What was written before there was TLS was in the clear. */
    private static void complete(JsonNode wire) {
        for (JsonNode counted : List.of(
                wire.path("connect"), wire.path("down"), wire.path("saying").path("traffic"))) {
            if (counted instanceof ObjectNode figures && !figures.has("tls")) {
                figures.putNull("tls");
            }
        }
    }

    private static Comparison comparison(Shape shape) {
        return new Comparison(
                shape.environment(),
                shape.settings(),
                shape.wires().entrySet().stream()
                        .map(entry -> entry.getValue().of(entry.getKey()))
                        .toList(),
                shape.experiments().entrySet().stream()
                        .map(entry -> new Experiment(entry.getKey(), entry.getValue()))
                        .toList(),
                shape.disturbances());
    }

    private static final class ToSeconds extends StdSerializer<Duration> {
        ToSeconds() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator to, SerializationContext context) {
            to.writeNumber(new BigDecimal(
                    BigDecimal.valueOf(value.toNanos(), 9).stripTrailingZeros().toPlainString()));
        }
    }

    private static final class FromSeconds extends StdDeserializer<Duration> {
        FromSeconds() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser from, DeserializationContext context) {
            return Duration.ofNanos(from.getDecimalValue().movePointRight(9).longValueExact());
        }
    }
}
