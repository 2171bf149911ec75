package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;

/** What the clients of the course's SSE tutorial expect. */
@Isolated("It measures seconds.")
class TutorialTest {
    @Test
    void aVoltageIsMeasuredEveryTwoSeconds() {
        try (RunningHouse house = RunningHouse.inMemory();
                EventSource meter = new EventSource(house.tutorial(), "Accept", "text/event-stream", "Origin", "null");
                EventSource other = new EventSource(house.tutorial().resolve("/?page=1"))) {
            assertEquals(
                    "*",
                    meter.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
            assertEquals("no-cache", meter.headers().firstValue("Cache-Control").orElseThrow());
            assertTrue(meter.headers().firstValue("Content-Type").orElseThrow().startsWith("text/event-stream"));
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                EventSource.Block reading = meter.nextMessage();
                times.add(System.nanoTime());
                assertEquals(1, reading.data().size());
                assertTrue(reading.text().matches("1[0-2][0-9]"), reading::toString);
                int volts = Integer.parseInt(reading.text());
                assertTrue(volts >= 100 && volts <= 126, reading::toString);
            }
            assertEquals(4_000, (times.get(2) - times.get(0)) / 1_000_000, 1_000, "ms for two readings more");
            assertTrue(!other.blocks().all().isEmpty());
            assertEquals(404, new Http(house.tutorial()).get("/chat").status());
        }
    }
}
