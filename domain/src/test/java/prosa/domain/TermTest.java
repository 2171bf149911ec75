package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "10m, PT10M", "1h, PT1H", "7d, P7D", "9999d, P9999D"})
    void aTermIsACountAndAUnit(String text, Duration length) {
        assertEquals(new Term(length), Term.parse("time", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0m", "m", "-1h", "1w", "1H", "1 h", "1h30m", "1000000s", "١m"})
    void whatIsNoneIsNoneOrRefused(String text) {
        assertEquals(Optional.empty(), Term.read(text));
        Refused refused = assertThrows(Refused.class, () -> Term.parse("time", text));
        assertEquals(Optional.of(new Fault.NotTerm("time")), refused.fault());
    }

    @Test
    void noTermOutlivesAPerson() {
        assertThrows(Refused.class, () -> Term.read("10000d"));
    }

    @Test
    void aTermEndsThatLongAfterItsBeginning() {
        assertEquals(
                Instant.parse("2026-03-04T05:07:00Z"),
                Term.parse("time", "60s").from(Instant.parse("2026-03-04T05:06:00Z")));
    }
}
