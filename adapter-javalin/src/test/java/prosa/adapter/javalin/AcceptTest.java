package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §12.4.2 and §12.5.1. */
class AcceptTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "' , ', 1",
        "text/event-stream, 1",
        "Text/Event-Stream, 1",
        "'application/json, text/event-stream', 1",
        "text/event-stream;charset=utf-8, 1",
        "text/event-stream ; Q=0.5, 0.5",
        "text/*;q=0.3, 0.3",
        "*/*;q=0.1, 0.1",
        "'*/*;q=0.1, text/*;q=0.2', 0.2",
        "'text/*, text/event-stream;q=0', 0",
        "'*/*, text/*;q=0', 0",
        "application/json, 0",
        "text/event-stream;q=0.000, 0",
        "'text/event-stream;q=2, */*;q=0.4', 0.4",
    })
    void theClosestRangeDecides(String header, double weight) {
        assertEquals(weight, Accept.of(header).weight("text/event-stream"), header);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "*/*, false",
        "application/*, false",
        "application/x-ndjson, true",
        "Application/X-NDJSON, true",
        "'application/x-ndjson, application/json', true",
        "'application/x-ndjson;q=0.5, application/json', false",
        "'application/x-ndjson, */*', true",
        "'application/x-ndjson;q=0.9, */*', false",
        "application/x-ndjson;q=0, false",
        "text/html, false",
    })
    void linesAreGivenToWhomWantsThemAsMuchAsAnArray(String header, boolean lines) {
        assertEquals(lines, Accept.of(header).prefers(NDJSON, JSON), header);
    }
}
