package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.lab.figures.Comparison;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsRead() throws Exception {
        for (Comparison comparison : List.of(Samples.full(), Samples.bare(), Samples.secured())) {
            Path file = folder.resolve("figures.json");
            FiguresFile.write(comparison, file);
            assertEquals(comparison, FiguresFile.read(file));
        }
    }

    /** It was in the clear. */
    @Test
    void whatWasWrittenBeforeThereWasTlsIsRead() throws Exception {
        String text = FiguresFile.text(Samples.full());
        String earlier = text.replaceAll(",\\s*\"tls\" : null", "");
        assertFalse(earlier.contains("tls"), earlier);
        Path file = Files.writeString(folder.resolve("earlier.json"), earlier);
        assertEquals(Samples.full(), FiguresFile.read(file));
    }

    @Test
    void theShapeIsAsDocumented() {
        JsonNode file = new JsonMapper().readTree(FiguresFile.text(Samples.full()));
        assertEquals("prosa-compare", file.get("format").asString());
        assertEquals(2, file.get("version").asInt());
        assertEquals(
                List.of("websocket", "sse", "tcp", "ndjson", "long-poll"),
                List.copyOf(file.get("wires").propertyNames()));
        assertEquals(
                List.of(
                        "cut",
                        "stall",
                        "half-open",
                        "buffering-proxy",
                        "six-feeds",
                        "browser",
                        "burst",
                        "auth",
                        "unicode"),
                List.copyOf(file.get("experiments").propertyNames()));
        assertEquals("6.5", file.at("/settings/duration").toString());
        assertEquals("45.21", file.at("/wires/tcp/vanished/byServer/after").toString());
        assertEquals("live-heap", file.at("/wires/tcp/cost/idle/source").asString());
        assertEquals("cpu-stolen", file.at("/disturbances/0/kind").asString());
        assertEquals(
                "2026-11-24T01:30:13.618418842Z", file.at("/environment/at").asString());
        JsonNode bare = new JsonMapper().readTree(FiguresFile.text(Samples.bare()));
        assertTrue(bare.at("/wires/sse/cost/cpuMicrosPerDelivery").isNull(), bare::toString);
        assertTrue(bare.at("/wires/sse/down/headers").isNull(), bare::toString);
        assertEquals(Set.of(), Set.copyOf(bare.get("experiments").propertyNames()));
    }

    @Test
    void whatIsNotItsOwnIsRefusedInOneLine() throws Exception {
        String text = FiguresFile.text(Samples.bare());
        for (String other : List.of(
                "",
                "[]",
                "{}",
                text.substring(0, text.length() / 2),
                text.replace("\"version\" : 2", "\"version\" : 1"),
                text.replace("prosa-compare", "other"),
                text.replace("\"bytesUp\" : 1,", ""),
                text.replace("\"bytesUp\" : 1,", "\"bytesUp\" : -1,"))) {
            Path file = folder.resolve("other.json");
            Files.writeString(file, other);
            IOException refused = assertThrows(IOException.class, () -> FiguresFile.read(file), other);
            assertEquals(1, refused.getMessage().lines().count(), refused::getMessage);
        }
    }
}
